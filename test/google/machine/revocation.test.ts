import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { revocationList as unitsOf } from '../../../lib/google/machine/revocation';
import { renderRevocationResource } from '../../../lib/proxy/revocation-list';
import { revocationList } from '../../aws/revocation-lists';
import { ACCESS_TOKEN, fakeGoogle, type FakeGoogle } from './fake-google';
import { bench, type Bench } from './run-script';

const GOOD = 'the last good list';
const PROGRAMS = { curl: 'echo "curl $*" >>"$LOG"; exec /usr/bin/curl "$@"' };

describe('the script that fetches the revocation list', () => {
  let google: FakeGoogle;
  let machine: Bench;

  beforeEach(async () => {
    google = await fakeGoogle(404);
    machine = bench(unitsOf({ bucket: 'example-ca', key: 'lists/ca.crl.pem' }).script, PROGRAMS);
  });
  afterEach(async () => {
    machine.remove();
    await google.close();
  });

  const resource = (): string => join(machine.folder, 'revocation', 'sds.json');
  const read = (): string => readFileSync(resource(), 'utf8');
  const fetchList = (environment: Record<string, string> = {}): ReturnType<Bench['run']> =>
    machine.run(['example-ca', 'lists/ca.crl.pem', resource()], {
      METADATA: google.url,
      STORAGE: google.url,
      ...environment,
    });

  test('writes exactly what the proxy reads, for the proxy to read', async () => {
    const list = await revocationList('01', '02');
    google.answer = list;
    expect(await fetchList()).toEqual({ status: 0, stderr: '' });
    expect(read()).toBe(renderRevocationResource(list));
    expect(statSync(resource()).mode & 0o777).toBe(0o644);
    expect(google.paths).toEqual(['/example-ca/lists/ca.crl.pem']);
  });

  test('takes the lists of several authorities, out of whatever is written around them', async () => {
    const [one, other] = [await revocationList('01'), await revocationList('02')];
    google.answer = `Certificate Revocation List (CRL):\n${one}\nof the other authority\n${other.replaceAll('\n', '\r\n')}`;
    expect(await fetchList()).toMatchObject({ status: 0 });
    expect(read()).toBe(renderRevocationResource(`${one}${other}`));
  });

  test('takes up a newer list, and leaves the file alone where there is none', async () => {
    google.answer = await revocationList('01');
    await fetchList();
    const { ino } = statSync(resource());
    await fetchList();
    expect(statSync(resource()).ino).toBe(ino);
    const newer = await revocationList('01', '02');
    google.answer = newer;
    await fetchList();
    expect(read()).toBe(renderRevocationResource(newer));
    expect(statSync(resource()).ino).not.toBe(ino);
  });

  test.each<[string, (list: string) => string | number]>([
    ['there is no such object', () => 404],
    ['the account may not read it', () => 403],
    ['the object is empty', () => ''],
    ['it holds a page of text', () => '<html>-----BEGIN X509 CRL-----</html>'],
    ['it holds a certificate', (list) => list.replaceAll('X509 CRL', 'CERTIFICATE')],
    ['the list is cut off', (list) => list.slice(0, 150)],
    ['the list is cut off and ended', (list) => `${list.split('\n').slice(0, 2).join('\n')}\n-----END X509 CRL-----\n`],
    ['the list goes on', (list) => list.replace('-----END', 'AAAA\n-----END')],
    ['the second list is cut off', (list) => list + list.slice(0, 150)],
    ['the list holds nothing', () => '-----BEGIN X509 CRL-----\n-----END X509 CRL-----\n'],
    ['the list holds no DER', () => '-----BEGIN X509 CRL-----\nQUFBQUFB\n-----END X509 CRL-----\n'],
    [
      'the list holds what would end the text of the file',
      () => '-----BEGIN X509 CRL-----\n"}\n-----END X509 CRL-----\n',
    ],
    [
      'a list has a header that would end the text of the file',
      (list) => list.replace('CRL-----\n', 'CRL-----\nA:"}\n\n'),
    ],
    ['the object is larger than any list', (list) => list + ' '.repeat(9_000_000)],
  ])('keeps the last good list where %s, and says so', async (_, publish) => {
    google.answer = publish(await revocationList('01'));
    mkdirSync(join(machine.folder, 'revocation'));
    writeFileSync(resource(), GOOD);
    const { status, stderr } = await fetchList();
    expect(status).not.toBe(0);
    expect(stderr).toMatch(
      /^portcullis: gs:\/\/example-ca\/lists\/ca\.crl\.pem (cannot be fetched|is no revocation list)/m,
    );
    expect(read()).toBe(GOOD);
    expect(readdirSync(machine.folder).filter((name) => name.startsWith('revocation'))).toEqual(['revocation']);
  });

  test('keeps it where Cloud Storage does not answer, or the machine has no token', async () => {
    google.answer = await revocationList('01');
    mkdirSync(join(machine.folder, 'revocation'));
    writeFileSync(resource(), GOOD);
    const lost: Record<string, string>[] = [{ STORAGE: 'http://127.0.0.1:1' }, { METADATA: 'http://127.0.0.1:1' }];
    for (const environment of lost) {
      expect((await fetchList(environment)).status).not.toBe(0);
      expect(read()).toBe(GOOD);
    }
  });

  test('shows the token of the machine in no argument of a program', async () => {
    google.answer = await revocationList('01');
    await fetchList();
    expect(machine.log()).toContain('curl');
    expect(machine.log()).not.toContain(ACCESS_TOKEN);
  });
});
