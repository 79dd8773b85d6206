import { secureTemplate } from '../../mutants/secure-template';
import { wrongOf } from './example';
import { PLACEMENT_FAULTS } from './faults/placement-faults';
import { RULE_FAULTS } from './faults/rule-faults';
import { groupOf } from './parts';

test.each(Object.entries({ ...RULE_FAULTS, ...PLACEMENT_FAULTS }))('breaks: %s', (_name, { example, edit, breaks }) => {
  const template = structuredClone(secureTemplate(example));
  edit(template, groupOf(template));
  const wrong = wrongOf(template);
  for (const [claim, evidence] of Object.entries(breaks)) {
    expect(wrong).toContainEqual(expect.stringMatching(new RegExp(`^(broken|unproven) ${claim} `)));
    expect(wrong.filter((each) => each.split(' ')[1] === claim).join('\n')).toMatch(evidence);
  }
  expect(new Set(wrong.map((each) => each.split(' ')[1]))).toEqual(new Set(Object.keys(breaks)));
});
