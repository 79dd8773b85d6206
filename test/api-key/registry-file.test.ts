import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeApiKey } from '../../lib/api-key/api-key';
import { withApiKey, withSigningKey } from '../../lib/api-key/registry-changes';
import { changeRegistry, readRegistry } from '../../lib/api-key/registry-file';
import { generateSigningKey, type SigningKey } from '../../lib/api-key/signing-key';

let folder: string;
let file: string;
let key: SigningKey;
beforeAll(async () => (key = await generateSigningKey()));
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-registry-'));
  file = join(folder, 'api-keys.json');
  await changeRegistry(file, async (old) => ({ registry: withSigningKey(old, key), result: undefined }));
});
afterEach(() => rmSync(folder, { recursive: true }));

function add(name: string): Promise<void> {
  const described = describeApiKey({ name, audiences: ['a.example'], scopes: [], days: 1 }, key, Date.now());
  return changeRegistry(file, async (old) => ({ registry: withApiKey(old, described), result: undefined }));
}

test('of twenty that change it at once, none undoes another', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `caller-${index}`);
  await Promise.all(names.map(add));
  expect(
    readRegistry(file)
      ?.apiKeys.map(({ name }) => name)
      .toSorted(),
  ).toEqual(names.toSorted());
  expect(readdirSync(folder)).toEqual(['api-keys.json']);
});

test('a change that fails leaves the file as it was, and nothing beside it', async () => {
  const before = readFileSync(file, 'utf8');
  const failing = changeRegistry(file, async () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual([before, ['api-keys.json']]);
});

test('a change that would write what cannot be read again is not made', async () => {
  const before = readFileSync(file, 'utf8');
  const failing = changeRegistry(file, async (old) => ({
    registry: { ...old!, jwks: { keys: [] } },
    result: undefined,
  }));
  await expect(failing).rejects.toThrow(/JwksInvalid/);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('one that was killed in the middle is named after a while, and nothing is lost', async () => {
  writeFileSync(`${file}.unfinished`, 'half');
  const before = readFileSync(file, 'utf8');
  await expect(add('late')).rejects.toThrow(/api-keys\.json\.unfinished \[ApiKeyRegistryStuck\]$/);
  expect(readFileSync(file, 'utf8')).toBe(before);
}, 15_000);

test('a link to it stays a link', async () => {
  const link = join(folder, 'link.json');
  symlinkSync(file, link);
  await changeRegistry(link, async (old) => ({ registry: old!, result: undefined }));
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test('whoever could write it still can', async () => {
  chmodSync(file, 0o664);
  await add('another');
  expect(statSync(file).mode & 0o777).toBe(0o664);
});
