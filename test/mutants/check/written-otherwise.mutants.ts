import { type Example, EXAMPLES } from '../../check/examples';
import { textOf } from './generated';
import { HARMLESS_ON_AWS } from './harmless/aws';
import { BESIDE_ON_AWS } from './harmless/beside-aws';
import { HARMLESS_ON_GOOGLE } from './harmless/google';
import { HARMLESS_BESIDE_GOOGLE } from './harmless/google-beside';
import { TIGHTENED_ON_AWS } from './harmless/tightened-aws';
import { judged } from './judged';

/** Each of them on one example, in turn. */
const WRITTEN_OTHERWISE = (['aws', 'google'] as const).flatMap((cloud) => {
  const examples = (Object.keys(EXAMPLES) as Example[]).filter((example) => EXAMPLES[example] === cloud);
  const changes =
    cloud === 'aws'
      ? [...HARMLESS_ON_AWS, ...BESIDE_ON_AWS, ...TIGHTENED_ON_AWS]
      : [...HARMLESS_ON_GOOGLE, ...HARMLESS_BESIDE_GOOGLE];
  return changes.map((change, index) => ({ ...change, example: change.example ?? examples[index % examples.length]! }));
});

test.each(WRITTEN_OTHERWISE)('$id in $example is as secure as before', ({ example, edit }) => {
  const file = JSON.parse(textOf(example));
  edit(file);
  const text = JSON.stringify(file);
  expect(text === JSON.stringify(JSON.parse(textOf(example)))).toBe(false);
  expect(judged(example, text)).toMatchObject({ exitCode: 0, broken: new Set(), unproven: new Set() });
});
