import type { Artifact, Balancer, GroupRule } from '../../lib/artifact/artifact';
import { unattackedDoubt } from '../../lib/prove/unattacked-doubt';
import { artifact, container, host } from './fake-deployment';

const rule = (overrides: Partial<GroupRule>): GroupRule => ({
  direction: 'in',
  protocol: 'tcp',
  fromPort: 8443,
  toPort: 8443,
  peer: { kind: 'group', id: 'BalancerGroup' },
  ...overrides,
});
const cidr = (range: string): GroupRule['peer'] => ({ kind: 'cidr', cidr: range });
const group = (id: string): GroupRule['peer'] => ({ kind: 'group', id });
const every = { protocol: 'all', fromPort: 0, toPort: 65_535 } as const;

const listener = (id: string, port: number, to: number): Balancer['listeners'][number] => ({
  id,
  port,
  protocol: 'TLS',
  targets: [
    { group: `${id}Targets`, protocol: 'TLS', host: 'Task', port: to, healthCheck: { protocol: 'TCP', port: to } },
  ],
});
const balancer = (...listeners: Balancer['listeners']): Balancer => ({
  id: 'Balancer',
  type: 'network',
  scheme: 'internal',
  groups: ['BalancerGroup'],
  listeners,
});

const toServices = rule({ direction: 'out', fromPort: 9080, toPort: 9080, peer: group('Services') });
const secure = (rules: readonly GroupRule[], overrides: Partial<Artifact> = {}): Artifact =>
  artifact({
    balancers: [balancer(listener('Tls', 443, 8443))],
    groups: [
      { id: 'TaskGroup', rules: [rule({}), toServices, ...rules] },
      { id: 'BalancerGroup', rules: [rule({ fromPort: 443, toPort: 443, peer: cidr('10.20.0.0/16') })] },
      { id: 'Services', rules: [rule({ fromPort: 9080, toPort: 9080, peer: group('TaskGroup') })] },
    ],
    ...overrides,
  });
const doubtOf = (claim: string, given: Artifact): string | undefined =>
  unattackedDoubt(claim, { artifact: given, host: given.hosts[0] ?? host() });

const ALL = [
  'ingress-authenticated',
  'ingress-no-bypass',
  'admin-closed',
  'fabric-cluster-only',
  'egress-closed',
  'internal-endpoints-unreachable',
  'tls-outside',
  'query-allow-listed',
];

test('what was attacked everywhere is in no doubt', () => {
  expect(ALL.map((claim) => doubtOf(claim, secure([])))).toEqual(ALL.map(() => undefined));
});

test.each([
  ['a group that nobody of the run is in', rule({ ...every, peer: group('Shop') })],
  ['a part of the network where nobody of the run is', rule({ ...every, peer: cidr('10.20.128.0/17') })],
  ['another private network', rule({ ...every, peer: cidr('192.168.0.0/20') })],
  ['an address of a partner', rule({ ...every, peer: cidr('203.0.113.7/32') })],
])('a rule that lets in %s leaves the doors of the server unproven', (_, given) => {
  const artifactOf = secure([given]);
  for (const claim of ['ingress-no-bypass', 'admin-closed', 'fabric-cluster-only', 'registration-by-deployers-only']) {
    expect(doubtOf(claim, artifactOf)).toMatch(/TaskGroup admits all from .*, from where nobody attacked/);
  }
  expect(doubtOf('egress-closed', artifactOf)).toBeUndefined();
});

test('a rule that lets somebody in to another port than the admin one says nothing against the admin port', () => {
  const given = secure([rule({ peer: group('Shop') })]);
  expect(doubtOf('ingress-no-bypass', given)).toContain('tcp 8443 from group Shop');
  expect(doubtOf('admin-closed', given)).toBeUndefined();
});

test('the ports of the server are those that its environment states, too', () => {
  const moved = container({ environment: { RESTATE_ADMIN__BIND_ADDRESS: ['0.0.0.0:19070'] } });
  const rules = [rule({ fromPort: 19_070, toPort: 19_070, peer: group('Shop') })];
  expect(doubtOf('admin-closed', secure(rules, { hosts: [host({ containers: [moved] })] }))).toContain('19070');
});

test.each([
  ['whom the stranger stands for', cidr('10.20.0.0/16')],
  ['whom internet and stranger stand for', cidr('0.0.0.0/0')],
  ['who is the balancer', group('BalancerGroup')],
  ['whom the service stands for', group('Services')],
])('a rule for somebody %s is left to the attacks', (_, peer) => {
  expect(doubtOf('admin-closed', secure([rule({ ...every, peer })]))).toBeUndefined();
});

