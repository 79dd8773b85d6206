import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { MACHINE_REPORT_SCRIPT, MACHINE_REPORT_TIMER, MACHINE_REPORT_UNIT } from '../../lib/aws/machine-report';
import { renderRevocationResource } from '../../lib/proxy/revocation-list';
import { SECRET_ACCESS_KEY, SESSION_TOKEN } from './fake-aws';
import { fakeLogs, type FakeLogs } from './fake-logs';

const DAY_SECONDS = 86_400;

/** The programs that need a real disk, and curl, of which the arguments are kept. */
const STUBS: Readonly<Record<string, string>> = {
  mountpoint: '[ "$2" = "$MOUNTED" ]',
  df: 'printf "Use%%\\n 42%%\\n"',
  curl: 'echo "curl $*" >>"$LOG"; exec /usr/bin/curl "$@"',
};

describe('the report of the machine', () => {
  let folder: string;
  let logs: FakeLogs;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
    mkdirSync(join(folder, 'bin'));
    for (const [name, body] of Object.entries(STUBS)) {
      writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${body}\n`, { mode: 0o755 });
    }
  });

  afterEach(async () => {
    await logs.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function report(environment: Record<string, string> = {}): Promise<{ status: number; stderr: string }> {
    writeFileSync(join(folder, 'ca.pem'), logs.certificatePem);
    writeFileSync(join(folder, 'script'), MACHINE_REPORT_SCRIPT);
    const child = spawn('bash', [join(folder, 'script')], {
      env: {
        PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
        CURL_CA_BUNDLE: join(folder, 'ca.pem'),
        LOG: join(folder, 'log'),
        MOUNT_POINT: '/data',
        MOUNTED: '/data',
        REVOCATION_LIST: '',
        LOG_GROUP: 'Orders-Logs',
        ...logs.environment,
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 20_000,
    });
    const stderr = await text(child.stderr);
    return { status: child.exitCode ?? (await new Promise((ended) => child.once('close', ended))), stderr };
  }

  const lines = (): unknown[] =>
    (logs.streams.get('machine/i-0me') ?? []).map(({ message }) => JSON.parse(message) as unknown);

  const openssl = (command: string): string =>
    execFileSync('openssl', command.split(' '), { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

  /** The file that the proxy reads, of one list for each authority, each good for so many days. */
  function revocationFile(...days: readonly number[]): string {
    writeFileSync(join(folder, 'index'), '');
    writeFileSync(join(folder, 'ca.cnf'), '[ca]\ndatabase=index\ndefault_md=sha256\n');
    const lists = days.map((good) => {
      openssl('req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=ca -keyout ca.key -out ca.pem');
      const validity = `-crl_lastupdate ${utcTime(-9)} -crl_nextupdate ${utcTime(good)}`;
      return openssl(`ca -gencrl -config ca.cnf -name ca -keyfile ca.key -cert ca.pem ${validity}`);
    });
    const file = join(folder, 'sds.json');
    writeFileSync(file, renderRevocationResource(lists.join('')));
    return file;
  }

  test('says how full the data disk is, in a stream of its own that it makes when there is none', async () => {
    logs = await fakeLogs();
    expect(await report()).toEqual({ status: 0, stderr: expect.any(String) as string });
    expect(logs.actions).toEqual(['PutLogEvents', 'CreateLogStream', 'PutLogEvents']);
    expect(lines()).toEqual([{ log: 'machine', disk_used_percent: 42 }]);
    const [line] = logs.streams.get('machine/i-0me') ?? [];
    expect(Math.abs(Date.now() - Number(line?.timestamp))).toBeLessThan(20_000);
  });

  test('goes on in the stream that it made', async () => {
    logs = await fakeLogs();
    await report();
    expect(await report()).toEqual({ status: 0, stderr: '' });
    expect(logs.actions.slice(3)).toEqual(['PutLogEvents']);
    expect(lines()).toHaveLength(2);
  });

  test.each<[string, number[], number]>([
    ['one authority', [3], 3],
    ['several authorities, of which the last expires first', [9, 5, 2], 2],
    ['several authorities, of which the first expires first', [1, 7], 1],
    ['an authority whose list has expired', [4, -2], -2],
  ])('says how long the revocation list of %s is good', async (_, days, left) => {
    logs = await fakeLogs();
    await report({ REVOCATION_LIST: revocationFile(...days) });
    const [line] = lines() as { revocation_list_seconds_left: number }[];
    expect(line).toMatchObject({ log: 'machine', disk_used_percent: 42 });
    expect(Math.abs(Number(line?.revocation_list_seconds_left) - left * DAY_SECONDS)).toBeLessThan(30);
  });

  test.each<[string, (folder: string) => string]>([
    ['is missing', (at) => join(at, 'nothing')],
    ['holds no list', (at) => written(at, '{"resources":[]}\n')],
    ['holds what is no list', (at) => written(at, '"-----BEGIN X509 CRL-----\\nMIIB\\n-----END X509 CRL-----\\n"\n')],
  ])('leaves the list out when its file %s, so that its alarm goes off, and reports the disk', async (_, file) => {
    logs = await fakeLogs();
    expect(await report({ REVOCATION_LIST: file(folder) })).toMatchObject({ status: 0 });
    expect(lines()).toEqual([{ log: 'machine', disk_used_percent: 42 }]);
  });

  test('never takes the disk of the machine for a data disk that is not mounted', async () => {
    logs = await fakeLogs();
    expect(await report({ MOUNTED: '/elsewhere' })).toMatchObject({ status: 0 });
    expect(lines()).toEqual([{ log: 'machine' }]);
  });

  test.each<[string, string, Record<string, string>]>([
    ['drops the line', '{"rejectedLogEventsInfo":{"tooNewLogEventStartIndex":0}}', {}],
    ['knows no such group', '{}', { LOG_GROUP: 'Billing-Logs' }],
    ['is not the one of the region', '{}', { AWS_REGION: 'us-east-1' }],
  ])('fails when CloudWatch Logs %s', async (_, accepted, environment) => {
    logs = await fakeLogs(accepted);
    expect((await report(environment)).status).not.toBe(0);
  });

  test('shows the credentials of the machine in no argument of a program', async () => {
    logs = await fakeLogs();
    await report();
    const log = readFileSync(join(folder, 'log'), 'utf8');
    expect(log).toContain('Logs_20140328.PutLogEvents');
    expect(log).not.toContain(SECRET_ACCESS_KEY);
    expect(log).not.toContain(SESSION_TOKEN);
  });
});

/** So many days from now, as X.509 writes it. */
function utcTime(days: number): string {
  const time = new Date(Date.now() + days * DAY_SECONDS * 1000).toISOString();
  return `${time.slice(2, 19).replaceAll(/[-T:]/g, '')}Z`;
}

function written(folder: string, content: string): string {
  const file = join(folder, 'sds.json');
  writeFileSync(file, content);
  return file;
}

describe('the units of the report', () => {
  test('send one every minute, and end one that hangs before the next is due', () => {
    expect(MACHINE_REPORT_TIMER).toContain('\nOnCalendar=minutely\n');
    expect(Number(/\nTimeoutStartSec=(\d+)\n/.exec(MACHINE_REPORT_UNIT)?.[1])).toBeLessThan(60);
  });

  test('let the script write nowhere', () => {
    expect(MACHINE_REPORT_UNIT).toContain('\nProtectSystem=strict\n');
    expect(MACHINE_REPORT_UNIT).toContain('\nPrivateTmp=yes\n');
  });
});
