import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placesOf } from '../../lib/check/places';
import { exampleFile } from './examples';

const home = mkdtempSync(join(tmpdir(), 'portcullis-places-'));
afterAll(() => rmSync(home, { recursive: true }));

test.each(['Orders', 'Invoices'] as const)('each resource of %s has its line and its construct', (example) => {
  const file = exampleFile(example);
  const { Resources, resource } = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources?: Record<string, unknown>;
    resource?: Record<string, Record<string, unknown>>;
  };
  const ids = [
    ...Object.keys(Resources ?? {}),
    ...Object.entries(resource ?? {}).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`)),
  ];
  const places = placesOf({ file });
  expect(ids.length).toBeGreaterThan(50);
  expect(ids.filter((id) => places(id)?.constructPath?.startsWith(`${example}/`) !== true)).toEqual([]);
  expect(ids.filter((id) => places(id)?.file !== file)).toEqual([]);
});

test('a part of a resource stands where the resource does', () => {
  const file = join(home, 'a.template.json');
  writeFileSync(file, '{\n"Resources": {\n"Task": {\n}}}');
  expect(placesOf({ file })('Task/restate/x')).toEqual({ file, line: 3 });
  expect(placesOf({ file })('Other/restate')).toBeUndefined();
});

test('the files of a folder are looked through one by one', () => {
  writeFileSync(join(home, 'a.tf.json'), '{"resource":{"t":{"a":{}}}}');
  writeFileSync(join(home, 'b.tf.json'), '{"resource":\n{"t":{"b":{}}}}');
  expect(placesOf({ file: home })('t.b')).toEqual({ file: join(home, 'b.tf.json'), line: 2 });
});

test.each([
  'no json',
  '[]',
  '{"artifacts":{"a":{"properties":{"templateFile":"a.template.json"},"additionalMetadataFile":"../x"}}}',
])('a manifest that is %s tells nothing', (text) => {
  const file = join(home, 'a.template.json');
  writeFileSync(file, '{"Resources":{"Task":{}}}');
  writeFileSync(join(home, 'manifest.json'), text);
  expect(placesOf({ file })('Task')).toEqual({ file, line: 1 });
});

test('a file that is nowhere has no places', () => {
  expect(placesOf({ file: join(home, 'nowhere') })('Task')).toBeUndefined();
});