test.each([
  ['egress-closed', 'a few ports of everybody', rule({ fromPort: 20, toPort: 25, peer: cidr('0.0.0.0/0') })],
  ['egress-closed', 'UDP', rule({ ...every, protocol: 'udp', peer: cidr('0.0.0.0/0') })],
  ['egress-closed', 'a part of the internet', rule({ ...every, peer: cidr('0.0.0.0/1') })],
  ['internal-endpoints-unreachable', 'a database', rule({ fromPort: 5432, toPort: 5432, peer: cidr('10.20.0.0/16') })],
  ['internal-endpoints-unreachable', 'all of a group', rule({ ...every, peer: group('Shop') })],
])('%s is unproven where a rule lets the task out to %s', (claim, _, given) => {
  expect(doubtOf(claim, secure([{ ...given, direction: 'out' }]))).toMatch(/TaskGroup admits .*, where no attack went/);
});

test.each([
  ['egress-closed', 'every port of everybody', rule({ ...every, peer: cidr('0.0.0.0/0') })],
  ['egress-closed', 'https everywhere', rule({ fromPort: 443, toPort: 443, peer: cidr('0.0.0.0/0') })],
  ['internal-endpoints-unreachable', 'the network', rule({ ...every, peer: cidr('10.20.0.0/16') })],
  ['internal-endpoints-unreachable', 'an endpoint', rule({ fromPort: 443, toPort: 443, peer: group('Endpoints') })],
])('%s is left to the attacks where a rule lets the task out to %s', (claim, _, given) => {
  expect(doubtOf(claim, secure([{ ...given, direction: 'out' }]))).toBeUndefined();
});

test.each([
  ['another port of the task', listener('Open', 8443, 9443)],
  ['the same port, by rules of its own', listener('Old', 444, 8443)],
])('a second listener that leads to %s leaves what callers meet unproven', (_, second) => {
  const given = secure([], { balancers: [balancer(listener('Tls', 443, 8443), second)] });
  for (const claim of ['ingress-authenticated', 'token-audience-bound', 'query-allow-listed', 'tls-outside']) {
    expect(doubtOf(claim, given)).toContain('one way was attacked');
  }
  expect(doubtOf('admin-closed', given)).toBeUndefined();
});

const proxy = (chains: readonly unknown[], address: string = '0.0.0.0'): Artifact => {
  const listeners = [
    { name: 'ingress', address: { socket_address: { address, port_value: 8443 } }, filter_chains: chains },
  ];
  const bootstrap = JSON.stringify({ static_resources: { listeners } });
  const image = { text: ['example.com/envoy:v1.40.0'], tag: 'v1.40.0' };
  const envoy = container({ name: 'envoy', image, command: [['envoy'], ['--config-yaml'], [bootstrap]] });
  return secure([], { hosts: [host({ containers: [container(), envoy] })] });
};
const chain = (...names: readonly string[]): unknown => ({
  filters: [{ typed_config: { route_config: { virtual_hosts: names.map((name) => ({ domains: [name] })) } } }],
});

test.each([
  ['two virtual hosts', [chain('api.example.com', 'internal.example.com')], '0.0.0.0', /virtual host each for api/],
  ['two filter chains', [chain('api.example.com'), chain('api.example.com')], '::', /2 filter chains/],
])('a proxy with %s leaves what callers meet unproven', (_, chains, address, words) => {
  expect(doubtOf('ingress-authenticated', proxy(chains, address))).toMatch(words);
});

test('one name with and without its port, and a listener on loopback, are in no doubt', () => {
  const once = [chain('api.example.com', 'api.example.com:443')];
  expect(doubtOf('ingress-authenticated', proxy(once))).toBeUndefined();
  expect(doubtOf('ingress-authenticated', proxy([chain('a', 'b')], '127.0.0.1'))).toBeUndefined();
});

test('several names of one virtual host are treated alike, and are in no doubt', () => {
  const hosts = { virtual_hosts: [{ domains: ['api.example.com', 'orders.example.com'] }] };
  const alike = [{ filters: [{ typed_config: { route_config: hosts } }] }];
  expect(doubtOf('ingress-authenticated', proxy(alike))).toBeUndefined();
});

test.each([
  ['distroless-v1.31.0', /Envoy is distroless-v1\.31\.0, and Envoy 1\.40/],
  ['v1.4.0', /Envoy is v1\.4\.0/],
  ['distroless-v1.40.2', undefined],
  ['stable', undefined],
])('an image of Envoy tagged %s is not believed to do what another release did', (tag, words) => {
  const envoy = container({ name: 'envoy', image: { text: [`envoyproxy/envoy:${tag}`], tag }, command: [['envoy']] });
  const doubt = doubtOf('ingress-authenticated', secure([], { hosts: [host({ containers: [container(), envoy] })] }));
  if (words === undefined) expect(doubt).toBeUndefined();
  else expect(doubt).toMatch(words);
});

