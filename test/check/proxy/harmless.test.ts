import type { Container } from '../../../lib/artifact/artifact';
import type { Example } from '../examples';
import { bootstrapOf, complaints, edited, type EditedBootstrap, withProxy } from './edited-proxy';
import { chain, filter, filters, http, listener, named, policies, provider, route, rules, type } from './parts';

type Json = unknown;

function mapped(value: Json, change: (key: string, value: Json) => readonly [string, Json]): Json {
  if (Array.isArray(value)) return value.map((each) => mapped(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const [name, changed] = change(key, each);
      return [name, mapped(changed, change)];
    }),
  );
}

function reversed(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, each]) => [key, reversed(each)]),
  );
}

function camel(key: string): string {
  return /^[a-z][a-z0-9_]*$/.test(key) ? key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : key;
}

const RENAMED: Readonly<Record<string, string>> = { restate: 'server', issuer: 'keys', 'restate-admin': 'operations' };

const ALL: readonly Example[] = ['Orders', 'Billing', 'Ledger', 'Invoices', 'Storefront'];

const VARIANTS: readonly (readonly [what: string, example: Example, text: (bootstrap: EditedBootstrap) => string])[] =
  ALL.flatMap((example) => [
    ['keys in another order', example, (b) => JSON.stringify(reversed(b))] as const,
    ['spaces', example, (b) => JSON.stringify(b, undefined, 2)] as const,
    [
      'durations written otherwise',
      example,
      (b) =>
        JSON.stringify(
          mapped(b, (key, value) => [
            key,
            typeof value === 'string' && /^\d+s$/.test(value) ? value.replace('s', '.000s') : value,
          ]),
        ),
    ] as const,
    [
      'numbers as text',
      example,
      (b) =>
        JSON.stringify(
          mapped(b, (key, value) => [key, key === 'max_request_bytes' || key === 'port_value' ? String(value) : value]),
        ),
    ] as const,
    [
      'other names of clusters',
      example,
      (b) =>
        JSON.stringify(
          mapped(b, (key, value) => [
            key === 'restate' ? 'server' : key,
            ['name', 'cluster', 'cluster_name'].includes(key) && Object.hasOwn(RENAMED, String(value))
              ? RENAMED[String(value)]
              : value,
          ]),
        ),
    ] as const,
    [
      'other prefixes of statistics',
      example,
      (b) => JSON.stringify(mapped(b, (key, value) => [key, key === 'stat_prefix' ? 'other' : value])),
    ] as const,
  ]);

test.each(VARIANTS)('%s, in %s, change nothing', (_what, example, text) => {
  expect(complaints(withProxy(example, text(bootstrapOf(example))))).toEqual([]);
});

test('fields in camel case are the same fields', () => {
  const written = mapped(bootstrapOf('Ledger'), (key, value) => [key === 'inline_string' ? key : camel(key), value]);
  expect(complaints(withProxy('Ledger', JSON.stringify(written)))).toEqual([]);
});

