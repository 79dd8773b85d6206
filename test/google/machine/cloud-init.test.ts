import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lazy, Token } from 'cdktf';
import { parse } from 'yaml';
import { IngressAuth } from '../../../lib/core/ingress-auth';
import { GoogleCredentials } from '../../../lib/google/credentials';
import { renderCloudInit } from '../../../lib/google/machine/cloud-init';
import { SecretVersion } from '../../../lib/google/secret-version';
import { renderFileEntryScript } from '../../../lib/restate/entry-script';
import { callersByCertificate } from '../../proxy/callers-by-certificate';
import { testUnless } from '../../skip-loudly';
import { type AMachine, aMachine } from './a-machine';
import { systemdWords } from './systemd-words';

interface WrittenFile {
  readonly path: string;
  readonly permissions: string;
  readonly owner: string;
  readonly content: string;
}

/** What cloud-init makes of it once Terraform has read it. */
class Machine {
  readonly files: ReadonlyMap<string, WrittenFile>;
  readonly commands: readonly string[];

  constructor(userData: string) {
    const { write_files: files, runcmd } = parse(userData.replaceAll(/([$%])\1\{/g, '$1{')) as {
      write_files: WrittenFile[];
      runcmd: string[];
    };
    this.files = new Map(files.map((file) => [file.path, file]));
    this.commands = runcmd;
  }

  static of(given: AMachine = {}): Machine {
    return new Machine(renderCloudInit(aMachine(given)));
  }

  units(): string[] {
    return [...this.files.keys()]
      .filter((path) => path.startsWith('/etc/systemd/system/'))
      .map((path) => path.split('/').at(-1) ?? '');
  }

  unit(name: string): string {
    return this.files.get(`/etc/systemd/system/portcullis-${name}`)?.content ?? '';
  }

  /** Values of a setting of a unit. */
  settings(name: string, setting: string): string[] {
    return this.unit(name)
      .split('\n')
      .filter((line) => line.startsWith(`${setting}=`))
      .map((line) => line.slice(setting.length + 1));
  }

  /** Every command line of every unit, in words. */
  commandLines(): string[][] {
    return this.units()
      .flatMap((name) => (this.files.get(`/etc/systemd/system/${name}`)?.content ?? '').split('\n'))
      .flatMap((line) => /^Exec\w+=-?(.*)$/.exec(line)?.slice(1) ?? [])
      .map(systemdWords);
  }

  /** The words that start a container. */
  container(name: string): string[] {
    return this.commandLines().find((words) => words[1] === 'run' && words.includes(`--name=portcullis-${name}`)) ?? [];
  }
}

const KEY = GoogleCredentials.serviceAccountKey({
  secret: SecretVersion.of({ secret: 'projects/orders-prod/secrets/google', version: '1' }),
  account: 'caller@orders-prod.iam.gserviceaccount.com',
});

async function certificates(): Promise<IngressAuth> {
  const { authority } = await callersByCertificate();
  return IngressAuth.mutualTls({
    ca: authority.certificate,
    names: ['shop.example.com'],
    crl: 'gs://example-ca/ca.pem',
  });
}

const MACHINES: [string, () => Promise<AMachine>][] = [
  ['a plain one', async () => ({})],
  ['one with operators', async () => ({ operators: true })],
  ['one behind an HTTPS balancer', async () => ({ front: 'https-balancer' })],
  ['one whose callers show certificates', async () => ({ auth: await certificates() })],
  ['one with a key file and a restored disk', async () => ({ credentials: KEY, restored: true })],
];

describe.each(MACHINES)('the start of a machine, %s', (_, given) => {
  let machine: Machine;
  beforeAll(async () => (machine = Machine.of(await given())));

  test('names only units that are there', () => {
    const known = [...machine.units(), 'docker.service', 'network-online.target'];
    const named = machine
      .units()
      .flatMap((unit) =>
        ['Requires', 'Wants', 'BindsTo', 'After', 'Requisite'].flatMap((setting) =>
          machine.settings(unit.replace('portcullis-', ''), setting).flatMap((value) => value.split(' ')),
        ),
      );
    const started = machine.commands.flatMap((command) => command.match(/\S+\.(?:service|timer)/g) ?? []);
    expect(named.length).toBeGreaterThan(20);
    expect(started).toContain('portcullis-restate.service');
    expect([...named, ...started].filter((unit) => !known.includes(unit))).toEqual([]);
  });

  test('runs only scripts that are there, and each of them', () => {
    const run = machine.commandLines().flatMap((words) => words.filter((word) => word.startsWith('/etc/')));
    const scripts = [...machine.files.keys()].filter((path) => path.startsWith('/etc/portcullis/'));
    expect(new Set(run)).toEqual(new Set(scripts));
    expect(
      machine
        .commandLines()
        .filter(([, script]) => scripts.includes(script ?? ''))
        .every(([bash]) => bash === '/bin/bash'),
    ).toBe(true);
  });

  test('has scripts that bash can read', () => {
    for (const [path, { content }] of machine.files) {
      if (!path.startsWith('/etc/portcullis/')) continue;
      expect([path, spawnSync('/bin/bash', ['-n'], { input: content, encoding: 'utf8' }).stderr]).toEqual([path, '']);
    }
  });

  test('writes files that root alone can change', () => {
    for (const file of machine.files.values()) {
      expect(file).toMatchObject({ permissions: '0644', owner: 'root:root' });
    }
  });

  test('starts each container without power over the machine, from an image by its digest', () => {
    const containers = machine.commandLines().filter(([, run]) => run === 'run');
    expect(containers.length).toBeGreaterThan(1);
    for (const words of containers) {
      const image = words.findIndex((word) => !word.startsWith('-') && word.includes('@sha256:'));
      const options = words.slice(2, image);
      expect(options).toEqual(
        expect.arrayContaining([
          '--rm',
          '--pull=never',
          '--read-only',
          '--cap-drop=ALL',
          '--security-opt=no-new-privileges',
        ]),
      );
      expect(
        options.filter((option) =>
          /^--(?:privileged|cap-add|pid|ipc|uts|device|volume|net(?:work)?=host)/.test(option),
        ),
      ).toEqual([]);
      expect(options.filter((option) => option.startsWith('--user='))).toEqual([
        expect.stringMatching(/^--user=6553[12]:6553[12]$/),
      ]);
    }
  });

  test('pulls every image that it starts, and no other', () => {
    const started = machine
      .commandLines()
      .filter(([, run]) => run === 'run')
      .map((words) => words.find((word) => word.includes('@sha256:')));
    const pulled = machine
      .commandLines()
      .filter(([, script]) => script === '/etc/portcullis/pull-image')
      .map((words) => words[2]);
    expect(new Set(pulled)).toEqual(new Set(started));
  });

  test('lets Restate start after everything, and end with Envoy and the guard', () => {
    expect(machine.settings('restate.service', 'BindsTo')).toEqual([
      'portcullis-envoy.service portcullis-guard.service',
    ]);
    const [required = ''] = machine.settings('restate.service', 'Requires');
    expect(required.split(' ')).toEqual(
      expect.arrayContaining(['portcullis-data.service', 'portcullis-secrets.service', 'portcullis-images.service']),
    );
    const [after = ''] = machine.settings('restate.service', 'After');
    expect(after.split(' ')).toEqual(
      expect.arrayContaining([...required.split(' '), 'portcullis-envoy.service', 'portcullis-guard.service']),
    );
    expect(machine.settings('guard.service', 'BindsTo')).toEqual(['portcullis-envoy.service']);
    expect(machine.settings('envoy.service', 'Wants')[0]).toContain('portcullis-restate.service');
  });

  const VERIFY = '/usr/bin/systemd-analyze';
  const missing = existsSync(VERIFY) ? undefined : `${VERIFY} is not on this machine`;
  const testWithSystemd = testUnless(missing, 'systemd does not judge the units of the machine');

  testWithSystemd('raises no complaint of the real systemd', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portcullis-'));
    const units = machine.units().map((name) => join(folder, name));
    for (const unit of units) {
      const content = machine.files.get(`/etc/systemd/system/${unit.split('/').at(-1)}`)?.content ?? '';
      writeFileSync(unit, content.replaceAll(/=(-?)\/(?:usr\/s?bin|sbin|bin)\/\S+/g, '=$1/bin/true'));
    }
    writeFileSync(join(folder, 'docker.service'), '[Service]\nExecStart=/bin/true\n');
    const { stdout, stderr } = spawnSync(VERIFY, ['verify', '--man=no', ...units], {
      encoding: 'utf8',
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
    });
    rmSync(folder, { recursive: true });
    expect((stdout + stderr).split('\n').filter((line) => line.includes('portcullis-'))).toEqual([]);
  });
});

