import type { Edit } from '../../../check/edits';
import { type EditedFile, type Example, EXAMPLES } from '../../../check/examples';
import { part } from '../../../check/parts-of-aws';
import type { Edited } from '../sites';

/** A fault that somebody made by hand in a template, the claims of which one has to name it, and where it is made: everywhere, or there alone. */
export type StrangersFault = readonly [
  what: string,
  edit: Edit,
  claims: readonly string[],
  ...examples: readonly Example[],
];

/** The examples on AWS. */
export const ON_AWS = (Object.keys(EXAMPLES) as Example[]).filter((example) => EXAMPLES[example] === 'aws');

/** The id of the resource of a type whose id has some text in it. */
export function idOf(file: EditedFile, type: string, having: string): string {
  const found = Object.entries(file['Resources'] as Record<string, Edited>).find(
    ([id, { Type }]) => Type === `AWS::${type}` && id.includes(having),
  );
  if (found === undefined) throw new Error(`the example has no ${type} called ${having}`);
  return found[0];
}

/** Adds one resource, of a type and with properties that may name others. */
export const more =
  (type: string, properties: (file: EditedFile) => object, rest: object = {}): Edit =>
  (file) => {
    file['Resources']['Stranger'] = { Type: `AWS::${type}`, Properties: properties(file), ...rest };
  };

/** A reference to an attribute of a resource. */
export const got = (file: EditedFile, type: string, having: string, attribute: string): object => ({
  'Fn::GetAtt': [idOf(file, type, having), attribute],
});

/** A group by the end of its name. */
export const group = (file: EditedFile, name: string): object => ({
  'Fn::GetAtt': [
    Object.keys(file['Resources'] as object).find((id) => new RegExp(`Groups${name}[0-9A-F]{8}$`).test(id)),
    'GroupId',
  ],
});

/** Changes the configuration of the proxy. */
export const proxy =
  (edit: (bootstrap: Edited) => unknown): Edit =>
  (file) => {
    const containers = part('AWS::ECS::TaskDefinition')(file)['ContainerDefinitions'] as Edited[];
    const { Command } = containers.find(({ Name }) => Name === 'envoy');
    const bootstrap: Edited = JSON.parse(Command[1] as string);
    edit(bootstrap);
    Command[1] = JSON.stringify(bootstrap);
  };
