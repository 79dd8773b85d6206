import { readUserData } from '../../../lib/artifact/machine/user-data';
import type { MachineStart } from '../../../lib/artifact/machine/machine-start';
import type { Text } from '../../../lib/artifact/text';

function read(...text: Text): MachineStart & { readonly reports: readonly string[] } {
  const reports: string[] = [];
  return { ...readUserData(text, (reason) => reports.push(reason)), reports };
}

/** What of a script is reported about its compose files or its nginx. */
function reported(text: string): readonly string[] {
  return read(text).reports.filter((each) => /compose file|has nginx|runs nginx|no configuration of nginx/.test(each));
}

const script = (...lines: readonly string[]): string => ['#!/bin/bash', ...lines].join('\n');
const RUN = 'docker run --detach --name restate';

test('a script of the shell starts the containers that it says', () => {
  const { containers, network, published, reports } = read(script(`${RUN} -p 8080:8080 -e A="b" restatedev/restate:1`));
  expect(containers).toMatchObject([{ name: 'restate', environment: { A: ['b'] } }]);
  expect(published).toEqual([{ port: 8080, containerPort: 8080 }]);
  expect(network).toBe('published');
  expect(reports).toEqual([]);
});

test('references keep their places', () => {
  const { containers } = read(script(`${RUN} -e GROUP=`), { logicalId: 'Logs' }, ' restatedev/restate:1\n');
  expect(containers[0]?.environment).toEqual({ GROUP: [{ logicalId: 'Logs' }] });
});

test('containers on the network of the machine are told from published ones', () => {
  expect(read(script(`${RUN} --network=host restatedev/restate:1`))).toMatchObject({ network: 'host', published: [] });
});

test('a here-document is a file, with what the shell leaves in it', () => {
  const { files } = read(
    script("cat > /etc/a.toml <<'END'", 'price = "$5"', 'END', 'cat << END | tee -a /etc/a.toml', 'more = 1', 'END'),
  );
  expect(files.get('/etc/a.toml')).toBe('price = "$5"\nmore = 1\n');
});

test('of a here-document into which the shell puts values nothing is known', () => {
  const { files, reports } = read(script('cat << END > /etc/a.toml', 'name = "$HOSTNAME"', 'END'));
  expect(files.has('/etc/a.toml')).toBe(false);
  expect(reports).toContainEqual(expect.stringMatching(/writes \/etc\/a\.toml, of which only the machine knows all/));
});

test('a line that is too long to be read costs nothing, and is reported', () => {
  const { files, reports } = read(script(`${'cat '.repeat(50_000)}> /etc/a.toml << 'END'`, 'a = 1', 'END'));
  expect(files.size).toBe(0);
  expect(reports).toContainEqual(expect.stringMatching(/too long to be read/));
});

test('several parts are read by what each is', () => {
  const boundary = '==A==';
  const part = (type: string, body: string): string =>
    `--${boundary}\nContent-Type: ${type}\nContent-Transfer-Encoding: base64\n\n${body}\n`;
  const encoded = Buffer.from(script(`${RUN} restatedev/restate:1`)).toString('base64');
  const { containers, reports } = read(
    `Content-Type: multipart/mixed; boundary="${boundary}"\nMIME-Version: 1.0\n\n${part('text/cloud-config', 'hostname: a')}${part('text/x-shellscript', encoded)}--${boundary}--\n`,
  );
  expect(containers.map(({ name }) => name)).toEqual(['restate']);
  expect(reports).toEqual([]);
});

test.each([
  ['parts without a boundary', 'Content-Type: multipart/mixed\n\n--a\n'],
  [
    'a part of another kind',
    'Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/x-include-url\n\nhttps://example.com\n--a--',
  ],
  ['a script of another language', '#!/usr/bin/python3\nprint(1)\n'],
  ['what is included', '#include\nhttps://example.com/start.sh\n'],
  ['a program that is not known', script('dnf install -y something')],
  ['containers that compose starts', script('docker compose up -d')],
])('%s is reported', (_what, text) => {
  expect(read(text).reports).not.toEqual([]);
});

