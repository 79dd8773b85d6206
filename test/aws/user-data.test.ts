import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATA_VOLUME_SCRIPT } from '../../lib/aws/data-volume-script';
import { MACHINE_REPORT_SCRIPT } from '../../lib/aws/machine-report';
import { REVOCATION_SCRIPT } from '../../lib/aws/revocation-script';
import { renderUserData, type UserDataProps } from '../../lib/aws/user-data';

const SETTINGS: UserDataProps = {
  clusterName: 'Cluster-1',
  volumeId: 'vol-0a1',
  marker: 'orders',
  logGroupName: 'Orders-Logs',
  region: 'eu-central-1',
  urlSuffix: 'amazonaws.com',
  revocation: undefined,
};
const USER_DATA = renderUserData(SETTINGS);
/** Of a server whose callers show certificates: there is no longer one. */
const LONGEST = renderUserData({ ...SETTINGS, revocation: { bucket: 'example-ca', key: 'ca.crl.pem' } });

describe('the start script of the machine', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'portcullis-'));
    mkdirSync(join(root, 'bin'));
    stub('systemctl', 'echo "systemctl $*" >>"$ROOT/log"; case "$*" in *"$FAIL"*) exit 1;; esac');
    stub('systemd-tmpfiles', 'echo "tmpfiles $*" >>"$ROOT/log"');
    stub('install', 'echo "install $5" >>"$ROOT/log"; exec /usr/bin/install "$1" "$2" "$3" "$4" "$ROOT$5"');
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function stub(name: string, body: string): void {
    writeFileSync(join(root, 'bin', name), `#!/bin/bash\n${body}\n`, { mode: 0o755 });
  }

  function start(fail = 'nothing', userData = USER_DATA): { status: number | null; log: string[] } {
    const { status } = spawnSync('bash', ['-c', userData], {
      env: { PATH: `${join(root, 'bin')}:${process.env['PATH']}`, ROOT: root, FAIL: fail },
      timeout: 20_000,
    });
    return { status, log: readFileSync(join(root, 'log'), 'utf8').trim().split('\n') };
  }

  const written = (path: string): string => readFileSync(join(root, path), 'utf8');

  test('lets ECS in last, when the disk is mounted and its configuration is whole', () => {
    expect(start()).toEqual({
      status: 0,
      log: [
        'systemctl mask --now ecs.service',
        'install /etc/tmpfiles.d/portcullis.conf',
        'install /usr/local/sbin/portcullis-data',
        'install /etc/portcullis/data.env',
        'install /etc/systemd/system/portcullis-data.service',
        'install /etc/systemd/system/portcullis-growth.service',
        'install /etc/systemd/system/portcullis-growth.timer',
        'install /etc/systemd/system/ecs.service.d/portcullis.conf',
        'install /usr/local/sbin/portcullis-report',
        'install /etc/portcullis/report.env',
        'install /etc/systemd/system/portcullis-report.service',
        'install /etc/systemd/system/portcullis-report.timer',
        'systemctl daemon-reload',
        'tmpfiles --create /etc/tmpfiles.d/portcullis.conf',
        'systemctl enable --now portcullis-data.service',
        'systemctl enable --now portcullis-growth.timer',
        'systemctl enable --now portcullis-report.timer',
        'install /etc/ecs/ecs.config',
        'systemctl unmask ecs.service',
        'systemctl enable --now --no-block ecs.service',
      ],
    });
  });

  test('never lets ECS in when the disk was refused', () => {
    const { status, log } = start('portcullis-data.service');
    expect(status).not.toBe(0);
    expect(log.at(-1)).toBe('systemctl enable --now portcullis-data.service');
    expect(existsSync(join(root, '/etc/ecs/ecs.config'))).toBe(false);
  });

  test('goes no further when ECS could not be masked', () => {
    expect(start('mask')).toEqual({ status: 1, log: ['systemctl mask --now ecs.service'] });
  });

  test('makes ECS depend on the disk at every later boot', () => {
    start();
    expect(written('/etc/systemd/system/ecs.service.d/portcullis.conf')).toBe(
      '[Unit]\nRequires=portcullis-data.service\nAfter=portcullis-data.service\n',
    );
    expect(written('/etc/systemd/system/portcullis-data.service')).toContain(
      'ExecStart=/usr/local/sbin/portcullis-data\n',
    );
  });

  test.each([
    ['disk', '/usr/local/sbin/portcullis-data', '/etc/portcullis/data.env', DATA_VOLUME_SCRIPT],
    ['report', '/usr/local/sbin/portcullis-report', '/etc/portcullis/report.env', MACHINE_REPORT_SCRIPT],
    ['revocation list', '/usr/local/sbin/portcullis-revocation', '/etc/portcullis/revocation.env', REVOCATION_SCRIPT],
  ])(
    'writes the script of the %s as it was tested, and gives it each setting that it reads',
    (_, script, settings, text) => {
      start('nothing', LONGEST);
      expect(written(script)).toBe(text);
      expect(statSync(join(root, script)).mode & 0o777).toBe(0o755);
      const given = written(settings)
        .trim()
        .split('\n')
        .map((line) => line.split('=')[0]);
      const local = ['SECONDS', 'PORTCULLIS'];
      const read = [...text.matchAll(/\$\{?([A-Z][A-Z_]+)/g)].map(([, name]) => String(name));
      expect(new Set(given)).toEqual(new Set(read.filter((name) => !local.includes(name))));
    },
  );

  test.each([
    ['says where the revocation list is', LONGEST, '/run/portcullis/revocation/sds.json'],
    ['says that there is none', USER_DATA, ''],
  ])('%s to the report', (_, userData, list) => {
    expect(userData).toContain(`\nREVOCATION_LIST=${list}\n`);
  });

  test('takes the room of a disk that has grown, on the running machine, every five minutes', () => {
    start();
    expect(written('/etc/systemd/system/portcullis-growth.service')).toContain(
      '\nExecStart=/usr/sbin/xfs_growfs -d /var/lib/portcullis/data\n',
    );
    expect(written('/etc/systemd/system/portcullis-growth.timer')).toContain('OnCalendar=*:2/5\n');
  });

  test('makes the folder of the certificate in memory, for Envoy alone, at every boot', () => {
    start();
    expect(written('/etc/tmpfiles.d/portcullis.conf')).toBe('d /run/portcullis/tls 0700 65532 65532 -\n');
  });

  test('makes that of the revocation list, too, which the machine writes and Envoy reads', () => {
    start('nothing', LONGEST);
    expect(written('/etc/tmpfiles.d/portcullis.conf')).toBe(
      'd /run/portcullis/tls 0700 65532 65532 -\nd /run/portcullis/revocation 0755 root root -\n',
    );
  });

  test('fetches the revocation list before each start of ECS, which does not depend on it, and every five minutes', () => {
    const { status, log } = start('nothing', LONGEST);
    expect(status).toBe(0);
    expect(log.slice(log.indexOf('systemctl enable --now portcullis-data.service'))).toEqual([
      'systemctl enable --now portcullis-data.service',
      'systemctl enable --now portcullis-growth.timer',
      'systemctl enable --now portcullis-report.timer',
      'systemctl enable portcullis-revocation.service',
      'systemctl enable --now portcullis-revocation.timer',
      'install /etc/ecs/ecs.config',
      'systemctl unmask ecs.service',
      'systemctl enable --now --no-block ecs.service',
    ]);
    const unit = written('/etc/systemd/system/portcullis-revocation.service').split('\n');
    expect(unit).toEqual(
      expect.arrayContaining([
        'Before=ecs.service',
        'Type=oneshot',
        'EnvironmentFile=/etc/portcullis/revocation.env',
        'ExecStart=/usr/local/sbin/portcullis-revocation',
        'WantedBy=ecs.service',
      ]),
    );
    expect(written('/etc/systemd/system/ecs.service.d/portcullis.conf')).not.toContain('revocation');
    expect(written('/etc/systemd/system/portcullis-revocation.timer')).toContain('\nOnCalendar=*:0/5\n');
  });

  test('tells ECS its cluster, and to hide the metadata service from tasks', () => {
    start();
    expect(written('/etc/ecs/ecs.config').trim().split('\n')).toEqual([
      'ECS_CLUSTER=Cluster-1',
      'ECS_AWSVPC_BLOCK_IMDS=true',
      'ECS_DISABLE_PRIVILEGED=true',
      'ECS_ENABLE_TASK_IAM_ROLE=true',
      'ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true',
      'ECS_AVAILABLE_LOGGING_DRIVERS=["awslogs"]',
    ]);
  });

  test('fits into the 16 KiB that a machine may be given', () => {
    expect(Buffer.byteLength(LONGEST)).toBeLessThan(14_000);
  });
});
