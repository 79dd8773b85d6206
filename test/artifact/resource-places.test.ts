import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourcePlaces } from '../../lib/artifact/resource-places';
import { exampleFile } from '../check/examples';

test.each([
  ['a synthesised template', () => exampleFile('Orders'), /^ {2}"(\w+)": \{$/, /^ "Resources": \{/],
  ['a template as YAML', () => join(__dirname, '../fixtures/hand-written.yaml'), /^ {2}(\w+):/, /^Resources:/],
])('finds every resource of %s where it begins', (_of, file, name, section) => {
  const text = readFileSync(file(), 'utf8');
  const found = resourcePlaces(text);
  const written = text.split('\n');
  const first = written.findIndex((line) => section.test(line));
  const last = written.findIndex((line, index) => index > first && /^ ?(?:"?[A-Z]|\})/.test(line));
  const expected = written.flatMap((line, index) => {
    const [, id] = (index > first && (last < 0 || index < last) && name.exec(line)) || [];
    return id === undefined ? [] : [[id, index + 1]];
  });
  expect(expected.length).toBeGreaterThan(10);
  expect([...found].map(([id, { line }]) => [id, line])).toEqual(expected);
});

test('finds every resource of a configuration of Terraform by its address', () => {
  const text = readFileSync(exampleFile('Invoices'), 'utf8');
  const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, unknown>> };
  const addresses = Object.entries(resource).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
  const found = resourcePlaces(text);
  expect(addresses.filter((address) => !found.has(address))).toEqual([]);
  const written = text.split('\n');
  expect(
    [...found].filter(([address, { line }]) => !written[line - 1]?.includes(`"${address.split('.').at(-1)}"`)),
  ).toEqual([]);
});

test.each([
  [
    'on one line',
    '{"Resources":{"A":{"Type":"T"},"B":{"Properties":{"Resources":{"C":1}}}}}',
    [
      ['A', 1],
      ['B', 1],
    ],
  ],
  ['with quotes and braces in strings', '{"Description":"\\"{\\\\",\n"Resources":\n{"A\\u0042":{}}}', [['AB', 3]]],
  [
    'with lists around blocks',
    '{"resource":[{"t":[{"n":[{}]}]},\n{"t":{"m":{"t":{"x":{}}}}}]}',
    [
      ['t.n', 1],
      ['t.m', 2],
    ],
  ],
  ['with data sources', '{"data":{"t":{"n":{}}}}', [['data.t.n', 1]]],
  [
    'as a plan',
    '{"resource_changes":[\n{"address":"t.n","mode":"managed"},\n{"address":"t.m[0]"}]}',
    [
      ['t.n', 2],
      ['t.m[0]', 3],
    ],
  ],
  ['of nothing', '{}', []],
])('JSON %s', (_name, text, expected) => {
  expect([...resourcePlaces(text)].map(([id, { line }]) => [id, line])).toEqual(expected);
});

test.each([
  [
    'JSON',
    '{"Resources":{"A":{"Metadata":{"aws:cdk:path":"S/A/Resource"},"Properties":{"Metadata":{"aws:cdk:path":"no"}}}}}',
  ],
  ['YAML', 'Resources:\n  A:\n    Metadata:\n      aws:cdk:path: S/A/Resource\n'],
])('tells the construct that made a resource, in %s', (_name, text) => {
  expect(resourcePlaces(text).get('A')?.constructPath).toBe('S/A');
});

test('tells the construct that made a resource of Terraform', () => {
  const text = '{"resource":{"t":{"n":{"//":{"metadata":{"path":"S/\\u0041/Resource"}},"path":"no"}}}}';
  expect(resourcePlaces(text).get('t.n')).toEqual({ line: 1, constructPath: 'S/A' });
  expect(resourcePlaces(text.replace('"//"', '"other"')).get('t.n')).toEqual({ line: 1 });
});
