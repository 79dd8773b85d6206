import type { Container } from '../../../lib/artifact/artifact';
import { boundListeners } from '../../../lib/check/server/bound-listeners';
import { renderEntryScript } from '../../../lib/restate/entry-script';
import { bareContainer, serverContainer } from './container';

const direct = (variables: Readonly<Record<string, string>>, command: readonly string[] = []): Container =>
  bareContainer(variables, { entryPoint: [['restate-server']], command: command.map((word) => [word]) });

/** `ingress [::]:8080 admin unix` and the like, as short as can be. */
function spell(container: Container): string {
  const { listeners } = boundListeners(container);
  return listeners
    .map(({ listener, tcp, unixSocket }) => {
      const at = tcp === undefined ? '' : tcp === 'unknown' ? ' ?' : ` ${tcp.address}|${tcp.port}`;
      return `${listener}${at}${unixSocket === undefined ? '' : ` ${unixSocket}`}`;
    })
    .join(', ');
}

const SOCKETS = { RESTATE_BASE_DIR: '/d', RESTATE_NODE_NAME: 'n' };

test('what constructs render listens on loopback, and its admin on a socket alone', () => {
  expect(boundListeners(serverContainer())).toEqual({
    listeners: [
      {
        listener: 'ingress',
        tcp: { address: '127.0.0.1', port: 8080 },
        said: 'variable RESTATE_INGRESS__LISTEN_MODE, variable RESTATE_INGRESS__BIND_ADDRESS',
      },
      {
        listener: 'admin',
        unixSocket: '/var/lib/restate/n1/admin.sock',
        said: 'variable RESTATE_ADMIN__LISTEN_MODE',
      },
      {
        listener: 'fabric',
        tcp: { address: '127.0.0.1', port: 5122 },
        said: 'variable RESTATE_LISTEN_MODE, variable RESTATE_BIND_ADDRESS',
      },
    ],
  });
});

test('a server that is told nothing listens on every interface of both families', () => {
  expect(boundListeners(direct({})).listeners).toEqual(
    (
      [
        ['ingress', 8080],
        ['admin', 9070],
        ['fabric', 5122],
      ] as const
    ).map(([listener, port]) => ({
      listener,
      tcp: { address: '::', port },
      unixSocket: 'unknown',
      said: "the server's default",
    })),
  );
});

// Each row was seen on restate-server 1.7.12.
test.each([
  [{ RESTATE_BIND_ADDRESS: '127.0.0.1:5122' }, [], 'ingress ::|8080, admin ::|9070, fabric 127.0.0.1|5122'],
  [{ RESTATE_BIND_IP: '127.0.0.1' }, [], 'ingress 127.0.0.1|8080, admin 127.0.0.1|9070, fabric 127.0.0.1|5122'],
  [{ restate_bind_ip: '127.0.0.1' }, [], 'ingress 127.0.0.1|8080, admin 127.0.0.1|9070, fabric 127.0.0.1|5122'],
  [
    { RESTATE_ADMIN__BIND_IP: '127.0.0.1', RESTATE_ADMIN__BIND_ADDRESS: '0.0.0.0:9070' },
    [],
    'ingress ::|8080, admin 0.0.0.0|9070, fabric ::|5122',
  ],
  [
    { RESTATE_ADMIN__BIND_PORT: '7777', RESTATE_BIND_PORT: '6666' },
    [],
    'ingress ::|8080, admin ::|7777, fabric ::|6666',
  ],
  [{ RESTATE_ADMIN__BIND_ADDRESS: '[::1]:9070' }, [], 'ingress ::|8080, admin ::1|9070, fabric ::|5122'],
  [{ RESTATE_ROLES: '[worker,metadata-server,log-server]' }, [], 'fabric ::|5122'],
  [
    { RESTATE_BIND_IP: '127.0.0.1' },
    ['--bind-ip', '10.0.0.1'],
    'ingress 10.0.0.1|8080, admin 10.0.0.1|9070, fabric 10.0.0.1|5122',
  ],
  [{ RESTATE_USE_RANDOM_PORTS: 'true' }, [], 'ingress ?, admin ?, fabric ?'],
  [{ RESTATE_ADMIN__BIND_ADDRESS: 'localhost:9070' }, [], 'ingress ::|8080, admin ?, fabric ::|5122'],
])('%j %j listens at %s', (variables, command, expected) => {
  expect(spell(direct({ RESTATE_LISTEN_MODE: 'tcp', ...(variables as Record<string, string>) }, command))).toBe(
    expected,
  );
});

test.each([
  [{ RESTATE_LISTEN_MODE: 'unix' }, 'ingress /d/n/ingress.sock, admin /d/n/admin.sock, fabric /d/n/fabric.sock'],
  [
    { RESTATE_LISTEN_MODE: 'tcp', RESTATE_ADMIN__LISTEN_MODE: 'unix' },
    'ingress ::|8080, admin /d/n/admin.sock, fabric ::|5122',
  ],
  [
    { RESTATE_LISTEN_MODE: 'unix', RESTATE_ADMIN__LISTEN_MODE: 'both' },
    'ingress /d/n/ingress.sock, admin ? /d/n/admin.sock, fabric /d/n/fabric.sock',
  ],
])('%j makes sockets: %s', (variables, expected) => {
  expect(spell(direct({ ...SOCKETS, ...(variables as Record<string, string>) }))).toBe(expected);
});

test.each([
  ['a file of configuration', direct({ RESTATE_CONFIG: '/etc/restate.toml' }), /file of configuration/],
  ['the same as an option', direct({}, ['--config-file', '/etc/restate.toml']), /not followed/],
  ['a section as a whole', direct({ RESTATE_ADMIN: '{bind-ip="127.0.0.1"}' }), /whole section/],
  ['an option of another version', direct({}, ['--open']), /"--open", which is not followed/],
  ['a script of somebody', bareContainer(), /starts by a script/],
  ['a program of somebody', bareContainer({}, { entryPoint: [['/start']] }), /"\/start", which is not the server/],
  ['the same key twice', direct({ RESTATE_BIND_IP: '127.0.0.1', restate_bind_ip: '::' }), /says again/],
  [
    'a known script with one line more',
    serverContainer({}, { command: [[`${renderEntryScript()}\n`]] }),
    /starts by a script/,
  ],
])('nothing is sure of a server with %s', (_what, container, expected) => {
  expect(boundListeners(container).doubt).toMatch(expected);
});

test('a reference for an address may be any address', () => {
  const container = serverContainer({
    RESTATE_ADMIN__LISTEN_MODE: 'tcp',
    RESTATE_ADMIN__BIND_ADDRESS: [{ logicalId: 'P' }],
  });
  expect(boundListeners(container).listeners[1]).toMatchObject({ listener: 'admin', tcp: 'unknown' });
});

test('options behind a known entry script are read', () => {
  const script = `${renderEntryScript()} --bind-address 0.0.0.0:5122`;
  expect(spell(serverContainer({}, { command: [[script]] }))).toContain('fabric 0.0.0.0|5122');
});

test('a script that is made to be compared for ever is told at once', () => {
  const script = `${renderEntryScript()}${' --a'.repeat(50_000)}!`;
  const began = performance.now();
  expect(boundListeners(serverContainer({}, { command: [[script]] })).doubt).toMatch(/starts by a script/);
  expect(performance.now() - began).toBeLessThan(2_000);
});
