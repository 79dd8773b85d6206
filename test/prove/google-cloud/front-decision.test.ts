import { type FrontCall, decide, type FrontRules, SERVERLESS } from '../../../lib/prove/google-cloud/front-decision';
import { decodePath } from '../../../lib/prove/google-cloud/front-path';
import { createGoogleKeys, mintIdToken } from '../../../lib/prove/google-cloud/google-tokens';

const KEYS = createGoogleKeys();
const URL = 'https://greeter.a.run.app';
const CALLER = 'restate@p.iam.gserviceaccount.com';

const RULES: FrontRules = {
  services: [
    {
      host: 'greeter.a.run.app',
      audiences: [URL],
      fromOutside: false,
      checksInvoker: true,
      admits: 'named',
      invokers: [CALLER],
      protocol: 'h2c',
    },
  ],
  minters: {},
  impersonators: {},
};

const token = (email = CALLER, audience = URL): string => mintIdToken(KEYS, { email, audience });

function decided(headers: FrontCall['headers'], call: Partial<FrontCall> = {}): ReturnType<typeof decide> {
  return decide({ host: 'greeter.a.run.app', path: '/discover', inside: true, headers, ...call }, RULES, KEYS);
}

test('the token for the front end is checked before Authorization, taken away, and Authorization passed on as it is', () => {
  const headers = { [SERVERLESS]: `Bearer ${token()}`, authorization: 'Bearer of-the-handler', accept: 'x' };
  expect(decided(headers)).toMatchObject({ headers: { authorization: 'Bearer of-the-handler', accept: 'x' } });
  expect(decided(headers)).not.toHaveProperty(['headers', SERVERLESS]);
  expect(decided({ ...headers, [SERVERLESS]: 'Bearer none', authorization: `Bearer ${token()}` })).toEqual({
    status: 401,
    why: 'no token',
  });
});

test('a token that was taken from Authorization opens nothing any more behind the front end', () => {
  const good = token();
  const passed = decided({ authorization: `Bearer ${good}` });
  expect(passed).toMatchObject({ headers: { authorization: expect.stringMatching(/\.SIGNATURE_REMOVED_BY_GOOGLE$/) } });
  expect(JSON.stringify(passed)).not.toContain(good.split('.')[2]);
});

test.each<[name: string, answer: object, headers: FrontCall['headers'], call: Partial<FrontCall>]>([
  ['another host', { status: 404, why: 'host' }, {}, { host: 'other.a.run.app' }],
  ['a caller from outside', { status: 404, why: 'ingress' }, { [SERVERLESS]: `Bearer ${token()}` }, { inside: false }],
  [
    'a path that Google keeps',
    { status: 404, why: 'path' },
    { [SERVERLESS]: `Bearer ${token()}` },
    { path: '/healthz?x' },
  ],
  ['no token', { status: 403, why: 'no token' }, {}, {}],
  ['another account', { status: 403, why: 'invoker' }, { [SERVERLESS]: `Bearer ${token('eve@example.com')}` }, {}],
  ['another audience', { status: 401, why: 'audience' }, { [SERVERLESS]: `Bearer ${token(CALLER, 'https://x')}` }, {}],
])('%s is refused', (_name, answer, headers, call) => {
  expect(decided(headers, call)).toEqual(answer);
});

test.each([
  ['/%47reeter/greet', '/Greeter/greet'],
  ['/a%2Fb', '/a/b'],
  ['/a%252Fb', '/a%252Fb'],
  ['/a%3Fb%23?q=%41', '/a%3Fb%23?q=%41'],
])('%s arrives as %s', (sent, arrives) => {
  expect(decodePath(sent)).toBe(arrives);
});
