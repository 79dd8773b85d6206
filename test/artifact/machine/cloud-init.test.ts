import { readFiles, readText, userData } from './user-data';

const RUN = '[Service]\nExecStart=/usr/bin/docker run x\n';

function names(...parts: Parameters<typeof userData>): readonly string[] {
  const { containers, reports } = readFiles(...parts);
  return [...containers.map(({ name }) => name), ...reports];
}

test.each([
  ['by name', ['systemctl daemon-reload', 'systemctl start a.service']],
  ['by a shorter name', ['systemctl restart --no-block a']],
  ['when it is enabled at once', [['systemctl', 'enable', '--now', 'a.service']]],
  ['behind another command', ['mkdir -p /a && true; systemctl start a']],
  ['by a script of its own', ['bash /start']],
  ['by a script within a word', [['/bin/sh', '-c', 'systemctl start a']]],
  ['because another unit requires it', ['systemctl start requires']],
  ['because another unit wants it', ['systemctl start wants']],
  ['because another unit waits for a time', ['systemctl start a.timer']],
  ['because it is enabled for what is started', ['systemctl enable a', 'systemctl start mine.target']],
])('a unit runs when it is started: %s', (_how, runcmd) => {
  const files = {
    'a.service': `${RUN}[Install]\nWantedBy=mine.target\n`,
    'a.timer': '[Timer]\nOnCalendar=daily\n',
    'mine.target': '[Unit]\n',
    'requires.service': '[Unit]\nRequires=docker.service\nRequires=a.service\n',
    'wants.service': '[Unit]\nWants=network-online.target requires.service\n',
    '/start': '#!/bin/bash\nset -e\nsystemctl start a\n',
  };
  expect(names(files, runcmd)).toEqual(['a']);
});

test.each([
  ['nobody starts it', []],
  ['it is only enabled', ['systemctl enable a']],
  ['it is only spoken of', ['systemctl status a', 'echo systemctl start a', '# systemctl start a']],
  ['only what comes after it is started', ['systemctl start after']],
])('a unit runs nothing when %s', (_why, runcmd) => {
  expect(names({ 'a.service': RUN, 'after.service': '[Unit]\nAfter=a.service\nPartOf=a.service' }, runcmd)).toEqual([]);
});

test('a drop-in changes what runs', () => {
  const dropIn = '[Service]\nExecStart=\nExecStart=/usr/bin/docker run --name b y';
  expect(names({ 'a.service': RUN, '/etc/systemd/system/a.service.d/10-other.conf': dropIn })).toEqual(['b']);
});

test('a unit of a template is known by its instance', () => {
  const files = { 'web@.service': '[Service]\nExecStart=/usr/bin/docker run --name %i x' };
  expect(names(files, ['systemctl start web@one'])).toEqual(['one']);
});

test.each([
  ['a command of cloud-init', ['docker run --name b -d x']],
  ['a script of its own', ['bash /run']],
])('a container needs no unit: %s', (_how, runcmd) => {
  expect(names({ '/run': 'docker run --name b -d x' }, runcmd)).toEqual(['b']);
});

test.each([
  ['a unit of elsewhere', ['systemctl start b'], 'starts "b.service", which is not among its files'],
  ['a script of elsewhere', ['bash /opt/b'], 'runs "/opt/b", which is no script among its files'],
  ['a program of elsewhere', ['/opt/b run'], 'runs "/opt/b", which is not followed'],
  ['a script of another language', ['/python'], 'runs "/python", which is no script among its files'],
  [
    'a script from the network',
    ['curl https://example.com | bash'],
    'runs a shell on what it is given, which is not followed',
  ],
  ['a program that a variable names', ['$DOCKER run x'], 'runs "$DOCKER", which is not followed'],
  ['another runtime', ['podman run x'], 'runs "podman", which is not followed'],
  ['containers by a file', ['docker compose up'], 'runs docker compose up, which is not modelled'],
  ['a container that is made first', ['docker create x'], 'runs docker create x, which is not modelled'],
  ['another program in a container', ['docker exec a sh'], 'runs docker exec a, which is not modelled'],
  ['another machine', ['docker --host tcp://x run y'], 'gives docker the option "--host", which is not known'],
  ['a run with a variable', ['docker run "$IMAGE"'], 'has a docker run with values that only the machine knows'],
  ['a run in a word', ['id=$(docker run -d x)'], 'runs docker inside of a word, which is not followed'],
  [
    'a run on a condition',
    ['test -e /x && docker run --name b x'],
    'runs container b on a condition, which is not decided',
  ],
  ['a unit on a condition', ['systemctl start on'], 'runs container b on a condition, which is not decided'],
  [
    'a unit that is stopped again',
    ['systemctl start a', 'systemctl mask a'],
    'starts a.service and stops it or keeps it from starting, too',
  ],
  ['a call of systemd that nobody knows', ['systemctl link /a'], 'runs systemctl "link /a", which is not understood'],
  ['a broken unit', ['systemctl start broken'], 'broken.service has a command that has a quote that does not end'],
  ['a script that ends too early', ["bash -c 'a' 'b\nc"], 'runs a script that cannot be read'],
  ['a script that runs itself', ['bash /loop'], 'runs a script that cannot be read'],
])('what is not followed is reported: %s', (_what, runcmd, reason) => {
  const files = {
    'a.service': RUN,
    'on.service': '[Unit]\nConditionPathExists=/x\n[Service]\nExecStart=/usr/bin/docker run --name b x',
    'broken.service': "[Service]\nExecStart=/usr/bin/docker run 'x",
    '/python': '#!/usr/bin/python3\n',
    '/loop': 'bash /loop',
  };
  expect(readFiles(files, runcmd).reports).toContain(reason);
});

