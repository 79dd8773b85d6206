import { grantsOf, pathOf, ungrantedOf } from '../../../lib/prove/credentials/grants';
import { samplesOf } from '../../../lib/prove/credentials/path-samples';
import { grantedPath, INVOCATION_PATH } from '../../../lib/proxy/paths';

const everybody = { scopes: [], certificates: [], everybody: true };
const shop = { scopes: [], certificates: ['shop.example.com'], everybody: false };
const writer = { scopes: ['cart:write'], certificates: [], everybody: false };

test('where any handler may be called the run calls its own', () => {
  expect(
    grantsOf([{ name: 'all', paths: [INVOCATION_PATH], ...everybody }]).map((grant) => pathOf(grant, 'k')),
  ).toEqual(['/Counter/k/add', '/Greeter/greet']);
});

test('handlers that are granted by name are found by the expressions that the proxy matches', () => {
  const paths = [
    grantedPath({ object: 'Cart', handlers: ['add', 'remove'] }),
    `${grantedPath({ service: 'shop.Reports', handlers: ['daily'] })}|${grantedPath({ workflow: 'Signup', handlers: ['run'] })}`,
  ];
  expect(grantsOf([{ name: 'shop', paths, ...shop }])).toEqual([
    { kind: 'object', service: 'Cart', handler: 'add', ...shop },
    { kind: 'object', service: 'Cart', handler: 'remove', ...shop },
    { kind: 'service', service: 'shop.Reports', handler: 'daily', ...shop },
    { kind: 'object', service: 'Signup', handler: 'run', ...shop },
  ]);
});

test('several policies for one handler each open it', () => {
  const paths = [grantedPath({ object: 'Cart', handlers: ['add'] })];
  expect(
    grantsOf([
      { name: 'shop', paths, ...shop },
      { name: 'writer', paths, ...writer },
    ]),
  ).toEqual([
    {
      kind: 'object',
      service: 'Cart',
      handler: 'add',
      scopes: ['cart:write'],
      certificates: ['shop.example.com'],
      everybody: false,
    },
  ]);
});

test('a granted name may be one of the run, and takes none of the others away', () => {
  const paths = [
    grantedPath({ service: 'Greeter', handlers: ['greet'] }),
    grantedPath({ object: 'Cart', handlers: ['add'] }),
  ];
  const policies = [{ name: 'writer', paths: [paths.join('|')], ...writer }];
  expect(grantsOf(policies).map((grant) => pathOf(grant, 'k'))).toEqual(['/Greeter/greet', '/Cart/k/add']);
});

test('what nobody is granted is of the same service and of others', () => {
  const paths = [grantedPath({ service: 'Greeter', handlers: ['greet'] })];
  expect(ungrantedOf([{ name: 'writer', paths, ...writer }]).map((handler) => pathOf(handler, 'k'))).toEqual([
    '/Counter/k/add',
    '/Counter/k/get',
    '/Greeter/wait',
    '/Greeter/somethingElse',
    '/SomethingElse/greet',
    '/Greeter/greetx',
    '/Greeterx/greet',
  ]);
});

test('a policy for a whole service leaves nothing of it closed', () => {
  const paths = ['/Greeter/[^/]+(?:/send)?'];
  const closed = ungrantedOf([{ name: 'writer', paths, ...writer }]);
  expect(closed.map(({ service }) => service)).not.toContain('Greeter');
  expect(closed).not.toEqual([]);
});

test.each([
  ['where any handler may be called', [{ name: 'all', paths: [INVOCATION_PATH], ...everybody }]],
  ['where no policy names a path', [{ name: 'all', paths: [], ...everybody }]],
  ['where there is no policy', []],
])('nothing is known to be closed %s', (_where, policies) => {
  expect(ungrantedOf(policies)).toEqual([]);
});

test.each<[string, readonly string[]]>([
  ['/A/(?:b|c)(?:/send)?', ['/A/b', '/A/c']],
  [String.raw`/a\.b/c{2}`, ['/a.b/cc']],
  ['(?i)/restate(?:/.*)?', ['/restate']],
  ['/[^a]+/[0-9]', ['/A/0']],
  ['/x\\x2dy', ['/x-y']],
  ['/(unfinished', []],
  ['/(?=look)ahead', []],
  ['', ['']],
])('the shortest texts of %s', (regex, samples) => {
  expect(samplesOf(regex)).toEqual(samples);
});

test('an expression of many choices is not followed for ever', () => {
  expect(samplesOf('(?:a|b)'.repeat(40)).length).toBeLessThanOrEqual(64);
});
