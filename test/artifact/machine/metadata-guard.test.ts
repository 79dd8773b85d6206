import { readFiles, type ReadMachine } from './user-data';

const RULE =
  'iptables --wait --append OUTPUT --destination 169.254.169.254/32 --protocol tcp ! --dport 53 --match owner ! --uid-owner 7 --jump REJECT';
const PID = "pid=$(docker inspect --format '{{.State.Pid}}' gate)";
const SCRIPT = `set -eu\n${PID}\nnsenter --net=/proc/$pid/ns/net ${RULE}\n`;
const GATE = '[Service]\nExecStart=/usr/bin/docker run --name gate --user 7:7 envoy\n';
const GUARD =
  '[Unit]\nAfter=gate.service\nBindsTo=gate.service\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/bash /guard\n';
const ENGINE = `[Unit]
After=gate.service guard.service
BindsTo=gate.service
Requires=guard.service
[Service]
ExecStart=/usr/bin/docker run --name engine --user 8:8 --network container:gate restate
`;

function read(change: Partial<Record<'script' | 'gate' | 'guard' | 'engine', string>> = {}): ReadMachine {
  const { script = SCRIPT, gate = GATE, guard = GUARD, engine = ENGINE } = change;
  const files = { '/guard': script, 'gate.service': gate, 'guard.service': guard, 'engine.service': engine };
  return readFiles(files, ['systemctl start engine.service']);
}

function withRule(rule: string): ReadMachine {
  return read({ script: SCRIPT.replace(RULE, rule) });
}

test('a rule that nothing goes round lets one user to the metadata server', () => {
  expect(read()).toMatchObject({ metadata: { kind: 'guarded', exceptUsers: [7] }, network: 'published', reports: [] });
});

test('a machine that says nothing about it lets everybody', () => {
  const files = { 'gate.service': GATE, 'engine.service': ENGINE.replace('Requires=guard.service\n', '') };
  expect(readFiles(files, ['systemctl start engine']).metadata).toBe('open');
});

test('a guard that nothing starts is none', () => {
  expect(read({ engine: ENGINE.replace('Requires=guard.service\n', '') }).metadata).toBe('open');
});

test.each([
  ['short', 'iptables -w -A OUTPUT -d 169.254.169.254 -p tcp ! --dport 53 -m owner ! --uid-owner 7 -j REJECT', [7]],
  [
    'before all others',
    'iptables -w 5 -I OUTPUT 1 -t filter -d 169.254.169.254/32 -p tcp -m owner ! --uid-owner 7 -j DROP',
    [7],
  ],
  [
    'by its path and with signs',
    '/usr/sbin/iptables --wait --append=OUTPUT --destination=169.254.169.254 --protocol=tcp --match=owner ! --uid-owner=7 --jump=REJECT',
    [7],
  ],
  ['with an answer', `${RULE} --reject-with icmp-port-unreachable`, [7]],
  ['for everybody', 'iptables -A OUTPUT -d 169.254.169.254 -j REJECT', []],
])('the rule may be spelled otherwise: %s', (_how, rule, exceptUsers) => {
  const { metadata, reports } = withRule(rule);
  // Refused to everybody, it is refused to the container that is there before it, too: nobody is after all of them.
  expect(metadata).toEqual(exceptUsers.length === 0 ? 'unknown' : { kind: 'guarded', exceptUsers });
  expect(reports).toHaveLength(exceptUsers.length === 0 ? 1 : 0);
});

test.each([
  ['another port is let through', RULE.replace('53', '80')],
  ['one port alone is refused', RULE.replace('! --dport', '--dport')],
  ['another protocol is refused', RULE.replace('tcp', 'udp')],
  ['another address is refused', RULE.replace('.254/32', '.253/32')],
  ['the user is refused, and all others not', RULE.replace('! --uid-owner', '--uid-owner')],
  ['users from one to another', RULE.replace('--uid-owner 7', '--uid-owner 0-7')],
  ['what comes in is refused', RULE.replace('OUTPUT', 'INPUT')],
  ['it is let through', RULE.replace('REJECT', 'ACCEPT')],
  ['the rule is taken away', RULE.replace('--append', '--delete')],
  ['in another table', `${RULE} --table mangle`],
  ['behind others', RULE.replace('--append OUTPUT', '--insert OUTPUT 2')],
  ['on a mark', `${RULE} --match mark --mark 1`],
  ['at times', `${RULE} --match time --timestart 10:00`],
  ['on a user that only the machine knows', RULE.replace('--uid-owner 7', '--uid-owner $user')],
])('a rule of another meaning is not understood: %s', (_what, rule) => {
  const { metadata, reports } = withRule(rule);
  expect(metadata).toBe('unknown');
  expect(reports).toEqual([
    'has a rule about the metadata server that is not understood, or that does not hold at all times',
  ]);
});

