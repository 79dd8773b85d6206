import { readFileSync } from 'node:fs';
import { type Cloud, type EditedFile, type Example, exampleFile, EXAMPLES } from '../../check/examples';
import { type Candidate, candidatesOf } from './candidates';
import { type Expectation, expectationOf } from './expectation';
import { EXPECTED_ON_AWS } from './expectations-aws';
import { EXPECTED_OF_ENVOY } from './expectations-envoy';
import { EXPECTED_ON_GOOGLE } from './expectations-google';

/** A candidate, the example that it is a change of, and what is to be said of it. */
export interface Generated extends Candidate {
  readonly example: Example;
  /** `undefined`: no row of the tables fits. */
  readonly expectation?: Expectation;
}

const EXPECTED: Readonly<Record<Cloud, readonly Expectation[]>> = {
  aws: [...EXPECTED_OF_ENVOY, ...EXPECTED_ON_AWS],
  google: [...EXPECTED_OF_ENVOY, ...EXPECTED_ON_GOOGLE],
};

/** The file of an example as text. */
export function textOf(example: Example): string {
  return readFileSync(exampleFile(example), 'utf8');
}

/** Every single change of every example of a cloud, those once that several examples have alike. */
export function generatedOf(cloud: Cloud): readonly Generated[] {
  const examples = (Object.keys(EXAMPLES) as Example[]).filter((example) => EXAMPLES[example] === cloud);
  const distinct = new Map<string, Generated>();
  for (const example of examples) {
    for (const candidate of candidatesOf(JSON.parse(textOf(example)) as EditedFile)) {
      const name = nameOf(candidate);
      const expectation = expectationOf(EXPECTED[cloud], candidate);
      if (!distinct.has(name)) distinct.set(name, { ...candidate, example, ...(expectation && { expectation }) });
    }
  }
  return [...distinct.values()];
}

/** Where it stands and what it does. */
export function nameOf({ type, role, place, operator }: Candidate): string {
  return `${type} ${role} ${place} ${operator}`;
}

/** The same, whatever it stands in is called. */
export function kindOf({ type, place, operator }: Candidate): string {
  return `${type} ${place.replaceAll(/\[[^\]]*\]/g, '[]')} ${operator}`;
}

/** The text of its file. `undefined`: it changes nothing. */
export function changed({ example, edit }: Generated): string | undefined {
  const before = textOf(example);
  const file = JSON.parse(before) as EditedFile;
  const same = JSON.stringify(file);
  edit(file);
  const after = JSON.stringify(file);
  return after === same ? undefined : after;
}