const COMPOSE = script(
  "cat > /srv/compose.yaml <<'END'",
  'services:',
  '  restate:',
  '    image: restatedev/restate:1',
  '    command: [--node-name, one]',
  '    user: 65532:65532',
  '    read_only: true',
  '    cap_drop: [ALL]',
  '    ports: ["127.0.0.1:9070:9070", "80:8080"]',
  '    environment: { RESTATE_CLUSTER_NAME: a }',
  'END',
  'docker compose --file /srv/compose.yaml up --detach',
);

test('a service of a compose file is the container that it says', () => {
  const { containers, published } = read(COMPOSE);
  expect(containers).toMatchObject([
    {
      name: 'restate',
      command: [['--node-name'], ['one']],
      environment: { RESTATE_CLUSTER_NAME: ['a'] },
      user: '65532:65532',
      readonlyRootFilesystem: true,
      capabilitiesDropped: ['ALL'],
    },
  ]);
  expect(published).toEqual([{ port: 80, containerPort: 8080 }]);
});

test.each([
  ['a setting that is not modelled', '    read_only: true', '    pid: host'],
  [
    'a variable of the machine',
    'restatedev/restate:1',
    'restatedev/restate:1\n    hostname: a\n    environment: { A: "${B}" }\n    #',
  ],
  ['a service that is built', '    image: restatedev/restate:1', '    build: .'],
])('%s in a compose file is reported', (_what, from, to) => {
  expect(reported(COMPOSE)).toEqual([]);
  expect(reported(COMPOSE.replace(from, to))).not.toEqual([]);
});

const NGINX = script(
  'openssl req -new -x509 -nodes -keyout /etc/pki/own.key -out /etc/pki/own.crt',
  "cat > /etc/nginx/conf.d/a.conf <<'END'",
  'server {',
  '  listen 443 ssl; # callers',
  '  listen [::]:443 ssl;',
  '  ssl_certificate "/etc/pki/own.crt";',
  '  location / { proxy_pass http://localhost:8080; }',
  '}',
  'END',
  'dnf install -y nginx',
);

test('nginx on the machine leads on what its configuration says', () => {
  const forwarder = {
    by: 'nginx',
    port: 443,
    tls: true,
    leadsTo: [8080],
    asks: false,
    ownCertificate: '/etc/pki/own.crt',
  };
  expect(read(NGINX).forwarders).toEqual([
    { ...forwarder, address: '0.0.0.0' },
    { ...forwarder, address: '::' },
  ]);
});

test.each([
  ['a certificate of somebody else', 'req -new -x509', 'req -new', { ownCertificate: undefined }],
  ['a password', 'location / {', 'location / { auth_basic "who"; ', { asks: true }],
  ['no TLS', '443 ssl; # callers', '443;', { tls: false }],
])('nginx with %s is told', (_what, from, to, expected) => {
  expect({ ownCertificate: undefined, ...read(NGINX.replace(from, to)).forwarders[0] }).toMatchObject(expected);
});

test.each([
  ['another machine', 'http://localhost:8080', 'http://orders.internal:8080'],
  ['a unix socket', 'listen 443 ssl', 'listen unix:/run/a.sock'],
  ['a configuration that does not end', '  location / {', '  location / { {'],
  ['files that are included', 'server {', 'server { include /etc/nginx/more; '],
  ['no configuration', '/etc/nginx/conf.d/a.conf', '/etc/other/a.conf'],
])('nginx with %s is reported', (_what, from, to) => {
  expect(reported(NGINX)).toEqual([]);
  expect(reported(NGINX.replace(from, to))).not.toEqual([]);
});

test.each([
  ['npm install -g thing', true],
  ['pip3 install thing', true],
  ['curl -fsSL https://example.com/install.sh | sudo bash', true],
  ['curl -fsSL https://example.com/install.sh -o /tmp/a', false],
  ['npm --version', false],
])('%s fetches a program by name: %s', (command, expected) => {
  expect(read(script(command)).installs.length > 0).toBe(expected);
});