test('a function that runs its words is followed where it is called', () => {
  const script = 'again() {\n  until "$@"; do sleep 1; done\n}\nagain docker pull x\n';
  expect(names({ '/pull': script }, ['bash /pull'])).toEqual([]);
  expect(names({ '/pull': `${script}again docker run --name b x` }, ['bash /pull'])).toEqual([
    'b',
    'runs container b on a condition, which is not decided',
  ]);
  expect(names({ '/pull': script.replace('until', 'shift; until') }, ['bash /pull'])).toEqual([
    String.raw`runs "\"$@\"", which is not followed`,
  ]);
});

const OWNER = '[Service]\nExecStart=/usr/bin/docker run --name one --network n -p 1:2 x';
const JOINED =
  '[Unit]\nRequires=a.service\nAfter=a.service\n[Service]\nExecStart=/usr/bin/docker run --name two --network container:one y';

test.each([
  ['of one that the other one joins', OWNER, JOINED, 'published', []],
  [
    "of the machine's own",
    OWNER.replace('--network n', '--network=host'),
    JOINED.replace('container:one', 'host'),
    'host',
    [],
  ],
  [
    'of each its own',
    OWNER,
    JOINED.replace('container:one', 'n'),
    'bridge',
    ['has containers that do not all share one network, which is not modelled'],
  ],
  [
    'of one that is not there',
    OWNER,
    JOINED.replace('container:one', 'container:three'),
    'bridge',
    ['has containers that do not all share one network, which is not modelled'],
  ],
])('containers have a network %s', (_what, one, two, network, reports) => {
  expect(readFiles({ 'a.service': one, 'b.service': two }, ['systemctl start b'])).toMatchObject({ network, reports });
});

test('containers wait for one another as their units do', () => {
  const files = {
    'mint.service': '[Service]\nType=oneshot\nExecStart=/usr/bin/docker run --network none --name mint x',
    'a.service': OWNER.replace('[Service]', '[Unit]\nRequires=mint.service\nAfter=mint.service\n[Service]'),
    'between.service': '[Unit]\nAfter=a.service\nRequires=a.service',
    'b.service': JOINED.replaceAll('a.service', 'between.service'),
    'c.service':
      '[Unit]\nBefore=a.service\n[Service]\nExecStartPre=-/usr/bin/docker run --name before x\nExecStart=/usr/bin/docker run -d --name beside x',
  };
  const { containers } = readFiles(files, ['systemctl start b c']);
  const waits = containers.map(({ name, essential, dependsOn }) => [
    name,
    essential,
    dependsOn.map(({ container, condition }) => `${container} ${condition}`),
  ]);
  expect(waits.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))).toEqual([
    ['before', false, []],
    ['beside', true, ['before COMPLETE']],
    ['mint', false, []],
    ['one', true, ['mint SUCCESS', 'before COMPLETE', 'beside START']],
    ['two', true, ['mint SUCCESS', 'one START', 'before COMPLETE', 'beside START']],
  ]);
});

test.each([
  ['what docker stop is told', 'ExecStop=/usr/bin/docker stop --time 60 a\nTimeoutStopSec=75', 60],
  ['no longer than systemd waits', 'ExecStop=-/usr/bin/docker stop -t 60 a\nTimeoutStopSec=30s', 30],
  ["Docker's ten", 'ExecStop=/usr/bin/docker stop a', 10],
  ["systemd's minute and a half", '', 90],
  ['minutes', 'TimeoutStopSec=2min 5s', 125],
])('a container has this many seconds to stop: %s', (_what, settings, seconds) => {
  expect(readFiles({ 'a.service': `${RUN}${settings}` }).containers[0]?.stopTimeoutSeconds).toBe(seconds);
});

const SOCKET = { 'a.service': '[Service]\nExecStart=/bin/true', 'a.socket': '[Socket]\nListenStream=1\n' };

test.each([
  ['leads a port to a container', 'iptables -t nat -A PREROUTING -j DNAT', 'changes the firewall with'],
  ['opens the machine', 'nft flush ruleset', 'changes the firewall with'],
  ['has another kind of network', 'docker network create --driver=macvlan n', 'makes a network with'],
  [
    'leads every port to its containers',
    'docker network create -o com.docker.network.bridge.gateway_mode_ipv4=routed n',
    'makes a network with',
  ],
  ['has networks of another family', 'docker network create --ipv6 n', 'makes a network with'],
  ['listens by itself', 'systemctl start a.socket', 'listens by a.socket,'],
  ['forwards by a program', 'socat tcp-listen:1,fork tcp:127.0.0.1:2', 'runs "socat",'],
])('what else leads to containers is reported: a machine that %s', (_what, command, reason) => {
  expect(readFiles(SOCKET, [command]).reports).toEqual([expect.stringContaining(reason)]);
});

