import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { type EditedFile, type Example, exampleFile } from './examples';
import { asPlan } from './hostile-forms';

/** A file that is made to exhaust or to mislead whoever reads it. */
export interface HostileAttack {
  readonly what: string;
  readonly example: Example;
  readonly text: (sound: string) => string;
  readonly format?: 'terraform-plan';
  /** `refused`, or a claim that may not hold of it. Absent: it is decided, in bounded time. */
  readonly never?: string;
}

/** Attacks by size, depth, repetition and recursion, in each form that is read. */
export const HOSTILE_ATTACKS: readonly HostileAttack[] = [
  refused('Billing', 'resources said twice, of which the first are the open ones', (sound) =>
    sound.replace(/"Resources"\s*:/, '"Resources":{},"Resources":'),
  ),
  refused('Invoices', 'rules said twice, which Terraform takes together', (sound) =>
    sound.replace(/"google_compute_firewall"\s*:/, '"google_compute_firewall":{},"google_compute_firewall":'),
  ),
  {
    ...refused('Invoices', 'changes of a plan said twice', (sound) =>
      asPlan(sound).replace('"resource_changes":', '"resource_changes":[],"resource_changes":'),
    ),
    format: 'terraform-plan',
  },
  refused('Billing', 'aliases of aliases', (sound) => {
    const bomb = Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(', ')}]`);
    return ['a0: &a0 [x]', ...bomb, stringify(JSON.parse(sound))].join('\n');
  }),
  refused('Billing', 'a map that is merged', (sound) => `x: &x {a: 1}\ny:\n  <<: *x\n${stringify(JSON.parse(sound))}`),
  refused(
    'Billing',
    'a million rules',
    inTask((task) => void (task['SecurityGroupIngress'] = Array(1_000_001).fill(1))),
  ),
  refused('Billing', 'lists in lists without end', (sound) =>
    sound.replace('{', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},`),
  ),
  refused('Billing', 'choices in choices', (sound) => {
    const file = JSON.parse(sound) as EditedFile;
    file['Conditions'] = { C: { 'Fn::Equals': ['a', 'a'] } };
    return inTask(
      (task) => void (task['GroupDescription'] = doubled(20, (inner) => ({ 'Fn::If': ['C', inner, inner] }))),
    )(JSON.stringify(file));
  }),
  never(
    'Billing',
    'rules-exact',
    'a text that doubles itself as a block',
    inTask((task) => {
      const cidr = doubled(28, (inner) => ({ 'Fn::Sub': ['${a}${a}', { a: inner }] }));
      task['SecurityGroupIngress'] = [{ IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443, CidrIp: cidr }];
    }),
  ),
  never('Billing', 'rules-exact', 'a group on a condition of itself', (sound) => {
    const file = JSON.parse(sound) as EditedFile;
    file['Conditions'] = { A: { 'Fn::Not': [{ Condition: 'B' }] }, B: { 'Fn::Not': [{ Condition: 'A' }] } };
    const task = Object.entries(file['Resources'] as Record<string, EditedFile>).find(([id]) =>
      id.includes('GroupsTask'),
    )!;
    task[1]['Condition'] = 'A';
    return JSON.stringify(file);
  }),
  ...[
    '${local.l59}',
    '${local.a}',
    `\${${'('.repeat(20_000)}1${')'.repeat(20_000)}}`,
    `\${${'!'.repeat(20_000)}true}`,
  ].map((ranges) =>
    never('Invoices', 'rules-exact', `an expression without end as a block: ${ranges.slice(0, 12)}`, (sound) => {
      const file = JSON.parse(sound) as EditedFile;
      const doubling = Array.from({ length: 59 }, (_, n) => [`l${n + 1}`, `\${local.l${n}}\${local.l${n}}`]);
      file['locals'] = { l0: 'xxxxxxxxxx', a: '${local.b}', b: '${local.a}', ...Object.fromEntries(doubling) };
      const rules = file['resource'].google_compute_firewall as Record<string, EditedFile>;
      Object.entries(rules).find(([name]) => name.includes('CallersByRange'))![1]['source_ranges'] = [ranges];
      return JSON.stringify(file);
    }),
  ),
  never('Invoices', 'rules-exact', 'as many copies of a rule as nobody counts', (sound) => {
    const file = JSON.parse(sound) as EditedFile;
    const [rule] = Object.values(file['resource'].google_compute_firewall as Record<string, EditedFile>);
    rule!['count'] = 1e15;
    return JSON.stringify(file);
  }),
  never('Invoices', 'rules-exact', 'a module that is its own', (sound) =>
    JSON.stringify({ ...(JSON.parse(sound) as object), module: { a: { source: './' } } }),
  ),
  ...[
    '(?:(?:a|b|c)*d){20}(?:.{0,200}x){5}',
    '((((a{1000}){1000}){1000}){1000})',
    `${'(a|'.repeat(5_000)}b${')'.repeat(5_000)}`,
    '[a-z]*'.repeat(2_000),
    '(.*)(.*a.{15})(.*b.{14})(.*c.{13})',
  ].map((regex) =>
    decided(
      'Billing',
      `an expression that explodes: ${regex.slice(0, 20)}`,
      inBootstrap((policies) => {
        const [first] = Object.values(policies);
        first!['permissions'] = [{ header: { name: ':path', string_match: { safe_regex: { regex } } } }];
      }),
    ),
  ),
  decided(
    'Billing',
    'alternatives times alternatives',
    inBootstrap((policies) => {
      const [first] = Object.values(policies);
      first!['permissions'] = [{ and_rules: { rules: Array.from({ length: 12 }, (_, n) => either(`h${n}`)) } }];
    }),
  ),
];

