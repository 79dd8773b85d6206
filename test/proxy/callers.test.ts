import type { CallerGrant } from '../../lib/core/caller-grant';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { API_KEYS, apiKey } from './api-keys';
import { call, type Answer, type Call } from './caller';
import { callersByCertificate, type CallersByCertificate, DEPOT, SHOP } from './callers-by-certificate';
import { filter } from './editable-parts';
import { bearer, INLINE_AUTH, ingressPolicy } from './policy';
import { startProxy, type Editable, type RunningProxy } from './proxy';
import { startUpstream, type Upstream } from './upstream';

const GRANTS: readonly CallerGrant[] = [
  { scope: 'greeter:call', handlers: [{ service: 'Greeter', handlers: ['greet', 'greet.v2'] }] },
  {
    scope: 'carts',
    handlers: [
      { object: 'Cart', handlers: ['add', 'get'] },
      { workflow: 'Checkout', handlers: ['run'] },
    ],
  },
  { certificate: SHOP, handlers: [{ object: 'Cart', handlers: ['add'] }] },
  { certificate: SHOP, handlers: [{ service: 'Greeter', handlers: ['greet'] }] },
  { certificate: DEPOT, handlers: [{ service: 'restate', handlers: ['health'] }] },
];

type Who = 'greeter' | 'carts' | 'both' | 'nobody' | 'shop' | 'depot';

/** Who asks for what, and whether it is theirs. */
const CALLS: readonly (readonly [Who, string, 200 | 403])[] = [
  ['greeter', '/Greeter/greet', 200],
  ['greeter', '/Greeter/greet/send', 200],
  ['greeter', '/Greeter/greet/send?delay=1s', 200],
  ['greeter', '/Greeter/greet.v2', 200],
  ['greeter', '/Greeter/greetxv2', 403],
  ['greeter', '/Greeter/greeting', 403],
  ['greeter', '/Greeter/admin', 403],
  ['greeter', '/Greeter/admin/send', 403],
  ['greeter', '/Greeter/key/greet', 403],
  ['greeter', '/Greeter/greet?access_token=x', 403],
  ['greeter', '/greeter/greet', 403],
  ['greeter', '/Greeter2/greet', 403],
  ['greeter', '/Cart/alice/add', 403],
  ['greeter', '/Greeter/greet/../admin', 403],
  ['carts', '/Cart/alice/add', 200],
  ['carts', '/Cart/a%2Fb/get/send', 200],
  ['carts', '/Checkout/1/run', 200],
  ['carts', '/Checkout/1/add', 403],
  ['carts', '/Cart/alice/clear', 403],
  // The key "add" and the handler "send", or a send of the handler "add" with no key: neither was granted.
  ['carts', '/Cart/add/send', 403],
  ['carts', '/Cart/add', 403],
  ['carts', '/Cart/get/add', 200],
  ['carts', '/Cart/alice/x/add', 403],
  ['carts', '/Greeter/greet', 403],
  ['carts', '/Greeter/greet/add', 403],
  ['both', '/Greeter/greet', 200],
  ['both', '/Cart/alice/get', 200],
  ['both', '/Other/greet', 403],
  ['nobody', '/Greeter/greet', 403],
  ['shop', '/Cart/alice/add', 200],
  ['shop', '/Greeter/greet', 200],
  ['shop', '/Cart/alice/get', 403],
  ['depot', '/Cart/alice/add', 403],
  ['depot', '/restate/health', 403],
];

describe('callers', () => {
  let certified: CallersByCertificate;
  let upstream: Upstream;
  let guarded: RunningProxy;

  beforeAll(async () => {
    certified = await callersByCertificate();
    upstream = await startUpstream();
    guarded = await start(GRANTS);
  });
  afterAll(async () => {
    await guarded?.stop();
    await upstream?.close();
    certified?.list.remove();
  });

  function start(callers: readonly CallerGrant[], edit?: (bootstrap: Editable) => void): Promise<RunningProxy> {
    const auth = IngressAuth.anyOf(INLINE_AUTH, API_KEYS, certified.auth);
    const revocationDirectory = certified.list.folder;
    const ingress = ingressPolicy({ auth, callers });
    return startProxy({ ingress, upstreamPort: upstream.port, revocationDirectory }, edit);
  }

  async function attempt(proxy: RunningProxy, what: Call): Promise<Answer & { through: boolean }> {
    const before = upstream.all.length;
    const answer = await call(proxy.port, what);
    return { ...answer, through: upstream.all.length > before };
  }

  /** Whoever has a scope has it in a token and in a key. */
  function shown(who: Who): readonly Pick<Call, 'headers' | 'client'>[] {
    if (who === 'shop' || who === 'depot') return [{ headers: { authorization: undefined }, client: certified[who] }];
    const scope = { greeter: 'greeter:call x', carts: 'carts', both: 'carts greeter:call', nobody: 'greeter:callx' }[
      who
    ];
    return [
      { headers: bearer({ scope }) },
      { headers: apiKey({ scope }) },
      { headers: bearer({ scope: scope.split(' ') }) },
    ];
  }

  test.each(CALLS)('%s asks for %s: %d', async (who, path, status) => {
    for (const credential of shown(who)) {
      expect(await attempt(guarded, { ...credential, path })).toMatchObject({ status, through: status === 200 });
    }
  });

  test.each([
    ['GET', { method: 'GET' }],
    ['a foreign origin', { headers: { ...bearer({ scope: 'greeter:call' }), origin: 'https://evil.example.com' } }],
    ['no scope', { headers: bearer() }],
    ['a scope that is no text', { headers: bearer({ scope: { 'greeter:call': true } }) }],
  ])('are refused with %s', async (_, what) => {
    expect(await attempt(guarded, { headers: bearer({ scope: 'greeter:call' }), ...what })).toMatchObject({
      status: 403,
      through: false,
    });
  });

  test('are nobody when the list is empty', async () => {
    const closed = await start([]);
    const answers = await Promise.all(
      [...shown('both'), ...shown('shop')].map((credential) => attempt(closed, credential)),
    );
    await closed.stop();

    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  test.each<readonly [string, Who, string, (policy: Editable) => void]>([
    ['the scope', 'nobody', '/Greeter/greet', (policy) => (policy.principals = [{ any: true }])],
    ['the path', 'greeter', '/Greeter/admin', (policy) => policy.permissions[0].and_rules.rules.splice(1, 1)],
  ])('are held back by %s', async (_, who, path, without) => {
    const open = await start(GRANTS, (bootstrap) => without(filter(bootstrap, 'rbac').rules.policies['caller-0']));
    const [credential] = shown(who);
    try {
      expect(await attempt(guarded, { ...credential, path })).toMatchObject({ status: 403, through: false });
      expect(await attempt(open, { ...credential, path })).toMatchObject({ status: 200, through: true });
    } finally {
      await open.stop();
    }
  });
});