/** What the containers see of the machine. */
function mounts(given: AMachine): string[] {
  return Machine.of(given)
    .commandLines()
    .flatMap((words) => words.filter((word) => word.startsWith('--mount=')));
}

/** What the script of the data disk is told. */
function disk(given: AMachine): string[] | undefined {
  return Machine.of(given)
    .commandLines()
    .find(([, script]) => script === '/etc/portcullis/data-disk')
    ?.slice(2);
}

/** Ports of the machine that lead to Envoy. */
function published(given: AMachine): string[] {
  return Machine.of(given)
    .container('envoy')
    .filter((word) => word.startsWith('--publish'));
}

describe('the containers of a machine', () => {
  test('are given exactly what was planned: Envoy its configuration, Restate its script and its settings', () => {
    const { plan } = aMachine({ operators: true });
    const machine = Machine.of({ operators: true });
    const envoy = machine.container('envoy');
    expect(envoy.slice(envoy.findIndex((word) => word.includes('@sha256:')) + 1)).toEqual(plan.proxyArguments);
    const restate = machine.container('restate');
    expect(restate.slice(-2)).toEqual(['-c', renderFileEntryScript()]);
    for (const [name, value] of Object.entries(plan.serverEnvironment))
      expect(restate).toContain(`--env=${name}=${value}`);
  });

  test('publish the doors of Envoy, and the operators’ where there are any', () => {
    expect(published({})).toEqual(['--publish=443:8443', '--publish=8081:8081']);
    expect(published({ operators: true })).toEqual([
      '--publish=443:8443',
      '--publish=8081:8081',
      '--publish=8444:8444',
    ]);
    expect(
      Machine.of({ operators: true })
        .container('restate')
        .filter((word) => word.startsWith('--publish')),
    ).toEqual([]);
  });

  test('say on the console why Restate does not start, and nothing that callers cause', () => {
    const machine = Machine.of({ front: 'https-balancer', operators: true });
    const loud = machine.units().filter((unit) => machine.unit(unit.replace('portcullis-', '')).includes('+console'));
    expect(loud.sort()).toEqual(
      ['certificate', 'data', 'guard', 'images', 'network', 'secrets'].map((name) => `portcullis-${name}.service`),
    );
  });

  test('write to Cloud Logging, but for the one that is started once: Docker starts none whose log it cannot open', () => {
    const machine = Machine.of({ front: 'https-balancer' });
    for (const name of ['envoy', 'restate']) {
      expect(machine.container(name)).toEqual(
        expect.arrayContaining(['--log-driver=gcplogs', '--log-opt=mode=non-blocking']),
      );
    }
    expect(machine.container('certificate').filter((word) => word.startsWith('--log'))).toEqual(['--log-driver=none']);
  });

  test('have the addresses that no peer and no service may have', () => {
    const create = Machine.of()
      .commandLines()
      .find(([, network, verb]) => network === 'network' && verb === 'create');
    expect(create?.join(' ')).toContain('--subnet 172.18.0.0/16');
  });

  test('share one network, which is Envoy’s, and the one that mints has none', () => {
    const machine = Machine.of({ front: 'https-balancer' });
    expect(machine.container('envoy')).toContain('--network=portcullis');
    expect(machine.container('restate')).toContain('--network=container:portcullis-envoy');
    expect(machine.container('certificate')).toContain('--network=none');
  });

  test('see of the machine what they need and may not change it, but for the data and the minted certificate', async () => {
    const data = '--mount=type=bind,source=/mnt/disks/portcullis,target=/var/lib/restate';
    const tls = '--mount=type=bind,source=/run/portcullis/tls,target=/run/portcullis/tls';
    const list = '--mount=type=bind,source=/run/portcullis/revocation,target=/run/portcullis/revocation,readonly';
    const identity =
      '--mount=type=bind,source=/run/portcullis/secrets/identity.pem,target=/run/secrets/identity.pem,readonly';
    const google =
      '--mount=type=bind,source=/run/portcullis/secrets/google-credentials.json,target=/run/secrets/google-credentials.json,readonly';
    expect(mounts({})).toEqual([`${tls},readonly`, data, identity]);
    expect(mounts({ front: 'https-balancer' })).toEqual([tls, `${tls},readonly`, data, identity]);
    expect(mounts({ credentials: KEY })).toEqual([`${tls},readonly`, data, identity, google]);
    expect(mounts({ auth: await certificates() })).toEqual([`${tls},readonly`, list, data, identity]);
  });

  test.each<[GoogleCredentials, string[]]>([
    [GoogleCredentials.metadataServer(), ['--env=GCE_METADATA_HOST=127.0.0.1:8079']],
    [KEY, ['--env=GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/google-credentials.json']],
    [GoogleCredentials.none(), []],
  ])('show Google what the server was given: %j', (credentials, environment) => {
    const words = Machine.of({ credentials }).container('restate');
    expect(words.filter((word) => /^--env=(?:GCE|GOOGLE)/.test(word))).toEqual(environment);
  });

  test('are killed no sooner than the server has had its time', () => {
    const machine = Machine.of();
    const stop = machine.settings('restate.service', 'ExecStop')[0] ?? '';
    expect(stop).toBe('-/usr/bin/docker stop --time 60 portcullis-restate');
    expect(machine.settings('restate.service', 'TimeoutStopSec')).toEqual(['75']);
  });
});