function refused(example: Example, what: string, text: HostileAttack['text']): HostileAttack {
  return { what, example, text, never: 'refused' };
}

/** Whatever is made of it, it is made in bounded time. */
function decided(example: Example, what: string, text: HostileAttack['text']): HostileAttack {
  return { what, example, text };
}

function never(example: Example, claim: string, what: string, text: HostileAttack['text']): HostileAttack {
  return { what, example, text, never: claim };
}

/** The sound file of an example. */
export function soundText(example: Example): string {
  return readFileSync(exampleFile(example), 'utf8');
}

function inTask(edit: (properties: EditedFile) => void): HostileAttack['text'] {
  return (sound) => {
    const file = JSON.parse(sound) as EditedFile;
    const [, task] = Object.entries(file['Resources'] as Record<string, EditedFile>).find(([id]) =>
      id.includes('GroupsTask'),
    )!;
    edit(task['Properties'] as EditedFile);
    return JSON.stringify(file);
  };
}

/** Edits the policies of the first filter of the proxy that authorises. */
function inBootstrap(edit: (policies: Record<string, EditedFile>) => void): HostileAttack['text'] {
  return (sound) => {
    const file: unknown = JSON.parse(sound, (_, value: unknown) => {
      if (typeof value !== 'string' || !value.startsWith('{"node"')) return value;
      const bootstrap: unknown = JSON.parse(value);
      edit(policiesIn(bootstrap)!);
      return JSON.stringify(bootstrap);
    });
    return JSON.stringify(file);
  };
}

/** One of a dozen values of a header. */
function either(name: string): object {
  const rules = Array.from({ length: 12 }, (_, n) => ({ header: { name, string_match: { exact: `v${n}` } } }));
  return { or_rules: { rules } };
}

function policiesIn(value: unknown): Record<string, EditedFile> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { policies } = value as { readonly policies?: Record<string, EditedFile> };
  if (policies !== undefined && !Array.isArray(policies)) return policies;
  for (const inner of Object.values(value)) {
    const found = policiesIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function doubled(times: number, wrap: (inner: unknown) => unknown): unknown {
  return Array.from({ length: times }).reduce<unknown>((inner) => wrap(inner), 'xxxxxxxxxx');
}
