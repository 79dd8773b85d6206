import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../../lib/artifact/artifact';
import { readArtifacts } from '../../lib/artifact/read';
import { readTemplate } from '../../lib/artifact/cloudformation/read-template';
import { type Json, parseTemplateText } from '../../lib/artifact/template-text';

const FILE = join(__dirname, 'fixtures', 'deployment.yaml');

interface Template {
  Resources: Record<string, { Type: string; Properties?: Record<string, unknown>; Metadata?: unknown }>;
}

function toPlain(value: unknown): unknown {
  if (value instanceof Map) {
    return Object.fromEntries([...(value as ReadonlyMap<string, unknown>)].map(([key, item]) => [key, toPlain(item)]));
  }
  return Array.isArray(value) ? value.map(toPlain) : value;
}

function original(): Template {
  return toPlain(parseTemplateText(readFileSync(FILE, 'utf8'), FILE)) as Template;
}

function read(template: object): Artifact {
  const content = parseTemplateText(JSON.stringify(template), FILE) as ReadonlyMap<string, Json>;
  return readTemplate({ name: 'deployment', file: FILE, content });
}

/** The same but for what has no meaning: the order of the rules of a group, where each stands, and so which resource names which. */
function meaning(artifact: Artifact): unknown {
  const groups = artifact.groups.map(({ id, rules }) => ({
    id,
    rules: rules.map(({ id: _place, ...rule }) => JSON.stringify(rule)).sort(),
  }));
  return { ...artifact, groups, mentions: undefined };
}

/** Logical ids are whole words at the start of strings and of `${...}`; a key is one where a resource stands behind it. */
function rename(text: string, names: ReadonlyMap<string, string>): string {
  return text.replaceAll(/(?<=["{])\w+(?=["./}])(?!":(?!\{"Type"))/g, (word) => names.get(word) ?? word);
}

/** Writes each `Fn::Sub` as the `Fn::Join` that says the same. */
function asJoin(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asJoin);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const sub = (value as Record<string, unknown>)['Fn::Sub'];
  if (typeof sub === 'string') {
    const pieces = sub
      .split(/\$\{([^}!]+)\}/)
      .map((piece, index) => (index % 2 === 0 ? piece.replaceAll('${!', '${') : { Ref: piece }));
    return { 'Fn::Join': ['', pieces] };
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asJoin(item)]));
}

const EXPECTED = meaning(readArtifacts(FILE)[0] as Artifact);

test('the fixture is read without a gap', () => {
  expect(readArtifacts(FILE)[0]).toMatchObject({
    unreadable: [],
    hosts: [{ machine: { id: 'Template' } }],
    balancers: [{ id: 'Balancer' }],
  });
});

test('JSON says the same as YAML', () => {
  expect(meaning(read(original()))).toEqual(EXPECTED);
});

test('metadata means nothing to what is deployed', () => {
  const template = original();
  for (const resource of Object.values(template.Resources)) {
    resource.Metadata = { Anything: ['x'] };
  }
  expect(meaning(read(template))).toEqual(EXPECTED);
});

test('names of resources mean nothing', () => {
  const ids = Object.keys(original().Resources);
  const renamed = new Map(ids.map((id, index) => [id, `Zz${index}`]));
  const back = new Map([...renamed].map(([from, to]) => [to, from]));
  const template = JSON.parse(rename(JSON.stringify(original()), renamed)) as object;
  expect(JSON.stringify(template)).not.toMatch(/"Task"|"TaskGroup"/);
  const artifact = JSON.parse(rename(JSON.stringify(read(template)), back)) as Artifact;
  expect(meaning(artifact)).toEqual(EXPECTED);
});

test('rules beside their group mean the same as rules inside it', () => {
  const template = original();
  for (const [id, { Type, Properties = {} }] of Object.entries(template.Resources)) {
    for (const kind of Type === 'AWS::EC2::SecurityGroup' ? ['SecurityGroupIngress', 'SecurityGroupEgress'] : []) {
      const rules = (Properties[kind] ?? []) as readonly object[];
      delete Properties[kind];
      rules.forEach((rule, index) => {
        template.Resources[`${id}${kind}${index}`] = {
          Type: `AWS::EC2::${kind}`,
          Properties: { ...rule, GroupId: { Ref: id } },
        };
      });
    }
  }
  expect(meaning(read(template))).toEqual(EXPECTED);
});

test('text that is joined means the same as text that is substituted', () => {
  const template = asJoin(original());
  expect(JSON.stringify(template)).not.toContain('Fn::Sub');
  expect(meaning(read(template as object))).toEqual(EXPECTED);
});
