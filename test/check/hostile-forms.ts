import { stringify } from 'yaml';
import type { EditedFile } from './examples';
import { LETTERS } from './hostile-letters';

type Random = (below: number) => number;

/** Lines that a reader of YAML, or of a machine's start, may choke on. */
const LINES: readonly (() => string)[] = [
  () => 'evil: &evil [*evil]',
  () => '<<: *nobody',
  () => '<<: {Type: x}',
  () => `deep: ${'['.repeat(3_000)}`,
  () => `deep: ${'{a: '.repeat(200)}`,
  () =>
    `a: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: &c [${'*b,'.repeat(50)}]\nd: [${'*c,'.repeat(50)}]`,
  () => 'twice: 1\ntwice: 2',
  () => '!!js/function x',
  () => '? {a: b}\n: c',
  () => '- !Sub [!Sub [!Sub x]]',
  () => 'number: 1e999999',
  () => '--- # another document',
  () => `- ${'$('.repeat(500)}docker run ${'"'.repeat(501)}`,
  () => `- docker run ${'--env A=$(cat $(cat x)) '.repeat(200)} -p 9070:9070 --network host image`,
  () => `ExecStart=${'-@:+!'.repeat(500)} /usr/bin/docker run`,
  () => `- [sh, -c, ${'"; docker run x '.repeat(3)}]`,
  () => '\u0000\u202E',
];

/** A text of lines with one of them gone, twice, indented otherwise, cut, or a hostile one beside it; and what was done. */
export function hostileLines(text: string, random: Random): { readonly text: string; readonly change: string } {
  const lines = text.split('\n');
  const at = random(lines.length);
  const line = lines[at] ?? '';
  const cut = random(line.length + 1);
  const which = random(LINES.length);
  const indent = /^ */.exec(line)?.[0] ?? '';
  const [change, ...instead] = [
    ['is gone'],
    ['is twice', line, line],
    ['is indented', `  ${line}`],
    ['is cut', line.slice(0, cut)],
    ['has another letter', `${line.slice(0, cut)}${LETTERS[random(LETTERS.length)]!}${line.slice(cut)}`],
    [`has line ${which} before it`, `${indent}${LINES[which]!()}`, line],
  ][random(6)] as [string, ...string[]];
  return { text: lines.toSpliced(at, 1, ...instead).join('\n'), change: `line ${at} ${change}` };
}

/** The same template as YAML, with values that stand in it twice as aliases of each other every second time. */
export function asYaml(text: string, random: Random): string {
  return stringify(JSON.parse(text), { aliasDuplicateObjects: random(2) === 0, lineWidth: 0 });
}

/** The same configuration as a plan that knows every value: what only the cloud knows is named as an expression. */
export function asPlan(text: string): string {
  const { resource, ...rest } = JSON.parse(text) as EditedFile;
  const all = entriesOf(resource).flatMap(([type, named]) =>
    entriesOf(named).map(([name, body]) => ({ type, name, body, address: `${type}.${name}` })),
  );
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.12.2',
    resource_changes: all.map(({ type, name, body, address }) => ({
      address,
      mode: 'managed',
      type,
      name,
      change: { actions: ['create'], after: withoutReferences(body), after_unknown: unknownOf(body) },
    })),
    configuration: {
      root_module: {
        resources: all.map(({ type, name, body, address }) => ({
          address,
          type,
          name,
          expressions: expressionsOf(body),
        })),
      },
    },
    variables: rest['variable'],
  });
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function isReference(value: unknown): value is string {
  return typeof value === 'string' && value.includes('${');
}

function withoutReferences(value: unknown): unknown {
  if (isReference(value)) return null;
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutReferences(inner)]));
}

function unknownOf(value: unknown): unknown {
  if (isReference(value)) return true;
  if (Array.isArray(value)) return value.map(unknownOf);
  if (typeof value !== 'object' || value === null) return false;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unknownOf(inner)]));
}

function expressionsOf(body: unknown): unknown {
  return Object.fromEntries(
    entriesOf(body).map(([key, value]) => {
      if (isReference(value)) {
        const names = [...value.matchAll(/\$\{([\w.]+)\}/g)].map(([, name]) => name!);
        return [key, { references: names.flatMap((name) => [name, name.replace(/\.[^.]+$/, '')]) }];
      }
      return [key, typeof value === 'object' && value !== null ? {} : { constant_value: value }];
    }),
  );
}