test.each([
  ['stands in a block', { script: `set -eu\n${PID}\nif true; then\n nsenter --net=/proc/$pid/ns/net ${RULE}\nfi` }],
  ['stands behind a test', { script: SCRIPT.replace('nsenter', 'false && nsenter') }],
  ['stands behind the end', { script: SCRIPT.replace(PID, `${PID}\nexit 0`) }],
  ['may fail', { script: SCRIPT.replace('REJECT', 'REJECT || true') }],
  ['may fail without anybody seeing', { script: `${SCRIPT.replace('set -eu\n', '')}true\n` }],
  ['is followed by another one', { script: `${SCRIPT}nsenter --net=/proc/$pid/ns/net iptables -F OUTPUT\n` }],
  ['stands in another network', { script: SCRIPT.replace('gate)', 'other)') }],
  ['stands in a network that nobody knows', { script: SCRIPT.replace(PID, 'pid=$1') }],
  ["stands in the machine's own network", { script: `set -eu\n${RULE}\n` }],
  ['is run by a unit that nobody waits for', { guard: GUARD.replace('Type=oneshot\n', '') }],
  [
    'stands where its script goes on after a failure again',
    { script: SCRIPT.replace(PID, `${PID}\nset +e`) + 'true\n' },
  ],
  ['is for a process that is told otherwise', { script: SCRIPT.replace(PID, `${PID}\nexport pid=1`) }],
  ['is for a process that is read', { script: SCRIPT.replace(PID, `${PID}\nread pid`) }],
  ["is a function's", { script: SCRIPT.replace(PID, `${PID}\nnsenter() { :; }`) }],
  ['counts as done when it fails', { guard: GUARD.replace('Type=', 'SuccessExitStatus=1\nType=') }],
  ['has a file system of its own', { guard: GUARD.replace('Type=', 'RootDirectory=/var/other\nType=') }],
  ['may fail for its unit', { guard: GUARD.replace('ExecStart=', 'ExecStart=-') }],
  ['is no rule of root', { guard: GUARD.replace('[Service]', '[Service]\nUser=nobody') }],
  ['does not come again with the network', { guard: GUARD.replace('BindsTo', 'Requires') }],
  ['comes before the network', { guard: GUARD.replace('After', 'Before') }],
  ['is waited for, and not needed', { engine: ENGINE.replace('Requires=guard', 'Wants=guard') }],
  [
    'is needed, and not waited for',
    { engine: ENGINE.replace('After=gate.service guard.service', 'After=gate.service') },
  ],
  ['does not hold for who is there before it', { gate: GATE.replace('--user 7:7', '--user 9:9') }],
  ['is run on a condition', { guard: GUARD.replace('[Unit]', '[Unit]\nConditionPathExists=/x') }],
])('a rule does not hold at all times when it %s', (_what, change) => {
  expect(read(change).metadata).toBe('unknown');
});

test('a guard of the unit itself comes before its container', () => {
  const engine = ENGINE.replace('[Service]', '[Service]\nExecStartPre=/bin/bash /guard').replaceAll(
    /.*guard\.service\n/g,
    '',
  );
  const { metadata } = read({
    engine: `[Unit]\nAfter=gate.service\nBindsTo=gate.service\n${engine.slice(engine.indexOf('[Service]'))}`,
  });
  expect(metadata).toEqual({ kind: 'guarded', exceptUsers: [7] });
});

test('a script that only asks the metadata server is no rule about it', () => {
  const files = {
    'a.service': '[Service]\nExecStartPre=/bin/bash /ask\nExecStart=/usr/bin/docker run x',
    '/ask': 'curl http://169.254.169.254/',
  };
  expect(readFiles(files)).toMatchObject({ metadata: 'open', reports: [] });
});