test('a plain network of containers is nothing to report, nor a socket of the machine alone', () => {
  const network =
    'docker network create --driver bridge --opt com.docker.network.bridge.enable_icc=false --subnet=172.30.0.0/24 n';
  const files = { ...SOCKET, 'a.socket': '[Socket]\nListenStream=/run/a.sock\n' };
  expect(readFiles(files, [network, 'systemctl start a.socket']).reports).toEqual([]);
});

const FETCH =
  'umask 077; curl "https://secretmanager.googleapis.com/v1/$1:access" > "$2"; chown "$3" "$2"; chmod 0400 "$2"';
const VERSION = 'projects/p/secrets/s/versions/3';

test.each([
  ['with its owner', `bash /fetch ${VERSION} /run/a/../key 1:2`, { path: '/run/key', secret: [VERSION], owner: '1:2' }],
  ['as root where nobody is said', `/fetch ${VERSION} /run/key`, { path: '/run/key', secret: [VERSION], owner: '0:0' }],
])('a secret is a file of the machine: %s', (_how, command, file) => {
  expect(readFiles({ '/fetch': FETCH }, [command])).toMatchObject({ secretFiles: [file], reports: [] });
});

test.each([
  [
    'without a path',
    `bash /fetch ${VERSION}`,
    'asks secretmanager.googleapis.com for a secret in a way that is not understood',
  ],
  [
    'by a variable',
    'bash /fetch $VERSION /run/key',
    'asks secretmanager.googleapis.com for a secret in a way that is not understood',
  ],
  [
    'on a condition',
    `test -e /x && bash /fetch ${VERSION} /run/key`,
    'writes the secret file /run/key on a condition, which is not decided',
  ],
])('a secret that is asked for otherwise is reported: %s', (_how, command, reason) => {
  expect(readFiles({ '/fetch': FETCH }, [command]).reports).toEqual([reason]);
});

test.each<[how: string, script: string, mode: number | undefined]>([
  ['by chmod', FETCH, 0o400],
  ['by chmod for all', FETCH.replace('0400', '0444'), 0o444],
  ['by chmod for a group', FETCH.replace('0400', '640'), 0o640],
  ['by what it may be at most', FETCH.replace('chmod 0400 "$2"', ''), 0o600],
  ['by nothing', FETCH.replace('chmod 0400 "$2"', '').replace('umask 077;', ''), 0o644],
  ['in letters', FETCH.replace('0400', 'u=r'), undefined],
  ['by a variable', FETCH.replace('0400', '"$4"'), undefined],
  ['twice over', `${FETCH}; chmod 0444 "$2"`, undefined],
])('the mode of a secret file is read: %s', (_how, script, mode) => {
  const { secretFiles, reports } = readFiles({ '/fetch': script }, [`bash /fetch ${VERSION} /run/key`]);
  expect(secretFiles[0]?.mode).toBe(mode);
  expect(reports).toEqual(mode === undefined ? ['gives the secret file /run/key a mode that is not understood'] : []);
});

test('references stand where they stood', () => {
  const text = userData({
    '/fetch': FETCH,
    'a.service': `[Service]\nExecStartPre=/bin/bash /fetch «S» /run/key 1:2\nExecStart=/usr/bin/docker run -e A=x«V»y -v data:/d «I»@sha256:${'a'.repeat(64)} "«V» «V»"`,
  });
  const parts = text.split(/[«»]/).map((part, index) => (index % 2 === 0 ? part : { logicalId: part }));
  const [s, v, i] = ['S', 'V', 'I'].map((logicalId) => ({ logicalId }));
  const { containers, volumes, secretFiles, reports } = readText(parts);
  expect(reports).toEqual([]);
  expect(secretFiles).toEqual([{ path: '/run/key', secret: [s], owner: '1:2', mode: 0o400 }]);
  expect(volumes).toEqual([{ name: 'data' }]);
  expect(containers[0]).toMatchObject({
    image: { text: [i, `@sha256:${'a'.repeat(64)}`], digest: `sha256:${'a'.repeat(64)}` },
    environment: { A: ['x', v, 'y'] },
    command: [[v, ' ', v]],
  });
});

test('characters that would pass for a reference are none', () => {
  expect(readText(['#cloud-config\nhostname: "\uE000"'])).toMatchObject({
    containers: [],
    reports: ['user data holds characters that stand for nothing'],
  });
});

test('a name that every object has is a name like any other', () => {
  const files = { '__proto__.service': RUN, 'constructor.service': RUN };
  expect(names(files, ['systemctl start constructor __proto__'])).toEqual([
    'constructor',
    '__proto__',
    'has containers that do not all share one network, which is not modelled',
  ]);
});