const tokens = (config: object, route: object = {}): Artifact => {
  const name = 'type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication';
  const filter = { typed_config: { '@type': name, providers: { a: {} }, ...config } };
  const hosts = { virtual_hosts: [{ domains: ['a'], routes: [route] }] };
  return proxy([{ filters: [{ typed_config: { http_filters: [filter], route_config: hosts } }] }]);
};
const FETCHED = { remote_jwks: {} };
const everything = { match: { prefix: '/' }, requires: { provider_name: 'a' } };
const perRoute = { typed_per_filter_config: { 'envoy.filters.http.jwt_authn': { disabled: true } } };

test.each([
  ['a path that is exempt', tokens({ rules: [{ match: { prefix: '/Open/' } }, everything] }), /by path/],
  ['a rule for some paths alone', tokens({ rules: [{ ...everything, match: { prefix: '/A/' } }] }), /by path/],
  ['a rule that asks for nothing', tokens({ rules: [{ match: { prefix: '/' } }] }), /by path/],
  ['a route with rules of its own', tokens({ rules: [everything] }, perRoute), /by path/],
  ['a second issuer', tokens({ rules: [everything], providers: { a: FETCHED, b: FETCHED } }), /several issuers/],
])('a proxy with %s leaves what callers meet unproven', (_, given, words) => {
  expect(doubtOf('ingress-authenticated', given)).toMatch(words);
  expect(doubtOf('token-audience-bound', given)).toMatch(words);
});

test('one rule for every path and one issuer, or several whose keys are stated, are in no doubt', () => {
  const stated = { local_jwks: {} };
  const several = tokens({ rules: [everything], providers: { a: FETCHED, b: stated, c: stated } });
  expect(doubtOf('ingress-authenticated', several)).toBeUndefined();
  expect(doubtOf('ingress-authenticated', tokens({ rules: [everything] }))).toBeUndefined();
});

const withVariables = (environment: Readonly<Record<string, string>>): Artifact => {
  const texts = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, [value]]));
  return secure([], { hosts: [host({ containers: [container({ environment: texts })] })] });
};

test.each([
  ['DB_PASSWORD', 'planted-value'],
  ['GITHUB_TOKEN', 'planted-value'],
  ['AWS_SECRET_ACCESS_KEY', 'planted-value'],
  ['SETTINGS', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA'],
])('a value of %s in the file leaves secrets-by-reference unproven, and is not repeated', (name, value) => {
  const doubt = doubtOf('secrets-by-reference', withVariables({ [name]: value }));
  expect(doubt).toContain(`variable ${name} of restate`);
  expect(doubt).not.toContain(value.slice(-12));
});

test.each([
  ['IDENTITY_PRIVATE_KEY_PEM_FILE', '/run/secrets/identity.pem'],
  ['SIGNING_SECRET_ARN', 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:x'],
  ['RESTATE_NODE_NAME', 'n1'],
])('a value of %s in the file is no secret', (name, value) => {
  expect(doubtOf('secrets-by-reference', withVariables({ [name]: value }))).toBeUndefined();
});

const onMachine = (userData: string): Artifact => {
  const machine = {
    id: 'Machine',
    metadataTokensRequired: true,
    metadataHopLimit: 1,
    groups: [],
    publicAddress: false,
  };
  return secure([], { hosts: [host({ machine: { ...machine, userData: [userData] } })] });
};

test('user data that shuts the metadata service on a condition leaves unproven that tasks do not reach it', () => {
  const line = 'echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config';
  const doubt = doubtOf('metadata-unreachable', onMachine(`if a; then\n${line}\nfi`));
  expect(doubt).toContain('Machine sets ECS_AWSVPC_BLOCK_IMDS on a condition');
  expect(doubtOf('metadata-unreachable', onMachine(line))).toBeUndefined();
});

test.each(['processes', 'memory'] as const)(
  'containers that share their %s leave unproven that no other reads the secrets',
  (what) => {
    const given = secure([], { hosts: [host({ shared: [what] })] });
    for (const claim of ['identity-key-by-reference', 'secrets-by-reference']) {
      expect(doubtOf(claim, given)).toContain(`share their ${what}`);
      expect(doubtOf(claim, secure([]))).toBeUndefined();
    }
  },
);

test.each(['host', 'bridge', 'unknown'] as const)(
  'a task in network mode %s shares its address unattacked',
  (network) => {
    const given = secure([], { hosts: [host({ network })] });
    for (const claim of ['admin-closed', 'ingress-no-bypass', 'unprivileged', 'metadata-unreachable']) {
      expect(doubtOf(claim, given)).toContain(`network mode ${network}`);
    }
  },
);