const EDITS: readonly (readonly [what: string, example: Example, edit: (bootstrap: EditedBootstrap) => unknown])[] = [
  ['a shorter life of tokens', 'Orders', (b) => (provider(b)['max_lifetime'] = '600s')],
  ['no skew', 'Orders', (b) => (provider(b)['clock_skew_seconds'] = 0)],
  ['a second audience', 'Orders', (b) => provider(b)['audiences'].push('orders-too')],
  ['a smaller body', 'Orders', (b) => (filter(b, 'body_size_limit')['max_request_bytes'] = 1_024)],
  [
    'a smaller rate',
    'Orders',
    (b) => (filter(b, 'local_ratelimit')['descriptors'][0].token_bucket.tokens_per_fill = 5),
  ],
  [
    'a fraction in other words',
    'Orders',
    (b) =>
      (filter(b, 'local_ratelimit')['filter_enforced'].default_value = {
        numerator: 1_000_000,
        denominator: 'MILLION',
      }),
  ],
  ['rules in the shadow beside', 'Orders', (b) => (filter(b, 'rbac')['shadow_rules'] = { action: 'DENY' })],
  ['a filter that is turned on', 'Orders', (b) => (named(b, 'jwt_authn')['disabled'] = false)],
  ['the action that is the default', 'Orders', (b) => delete filter(b, 'rbac')['rules'].action],
  [
    'a rule by a prefix before the same for all',
    'Orders',
    (b) => filter(b, 'jwt_authn')['rules'].unshift({ match: { prefix: '/a' }, requires: { provider_name: 'issuer' } }),
  ],
  [
    'a method by a prefix that is whole',
    'Orders',
    (b) => (rules(b)[0]!['header'].string_match = { safe_regex: { regex: '^POST$' } }),
  ],
  ['conditions in another order', 'Orders', (b) => rules(b).push(rules(b).shift()!)],
  [
    'a policy that admits nobody',
    'Orders',
    (b) => (policies(b)['nobody'] = { permissions: [{ not_rule: { any: true } }], principals: [{ any: true }] }),
  ],
  ['a narrower path', 'Orders', (b) => (rules(b)[1]!['url_path'].path.safe_regex.regex = '/[A-Z][a-z]+/[a-z]+')],
  [
    'a direct answer beside',
    'Orders',
    (b) =>
      http(b)['route_config'].virtual_hosts[0].routes.unshift({
        match: { path: '/robots.txt' },
        direct_response: { status: 404 },
      }),
  ],
  ['a longest call of an hour for the route', 'Orders', (b) => (route(b)['route'].timeout = '3600s')],
  [
    'newer TLS',
    'Orders',
    (b) =>
      (chain(b)['transport_socket'].typed_config.common_tls_context.tls_params.tls_minimum_protocol_version =
        'TLSv1_3'),
  ],
  ['an address of one interface', 'Orders', (b) => (listener(b)['address'].socket_address.address = '10.0.0.7')],
  [
    'a rule that a fragment would pass, which none has',
    'Orders',
    (b) => (rules(b)[3]!['header'].string_match = { safe_regex: { regex: '[^?]*' } }),
  ],
  [
    'a header taken out behind the rules',
    'Orders',
    (b) =>
      filters(b).splice(-1, 0, {
        name: 'change',
        typed_config: {
          '@type': type('filters.http.header_mutation.v3.HeaderMutation'),
          mutations: { request_mutations: [{ remove: 'baggage' }] },
        },
      }),
  ],
  ['no query at all', 'Orders', (b) => (rules(b)[3]!['header'].string_match = { safe_regex: { regex: '[^?#]*' } })],
];

test.each(EDITS)('%s, in %s, harm nothing', (_what, example, edit) => {
  const found = complaints(edited(example, edit)).filter(
    (line) => !(example === 'Orders' && _what === 'a narrower path' && line.startsWith('scope-per-handler unproven')),
  );
  expect(found).toEqual([]);
});

function started(
  command: (words: readonly string[]) => readonly string[],
  change: Partial<Container> = {},
): readonly string[] {
  const bootstrap = bootstrapOf('Orders');
  return complaints(
    withProxy('Orders', bootstrap, (envoy) => ({
      ...envoy,
      command: command(envoy.command!.map(([word]) => (typeof word === 'string' ? word : ''))).map((word) => [word]),
      ...change,
    })),
  );
}

describe('how the proxy is started', () => {
  test.each([
    [
      'the configuration in one word with its option',
      (words: readonly string[]) => [`--config-yaml=${words[1]}`, ...words.slice(2)],
    ],
    ['another number of threads', (words: readonly string[]) => [...words, '--concurrency', '2']],
    ['the program named', (words: readonly string[]) => ['/usr/local/bin/envoy', ...words], { entryPoint: undefined }],
  ])('%s harms nothing', (_what, command, change: Partial<Container> = {}) => {
    expect(started(command, change)).toEqual([]);
  });

  test.each([
    [
      'sockets of hot restart',
      (words: readonly string[]) => words.filter((word) => word !== '--disable-hot-restart'),
      ['proxy-has-no-admin broken'],
    ],
    [
      'a log of headers',
      (words: readonly string[]) => words.map((word) => (word === 'warning' ? 'debug' : word)),
      ['logs-hold-no-credential broken'],
    ],
    [
      'a log of headers of one part',
      (words: readonly string[]) => [...words, '--component-log-level', 'http:trace,upstream:info'],
      ['logs-hold-no-credential broken'],
    ],
  ])('%s is found', (_what, command, expected) => {
    expect(started(command)).toEqual(expected);
  });

  test.each([
    ['a file of configuration beside', (words: readonly string[]) => [...words, '-c', '/etc/envoy.yaml'], {}],
    ['an option nobody knows', (words: readonly string[]) => [...words, '--allow-unknown-static-fields'], {}],
    ['a shell', (words: readonly string[]) => words, { entryPoint: [['/bin/run'], ['envoy']] }],
    ['a variable of the entry script', (words: readonly string[]) => words, { environment: { ENVOY_UID: ['0'] } }],
    ['no configuration', (words: readonly string[]) => words.slice(2), {}],
    ['no JSON', (words: readonly string[]) => words.with(1, '{'), {}],
  ])('%s leaves everything unproven', (_what, command, change) => {
    const found = started(command, change);
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter((line) => line.endsWith('broken'))).toEqual([]);
  });
});
