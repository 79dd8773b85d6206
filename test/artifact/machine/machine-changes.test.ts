import { type ReadMachine, readFiles } from './user-data';

const GUARD = '/etc/orders/guard';
const FILES = { [GUARD]: 'echo guarded\n', 'a.service': `[Service]\nExecStart=/bin/bash ${GUARD}\n` };

function run(...commands: readonly string[]): ReadMachine {
  return readFiles(FILES, [...commands, 'systemctl start a']);
}

test.each([
  ['edits one of its files', `sed -i s/REJECT/ACCEPT/ ${GUARD}`],
  ['copies over one of its files', `cp /var/other ${GUARD}`],
  ['moves over one of its files', `mv /var/other /etc/orders/./guard`],
  ['writes one of its files through a pipe', `echo exit 0 | tee ${GUARD}`],
  ['removes one of its files', `rm ${GUARD}`],
  ['fetches one of its files anew', `curl -o ${GUARD} https://example.com/`],
  ['mounts over the folder of its files', 'mount --bind /var/other /etc/orders'],
  ['links a unit to another one', 'ln -s /etc/systemd/system/b.service /etc/systemd/system/a.service.wants/b.service'],
])('a command is reported that %s', (_what, command) => {
  expect(run(command).reports).toEqual([expect.stringMatching(/^changes with ".*" what its files say$/)]);
});

test.each([
  ['one of its files', `echo exit 0 > ${GUARD}`],
  ['one of its files, behind what is there', `echo exit 0 >>${GUARD}`],
  ['a unit', "printf '[Service]' > /etc/systemd/system/user-other.service"],
  ['a unit, from a text that stands below', 'cat > /etc/systemd/system/user-other.service <<END\n[Service]\nEND'],
])('output is reported that goes to %s', (_what, command) => {
  expect(run(command).reports).toEqual([expect.stringContaining('while it runs')]);
});

test.each([
  'python3 -c "import os"',
  'busybox iptables -F',
  'timeout 5 iptables -F',
  'setsid iptables -F',
  'find / -exec docker run x ;',
  'nc -l -p 9999',
  'sysctl -w net.ipv4.conf.all.route_localnet=1',
  'ip address add 10.0.0.9 dev eth0',
  "trap 'iptables -F' EXIT",
  'docker() { echo 1; }; docker',
])('what is not known to leave the machine as its files say is reported: %s', (command) => {
  expect(run(command).reports).not.toEqual([]);
});

test('a variable by which programs are found is reported', () => {
  expect(run('PATH=/var/other').reports).toEqual([
    'runs a script that sets PATH, by which programs are found or ruled',
  ]);
});

test.each([
  'mkdir -p /mnt/disks/data',
  'mount -o noexec /dev/sdb /mnt/disks/data',
  'echo done >&2',
  'curl -s https://example.com/ >/dev/null',
  'test -e /etc/orders/guard && echo there',
  'install -d -m 0700 /run/orders',
  'work=$(mktemp); trap \'rm -f "$work"\' EXIT; mv "$work" "$file"',
  'fail() { echo "$1" >&2; exit 1; }; fail no',
])('what touches nothing of it is none of that: %s', (command) => {
  expect(run(command).reports).toEqual([]);
});

test.each([
  '/etc/systemd/system/a.service.wants/b.service',
  '/etc/systemd/system-generators/x',
  '/etc/udev/rules.d/x',
  '/etc/sysctl.d/x',
  '/etc/hosts',
  '/root/.bashrc',
])('a file that rules over what the system runs is reported: %s', (path) => {
  expect(readFiles({ ...FILES, [path]: '' }).reports).toEqual([
    `user data writes ${path}, which changes how the machine runs things`,
  ]);
});

test.each(['container cp /x a:/y', 'volume create --opt o=bind --opt device=/ all', 'image build .'])(
  'docker %s is reported',
  (words) => {
    expect(run(`docker ${words}`).reports).toEqual([expect.stringContaining('which is not modelled')]);
  },
);

test('a private key that stands in the user data is reported', () => {
  const key = '-----BEGIN EC PRIVATE KEY-----\nx\n';
  expect(readFiles({ ...FILES, '/var/key.pem': key }).reports).toEqual([
    'user data writes /var/key.pem, which holds a private key',
  ]);
});