describe('the text of the start', () => {
  test('holds no secret, and each by its version', () => {
    const fetched = Machine.of()
      .commandLines()
      .filter(([, script]) => script === '/etc/portcullis/fetch-secret');
    expect(fetched.map((words) => words.slice(2))).toEqual([
      ['projects/orders-prod/secrets/identity/versions/3', '/run/portcullis/secrets/identity.pem', '65531:65531'],
      ['projects/orders-prod/secrets/certificate/versions/5', '/run/portcullis/tls/cert.pem', '65532:65532'],
      ['projects/orders-prod/secrets/certificate-key/versions/5', '/run/portcullis/tls/key.pem', '65532:65532'],
    ]);
  });

  test('says of the disk what it must hold', () => {
    const words = ['/dev/disk/by-id/google-restate-data', 'orders', '/mnt/disks/portcullis', '65531:65531'];
    expect(disk({})).toEqual([...words, 'new']);
    expect(disk({ restored: true })).toEqual([...words, 'restored']);
  });

  test('shows Terraform no expression but what is known only at deployment', () => {
    const project = Token.asString(Lazy.stringValue({ produce: () => 'orders-prod' }));
    const userData = renderCloudInit(aMachine({ project }));
    expect(userData.match(/(?<![$%])(?:[$%]{2})*[$%]\{[^}]*\}/g)?.every((found) => found === project)).toBe(true);
    expect(userData.split(project).length).toBeGreaterThan(7);
  });

  test('has room in the metadata of a machine, which takes 256 KiB', () => {
    expect(Buffer.byteLength(renderCloudInit(aMachine({ operators: true })))).toBeLessThan(64 * 1024);
  });
});
