import { bootstrapSource, parseBootstrap } from '../../lib/artifact/bootstrap';
import { clustersOf, httpFilters, jwtProvidersOf, listenersOf } from '../../lib/artifact/bootstrap-facts';
import type { Container } from '../../lib/artifact/artifact';
import { artifactOf } from './artifact-of';

function container(definition: object): Container {
  const { hosts } = artifactOf({
    T: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Name: 'e', Image: 'envoy', ...definition }] },
    },
  });
  return hosts[0]?.containers[0] as Container;
}

test.each([
  [
    'as an argument of its own',
    { Command: ['--log-level', 'warning', '--config-yaml', '{}'] },
    { list: 'command', index: 3, prefix: '', text: ['{}'] },
  ],
  [
    'in one argument with its option',
    { Command: ['--config-yaml={}'] },
    { list: 'command', index: 0, prefix: '--config-yaml=', text: ['{}'] },
  ],
  [
    'in the entry point',
    { EntryPoint: ['envoy', '--config-yaml', '{}'] },
    { list: 'entryPoint', index: 2, prefix: '', text: ['{}'] },
  ],
  [
    'with a reference inside',
    { Command: ['--config-yaml', { 'Fn::Sub': 'a ${B}' }] },
    { list: 'command', index: 1, text: ['a ', { logicalId: 'B' }] },
  ],
  [
    'with a reference right after its option',
    { Command: [{ 'Fn::Sub': '--config-yaml=${B}' }] },
    { index: 0, prefix: '--config-yaml=', text: ['', { logicalId: 'B' }] },
  ],
])('the bootstrap is found %s', (_where, definition, expected) => {
  expect(bootstrapSource(container(definition))).toMatchObject({ kind: 'argument', ...expected });
});

test.each([
  ['a file', { Command: ['-c', '/etc/envoy.yaml'] }, /a file of the image/],
  ['a file, long form', { Command: ['--config-path=/etc/envoy.yaml'] }, /a file of the image/],
  ['nothing', {}, /no --config-yaml/],
  ['an option without its text', { Command: ['--config-yaml'] }, /no --config-yaml/],
])('a bootstrap is unreadable that is %s', (_what, definition, reason) => {
  expect(bootstrapSource(container(definition))).toEqual({ kind: 'unreadable', reason: expect.stringMatching(reason) });
});

test.each([['{"a": 1}'], ['a: 1']])('JSON and YAML are read: %s', (text) => {
  expect(parseBootstrap(text)).toEqual({ a: 1 });
});

test.each([['{'], ['[1]'], ['just text'], [''], ['a: &a [*a, *a']])('what is no map is no bootstrap: %s', (text) => {
  expect(parseBootstrap(text)).toBeUndefined();
});

const JWT = 'type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication';
const BOOTSTRAP = {
  static_resources: {
    listeners: [
      {
        name: 'ingress',
        address: { socket_address: { address: '0.0.0.0', port_value: 8443 } },
        filter_chains: [
          {
            transport_socket: {},
            filters: [
              {
                typed_config: {
                  http_filters: [
                    {
                      typed_config: {
                        '@type': JWT,
                        providers: {
                          one: {
                            issuer: 'https://i/',
                            audiences: ['a'],
                            remote_jwks: { http_uri: { uri: 'https://i/keys', cluster: 'c' } },
                          },
                          two: { local_jwks: { inline_string: '{"keys":[]}' } },
                          three: {},
                        },
                      },
                    },
                  ],
                },
              },
            ],
          },
        ],
      },
      { name: 'health', address: { socket_address: { address: '::', port_value: 8081 } }, filter_chains: [{}] },
    ],
    clusters: [
      {
        name: 'restate',
        load_assignment: {
          endpoints: [
            {
              lb_endpoints: [{ endpoint: { address: { socket_address: { address: '127.0.0.1', port_value: 8080 } } } }],
            },
          ],
        },
      },
      { name: 'c', transport_socket: {} },
    ],
  },
};

test('listeners are told with their ports and whether they speak TLS', () => {
  expect(listenersOf(BOOTSTRAP)).toEqual([
    { name: 'ingress', address: '0.0.0.0', port: 8443, tls: true },
    { name: 'health', address: '::', port: 8081, tls: false },
  ]);
});

test('clusters are told with their endpoints', () => {
  expect(clustersOf(BOOTSTRAP)).toEqual([
    { name: 'restate', endpoints: [{ address: '127.0.0.1', port: 8080 }], tls: false },
    { name: 'c', endpoints: [], tls: true },
  ]);
});

test('issuers are told with where their keys come from', () => {
  expect(jwtProvidersOf(BOOTSTRAP)).toEqual([
    {
      name: 'one',
      issuer: 'https://i/',
      audiences: ['a'],
      keys: { kind: 'remote', uri: 'https://i/keys', cluster: 'c' },
    },
    { name: 'two', audiences: [], keys: { kind: 'inline', jwks: '{"keys":[]}' } },
    { name: 'three', audiences: [], keys: { kind: 'unknown' } },
  ]);
});

test.each([[{}], [{ static_resources: [] }], [{ static_resources: { listeners: 'x', clusters: [null, 1] } }]])(
  'a bootstrap of another shape holds nothing, without an error: %j',
  (bootstrap) => {
    expect([listenersOf(bootstrap), jwtProvidersOf(bootstrap), httpFilters(bootstrap)]).toEqual([[], [], []]);
    expect(clustersOf(bootstrap).every(({ name }) => name === '')).toBe(true);
  },
);

test('a key that stands twice is no bootstrap, however it is printed', () => {
  expect(parseBootstrap('{"admin":{},"admin":null}')).toBeUndefined();
  expect(parseBootstrap('{"admin": {}, "admin": null}')).toBeUndefined();
});

test('JSON reads the same as a program prints it and as people write it', () => {
  const text = '{"a":[1,-0.5,true,null,"y: \\"x\\" # no"],"__proto__":{"b":"2001-01-01"}}';
  const written = JSON.stringify(JSON.parse(text), undefined, 2);
  expect(written).not.toBe(text);
  expect(JSON.stringify(parseBootstrap(written))).toBe(text);
  expect(JSON.stringify(parseBootstrap(text))).toBe(text);
});
