import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { REVOCATION_SCRIPT } from '../../lib/aws/revocation-script';
import { renderRevocationResource } from '../../lib/proxy/revocation-list';
import { SECRET_ACCESS_KEY, SESSION_TOKEN } from './fake-aws';
import { fakeS3, type FakeS3 } from './fake-s3';
import { revocationList } from './revocation-lists';

const GOOD = 'the last good list';
/** Stands before the real one and writes down how it was called. */
const CURL = '#!/bin/bash\necho "curl $*" >>"$LOG"\nexec "$CURL" "$@"\n';

describe('the revocation script', () => {
  let folder: string;
  let s3: FakeS3;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
    mkdirSync(join(folder, 'bin'));
    mkdirSync(join(folder, 'revocation'));
    writeFileSync(join(folder, 'bin', 'curl'), CURL, { mode: 0o755 });
    s3 = await fakeS3('/example-ca/lists/ca.crl.pem');
  });

  afterEach(async () => {
    await s3.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const resource = (): string => join(folder, 'revocation', 'sds.json');
  const read = (): string => readFileSync(resource(), 'utf8');

  async function run(environment: Record<string, string> = {}): Promise<{ status: number; stderr: string }> {
    writeFileSync(join(folder, 'ca.pem'), s3.certificatePem);
    const child = spawn('bash', ['-c', REVOCATION_SCRIPT], {
      env: {
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        CURL: '/usr/bin/curl',
        CURL_CA_BUNDLE: join(folder, 'ca.pem'),
        LOG: join(folder, 'log'),
        BUCKET: 'example-ca',
        KEY: 'lists/ca.crl.pem',
        RESOURCE: resource(),
        ...s3.environment,
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 25_000,
    });
    const ended = new Promise<number>((resolve) => child.once('close', resolve));
    const stderr = await text(child.stderr);
    return { status: await ended, stderr };
  }

  test('writes exactly what the proxy reads, for the proxy to read', async () => {
    s3.content = await revocationList('01', '02');
    expect(await run()).toEqual({ status: 0, stderr: '' });
    expect(read()).toBe(renderRevocationResource(s3.content));
    expect(statSync(resource()).mode & 0o777).toBe(0o644);
    expect(s3.paths).toEqual(['/example-ca/lists/ca.crl.pem']);
  });

  test('takes the lists of several authorities, out of whatever is written around them', async () => {
    const [one, other] = [await revocationList('01'), await revocationList('02')];
    s3.content = `Certificate Revocation List (CRL):\n${one}\nof the other authority\n${other.replaceAll('\n', '\r\n')}`;
    expect(await run()).toMatchObject({ status: 0 });
    expect(read()).toBe(renderRevocationResource(`${one}${other}`));
  });

  test('takes up a newer list, and leaves the file alone where there is none', async () => {
    s3.content = await revocationList('01');
    await run();
    const { ino } = statSync(resource());
    await run();
    expect(statSync(resource()).ino).toBe(ino);
    s3.content = await revocationList('01', '02');
    await run();
    expect(read()).toBe(renderRevocationResource(s3.content));
    expect(statSync(resource()).ino).not.toBe(ino);
  });

  test.each<[string, (list: string) => string | undefined]>([
    ['there is no such object', () => undefined],
    ['the object is empty', () => ''],
    ['it holds a page of text', () => '<html>-----BEGIN X509 CRL-----</html>'],
    ['it holds a certificate', (list) => list.replaceAll('X509 CRL', 'CERTIFICATE')],
    ['the list is cut off', (list) => list.slice(0, 150)],
    ['the list is cut off and ended', (list) => `${list.split('\n').slice(0, 2).join('\n')}\n-----END X509 CRL-----\n`],
    ['the second list is cut off', (list) => list + list.slice(0, 150)],
    ['the list holds nothing', () => '-----BEGIN X509 CRL-----\n-----END X509 CRL-----\n'],
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
    s3.content = publish(await revocationList('01'));
    writeFileSync(resource(), GOOD);
    const { status, stderr } = await run();
    expect(status).not.toBe(0);
    expect(stderr).toMatch(
      /^portcullis: s3:\/\/example-ca\/lists\/ca\.crl\.pem (cannot be fetched|is no revocation list)/m,
    );
    expect(read()).toBe(GOOD);
    expect(readdirSync(folder).filter((name) => name.startsWith('revocation'))).toEqual(['revocation']);
  });

  test('keeps it where Amazon S3 does not answer, or the machine has lost its role', async () => {
    writeFileSync(resource(), GOOD);
    s3.content = await revocationList('01');
    const lost: Record<string, string>[] = [{ URL_SUFFIX: 'localhost:1' }, { METADATA: 'http://127.0.0.1:1' }];
    for (const environment of lost) {
      expect((await run(environment)).status).not.toBe(0);
      expect(read()).toBe(GOOD);
    }
  });

  test('shows the credentials of the machine in no argument of a program', async () => {
    s3.content = await revocationList('01');
    await run();
    const log = readFileSync(join(folder, 'log'), 'utf8');
    expect(log).toContain('curl');
    expect(log).not.toContain(SECRET_ACCESS_KEY);
    expect(log).not.toContain(SESSION_TOKEN);
  });
});
