import type { Bootstrap } from '../../lib/artifact/bootstrap';
import { callerPoliciesOf, revokedIdsOf } from '../../lib/artifact/caller-policies';

const RBAC = 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC';

function proxy(...rules: readonly object[]): Bootstrap {
  const filters = rules.map((each) => ({ typed_config: { '@type': RBAC, rules: each } }));
  return {
    static_resources: { listeners: [{ filter_chains: [{ filters: [{ typed_config: { http_filters: filters } }] }] }] },
  };
}

const path = (regex: string) => ({ url_path: { path: { safe_regex: { regex } } } });
const claim = (name: string, value: object) => ({
  sourced_metadata: { metadata_matcher: { path: [{ key: 'jwt' }, { key: name }], value } },
});
const scope = (exact: string) => claim('scope', { list_match: { one_of: { string_match: { exact } } } });
const certificate = (exact: string) => ({ authenticated: { principal_name: { exact } } });

test('a policy is read with its paths, scopes and names, and without what it excludes', () => {
  const permissions = [{ and_rules: { rules: [path('/Cart/k/add'), { not_rule: path('/restate') }] } }];
  const principals = [
    { or_ids: { ids: [scope('cart:write'), scope('cart:all')] } },
    { and_ids: { ids: [certificate('shop.example.com'), { not_id: certificate('other.example.com') }] } },
  ];
  expect(callerPoliciesOf(proxy({ action: 'ALLOW', policies: { cart: { permissions, principals } } }))).toMatchObject([
    {
      paths: ['/Cart/k/add'],
      scopes: ['cart:write', 'cart:all'],
      certificates: ['shop.example.com'],
      everybody: false,
    },
  ]);
});

test.each<[string, readonly object[]]>([
  ['anybody', [{ any: true }]],
  ['holders of any verified token', [certificate('a.example.com'), claim('iss', { string_match: { exact: 'x' } })]],
])('a policy for %s is open to everybody who is verified', (_who, principals) => {
  const [policy] = callerPoliciesOf(proxy({ policies: { all: { permissions: [], principals } } }));
  expect(policy?.everybody).toBe(true);
});

test('a policy that denies lets nothing through, and says which ids are refused', () => {
  const deny = { principals: [{ or_ids: { ids: [claim('jti', { string_match: { exact: 'leaked' } })] } }] };
  const bootstrap = proxy({ action: 'DENY', policies: { revoked: deny } });
  expect(callerPoliciesOf(bootstrap)).toEqual([]);
  expect(revokedIdsOf(bootstrap)).toEqual(['leaked']);
});

test('knows each id of several that are looked for at once', () => {
  const value_matchers = ['lost', 'leaked'].map((exact) => ({ string_match: { exact } }));
  const deny = { principals: [claim('jti', { or_match: { value_matchers } })] };

  expect(revokedIdsOf(proxy({ action: 'DENY', policies: { revoked: deny } }))).toEqual(['lost', 'leaked']);
});

test('ids that an allowing policy excludes are refused, too', () => {
  const principals = [{ not_id: claim('jti', { string_match: { exact: 'leaked' } }) }];
  expect(revokedIdsOf(proxy({ policies: { all: { principals } } }))).toEqual(['leaked']);
});

test.each([{}, { static_resources: null }, { static_resources: { listeners: [{}] } }])('%j grants nothing', (given) => {
  expect([callerPoliciesOf(given as Bootstrap), revokedIdsOf(given as Bootstrap)]).toEqual([[], []]);
});
