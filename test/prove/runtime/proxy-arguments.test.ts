import { hostnameOf, withInlineKeys, withPorts } from '../../../lib/prove/runtime/bootstrap-changes';
import { proxyArguments } from '../../../lib/prove/runtime/proxy-arguments';
import { RunValues } from '../../../lib/prove/runtime/run-values';
import type { Text } from '../../../lib/artifact/text';
import { aContainer } from './a-container';

const text = (each: Text): string => new RunValues().text(each);
const same = <Value>(value: Value): Value => value;
const listener = (port: number): object => ({ address: { socket_address: { address: '::', port_value: port } } });
const YAML = 'static_resources:\n  listeners: [] # nothing yet\n';

test('an untouched bootstrap stays letter by letter what the artifact holds', () => {
  const container = aContainer({ command: [['--config-yaml'], [YAML], ['--file-flush-interval-msec'], ['100']] });
  expect(proxyArguments(container, text, same).command).toEqual([
    '--config-yaml',
    YAML,
    '--file-flush-interval-msec',
    '100',
  ]);
});

test('a bootstrap in the entry point, after an equals sign, is found and replaced where it stands', () => {
  const container = aContainer({ entryPoint: [['envoy'], [`--config-yaml=${YAML}`]] });
  const { entryPoint, bootstrap } = proxyArguments(container, text, () => ({ changed: true }));
  expect(entryPoint).toEqual(['envoy', '--config-yaml={"changed":true}']);
  expect(bootstrap).toEqual({ changed: true });
});

test('an access log that would be written out late is not waited for', () => {
  const container = aContainer({ command: [['--config-yaml'], [YAML]] });
  expect(proxyArguments(container, text, same).command.slice(-2)).toEqual(['--file-flush-interval-msec', '50']);
});

test.each([
  ['a file of the image', [['-c'], ['/etc/envoy.yaml']], 'its configuration is a file of the image'],
  ['no map', [['--config-yaml'], ['[1, 2]']], 'it is no JSON or YAML map'],
])('a proxy configured by %s cannot be proven', (_, command, because) => {
  expect(() => proxyArguments(aContainer({ command }), text, same)).toThrow(
    `the configuration of container main cannot be read: ${because}; give Envoy its whole configuration with --config-yaml [ProxyUnreadable]`,
  );
});

test('only a key set that the bootstrap holds itself is replaced', () => {
  const inline = {
    providers: { a: { local_jwks: { inline_string: '{"keys":[]}' } } },
    other: { inline_string: 'kept' },
  };
  expect(withInlineKeys(inline, () => 'new')).toEqual({
    providers: { a: { local_jwks: { inline_string: 'new' } } },
    other: { inline_string: 'kept' },
  });
  const remote = { providers: { a: { remote_jwks: { http_uri: { uri: 'https://a.test' } } } } };
  expect(withInlineKeys(remote, () => 'new')).toBe(remote);
});

test('a second proxy listens elsewhere, and calls where the first one does', () => {
  const clusters = [listener(8080)];
  const bootstrap = {
    admin: listener(9901),
    static_resources: { listeners: [listener(8443), listener(8081)], clusters },
  };
  expect(withPorts(bootstrap, (port) => port + 10_000)).toEqual({
    admin: listener(19_901),
    static_resources: { listeners: [listener(18_443), listener(18_081)], clusters },
  });
});

test.each([
  [['*', 'api.example.com:443', 'b.example.com'], 'api.example.com'],
  [['*.example.com'], undefined],
])('of the domains %j callers use %j', (domains, expected) => {
  expect(hostnameOf({ static_resources: { listeners: [{ route_config: { virtual_hosts: [{ domains }] } }] } })).toBe(
    expected,
  );
});
