import { grantsOf, pathOf } from '../../../lib/prove/credentials/grants';
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
    { kind: 'object', service: 'Cart', handler: 'add', ...shop, byName: true },
    { kind: 'object', service: 'Cart', handler: 'remove', ...shop, byName: true },
    { kind: 'service', service: 'shop.Reports', handler: 'daily', ...shop, byName: true },
    { kind: 'object', service: 'Signup', handler: 'run', ...shop, byName: true },
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
      byName: true,
    },
  ]);
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
