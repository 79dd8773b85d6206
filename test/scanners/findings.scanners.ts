import { join } from 'node:path';
import { type Example, EXAMPLES, exampleFile, flaggedFolder } from '../check/examples';
import { KNOWN_FINDINGS } from './known-findings';
import { scanned } from './scanned';
import { SCANNERS } from './scanners';

/** What the framework appends to the path of a construct to make its logical id. */
const HASH = /[0-9A-F]{8}$/;

const NAMES = Object.keys(EXAMPLES) as Example[];
/** Each example by the flags that it is synthesised under; Terraform has none. */
const SYNTHESES: readonly (readonly [flags: string, example: Example, file: string])[] = [
  ...NAMES.map((example) => ['no flag', example, exampleFile(example)] as const),
  ...NAMES.filter((example) => EXAMPLES[example] === 'aws').map(
    (example) => ['every recommended flag', example, join(flaggedFolder(), `${example}.template.json`)] as const,
  ),
];

describe.each(SCANNERS.map((scanner) => [scanner.name, scanner] as const))('%s', (tool, scanner) => {
  const read = SYNTHESES.filter(([, example]) =>
    scanner.reads.includes(EXAMPLES[example] === 'aws' ? 'cloudformation' : 'terraform'),
  );
  const found = scanned(
    scanner,
    read.map(([, , file]) => file),
  );

  test.each(read)(
    'finds in what was synthesised under %s of %s what is listed, and nothing else',
    (_, example, file) => {
      const findings = (found.get(file) ?? []).map(({ rule, resource }) => `${rule} ${resource.replace(HASH, '')}`);
      const listed = KNOWN_FINDINGS.filter((known) => known.tool === tool).flatMap(({ rules, of }) =>
        rules.flatMap((rule) => (of[example] ?? []).map((resource) => `${rule} ${resource}`)),
      );
      expect(findings.sort()).toEqual(listed.sort());
    },
  );
});
