import { stringify } from 'yaml';
import type { Template } from './template';

/** The same deployment in other words: the proof must stay as green on it. Each returns the text of a template. */
export const HARMLESS: Readonly<Record<string, (template: Template) => string>> = {
  'other logical ids, and no metadata': (template) => JSON.stringify(renamed(withoutMetadata(template))),
  'YAML, with every rule beside its group': (template) => stringify(withRulesBeside(template)),
};

function withoutMetadata(template: Template): Template {
  const copy = structuredClone(template);
  for (const resource of Object.values(copy.Resources)) {
    delete resource.Metadata;
  }
  return copy;
}

/** Logical ids are whole words at the start of strings and of `${...}`. */
function renamed(template: Template): Template {
  const names = new Map(Object.keys(template.Resources).map((id, index) => [id, `Resource${index}`]));
  const text = JSON.stringify(template).replaceAll(/(?<=["{])\w+(?=[".}])/g, (word) => names.get(word) ?? word);
  return JSON.parse(text) as Template;
}

function withRulesBeside(template: Template): Template {
  const copy = structuredClone(template);
  for (const [id, { Type, Properties: properties }] of Object.entries(copy.Resources)) {
    for (const kind of Type === 'AWS::EC2::SecurityGroup'
      ? (['SecurityGroupIngress', 'SecurityGroupEgress'] as const)
      : []) {
      const rules = (properties[kind] ?? []) as object[];
      delete properties[kind];
      rules.forEach((rule, index) => {
        copy.Resources[`${id}${kind}${index}`] = {
          Type: `AWS::EC2::${kind}`,
          Properties: { ...rule, GroupId: { Ref: id } },
        };
      });
    }
  }
  return copy;
}
