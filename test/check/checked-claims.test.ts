import { CHECKED_CLAIMS } from '../../lib/check/checked-claims';
import { CLAIMS } from '../../lib/claims/claims';

/** Every claim that the files alone can show: those that the facts mark so, and others that turned out to be decidable, too. */
const DECIDABLE: readonly string[] = [
  'ingress-authenticated',
  'ingress-no-bypass',
  'token-audience-bound',
  'token-issuer-bound',
  'token-expiry-required',
  'jwks-over-verified-tls',
  'api-key-not-stored',
  'client-certificate-required',
  'scope-per-handler',
  'results-closed',
  'headers-allow-listed',
  'query-allow-listed',
  'cors-owned',
  'body-bounded',
  'rules-exact',
  'rate-bounded',
  'proxy-has-no-admin',
  'admin-closed',
  'admin-authenticated',
  'admin-ui-closed',
  'fabric-cluster-only',
  'fabric-mutual-tls',
  'metrics-closed',
  'bind-narrow',
  'egress-closed',
  'metadata-unreachable',
  'internal-endpoints-unreachable',
  'registration-by-deployers-only',
  'services-egress-bounded',
  'requests-signed',
  'service-verifies-identity',
  'identity-key-by-reference',
  'lambda-role-narrow',
  'cloud-run-private',
  'cloud-run-http2',
  'cloud-run-invoker-exact',
  'cloud-run-token-audience',
  'credential-source-fits',
  'authentication-change-forced',
  'federation-keyless',
  'tls-outside',
  'upstream-verified',
  'disks-encrypted-own-key',
  'secrets-by-reference',
  'secret-readers-exact',
  'storage-retained',
  'buckets-private',
  'images-by-digest',
  'unprivileged',
  'instance-metadata-v2',
  'no-public-address',
  'iam-no-wildcards',
  'version-supported',
  'node-replaced-with-its-disk',
  'alarms-present',
  'audit-trail-present',
  // beyond those
  'token-signature-verified',
  'token-header-only',
  'trailers-dropped',
  'forwarded-identity-not-trusted',
  'path-canonical',
  'slow-client-bounded',
  'logs-hold-no-credential',
  'health-names-nothing',
  'config-honoured',
  'deploy-drains',
  'snapshot-restores',
  'balancers-protected',
];

/** What is still to be decided, until somebody does. */
const NOT_YET_DECIDED: readonly string[] = [];

// several may each decide a part of one
const decided = [...new Set(CHECKED_CLAIMS.map(({ id }) => id))];

test('at least sixty claims can be decided from the files, each of them in the table', () => {
  const known = CLAIMS.map(({ id }) => id);
  expect(new Set(DECIDABLE).size).toBe(DECIDABLE.length);
  expect(DECIDABLE.length).toBeGreaterThanOrEqual(60);
  expect(DECIDABLE.filter((id) => !known.includes(id))).toEqual([]);
});

test('each of them is decided, or named here as still to do', () => {
  expect([...NOT_YET_DECIDED].sort()).toEqual(DECIDABLE.filter((id) => !decided.includes(id)).sort());
});

test('the table says how a claim is decided exactly where it is', () => {
  const said = CLAIMS.filter((claim) => claim.decided !== undefined).map(({ id }) => id);
  expect([...said].sort()).toEqual([...decided].sort());
});
