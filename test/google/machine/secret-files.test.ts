import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { secretFiles } from '../../../lib/google/machine/secret-files';
import { ACCESS_TOKEN, fakeGoogle, type FakeGoogle } from './fake-google';
import { bench, type Bench } from './run-script';

const VERSION = 'projects/orders-prod/secrets/identity/versions/3';
const PEM = '-----BEGIN PRIVATE KEY-----\nMC4CAQ\u0000hunter2==\n-----END PRIVATE KEY-----\n';
const PROGRAMS = {
  curl: 'echo "curl $*" >>"$LOG"; exec /usr/bin/curl "$@"',
  chown: 'echo "chown $*" >>"$LOG"',
  sleep: 'echo sleep >>"$LOG"',
};

/** As Secret Manager prints it. */
function payload(data: string): string {
  return `{\n  "name": "projects/1/secrets/identity/versions/3",\n  "payload": {\n    "data": "${data}",\n    "dataCrc32c": "1"\n  }\n}\n`;
}

describe('the script that fetches a secret', () => {
  let google: FakeGoogle;
  let machine: Bench;

  beforeEach(async () => {
    google = await fakeGoogle(payload(Buffer.from(PEM).toString('base64')));
    machine = bench(secretFiles([]).script, PROGRAMS);
  });
  afterEach(async () => {
    machine.remove();
    await google.close();
  });

  const file = (): string => join(machine.folder, 'run', 'secrets', 'identity.pem');
  const fetchSecret = (environment: Record<string, string> = {}): ReturnType<Bench['run']> =>
    machine.run([VERSION, file(), '65531:65531'], {
      METADATA: google.url,
      SECRET_MANAGER: google.url,
      ATTEMPTS: '2',
      ...environment,
    });

  test('writes it as it is, for one user to read, and leaves nothing beside it', async () => {
    expect(await fetchSecret()).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(file(), 'utf8')).toBe(PEM);
    expect(statSync(file()).mode & 0o777).toBe(0o400);
    expect(machine.log()).toMatch(/chown 65531:65531 /);
    expect(google.paths).toEqual([`/v1/${VERSION}:access`]);
    expect(readdirSync(join(machine.folder, 'run', 'secrets'))).toEqual(['identity.pem']);
  });

  test('takes an answer on one line, too', async () => {
    google.answer = payload(Buffer.from(PEM).toString('base64')).replaceAll(/\n */g, '');
    await fetchSecret();
    expect(readFileSync(file(), 'utf8')).toBe(PEM);
  });

  test('gives it its owner and mode before its name', async () => {
    await fetchSecret();
    expect(machine.log()).toMatch(/chown 65531:65531 \S+identity\.pem\.\w{6}\n/);
  });

  test.each<[string, string | number]>([
    ['there is no such version', 404],
    ['the account may not read it', 403],
    ['the version was destroyed', 400],
    ['the answer is no JSON', '<html>hunter2</html>'],
    ['the answer holds no payload', '{"name":"projects/1/secrets/identity/versions/3"}'],
    ['the payload is empty', payload('')],
    ['the payload is no base64', payload('hunter2!')],
    ['the payload is cut off', payload('aHVudGVyMg')],
  ])('ends with 1 and writes nothing where %s, after it tried again', async (_, answer) => {
    google.answer = answer;
    const { status, stderr } = await fetchSecret();

    expect(status).toBe(1);
    expect(stderr).toContain(`portcullis: secret ${VERSION} cannot be fetched`);
    expect(stderr).not.toMatch(/hunter2/);
    expect(existsSync(file())).toBe(false);
    expect(readdirSync(join(machine.folder, 'run', 'secrets'))).toEqual([]);
    expect(google.paths).toHaveLength(2);
    expect(machine.log().match(/^sleep$/gm)).toHaveLength(1);
  });

  test('waits for a right that is granted meanwhile', async () => {
    google.answer = 403;
    setTimeout(() => (google.answer = payload(Buffer.from(PEM).toString('base64'))), 100);
    expect(await fetchSecret({ ATTEMPTS: '1000' })).toMatchObject({ status: 0 });
    expect(readFileSync(file(), 'utf8')).toBe(PEM);
  });

  test('ends where there is no token', async () => {
    const { status } = await fetchSecret({ METADATA: 'http://127.0.0.1:1' });
    expect(status).toBe(1);
    expect(google.paths).toEqual([]);
  });

  test('shows neither token nor secret in an argument of a program', async () => {
    await fetchSecret();
    expect(machine.log()).toContain('curl');
    expect(machine.log()).not.toContain(ACCESS_TOKEN);
    expect(machine.log()).not.toMatch(/hunter2|BEGIN/);
  });
});
