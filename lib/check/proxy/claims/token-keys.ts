import type { CheckedClaim } from '../../checked-claim';
import { admittedBy } from '../admission/admission';
import { isAnonymous } from '../admission/credential-state';
import { describeRequest } from '../describe-request';
import type { Message } from '../fields/message';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import type { Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { waysOf } from '../ways';
import { parseKeySet } from './key-set';
import { providerName, tokenClaim } from './token-claim';
import { type TokenProvider, tokenProviders } from './token-providers';
import { upstreamTlsFault } from './upstream-tls';

const LONGEST_CACHE_SECONDS = 300;

/** Whether each key says how it signs, so that no other way is taken for it. */
export const TOKEN_SIGNATURE_VERIFIED: CheckedClaim = tokenClaim(
  'token-signature-verified',
  (provider, _all, proxy) => {
    const name = providerName(provider);
    const unverified = withBadToken(proxy, provider);
    if (unverified !== undefined) return [broken(`${name}: ${unverified}`)];
    if (provider.settings.has('remote_jwks')) return [holds(`${name} verifies signatures by the keys of its issuer`)];
    const keys = parseKeySet(provider.settings.message('local_jwks'));
    if (keys === undefined) return [unproven(`${name}: its keys stand elsewhere, or cannot be read`)];
    if (keys.length === 0) return [unproven(`${name} has no keys at all`)];
    const faults = keys.flatMap((key) => keyFault(key) ?? []);
    if (faults.length > 0) return faults.map((fault) => broken(`${name}: ${fault}`));
    return [
      holds(
        `${name} verifies signatures by ${keys.map((key) => `${String(key['kid'])} (${String(key['alg'])})`).join(', ')}`,
      ),
    ];
  },
);

/** A request whose token nobody vouches for, and that passes by nothing else. */
function withBadToken(proxy: Proxy, { door }: TokenProvider): string | undefined {
  const [passing] = proxy.listeners
    .filter(({ name }) => name === door)
    .flatMap(waysOf)
    .filter(({ way }) => way.action !== undefined)
    .flatMap(({ chain, way }) => admittedBy(chain, way))
    .filter(({ state, unknown }) => state.token.kind === 'bad' && isAnonymous(state) && unknown.length === 0);
  return passing === undefined ? undefined : (describeRequest(passing) ?? 'a token that nobody vouches for passes');
}

const ALGORITHMS = /^(?:RS|PS|ES)(?:256|384|512)$|^EdDSA$/;

function keyFault(key: Readonly<Record<string, unknown>>): string | undefined {
  const { kid, kty, alg, n } = key;
  const name = `key ${typeof kid === 'string' ? kid : '(without a name)'}`;
  if (kty === 'oct') return `${name} is a shared secret: whoever verifies can sign`;
  if (typeof alg !== 'string' || !ALGORITHMS.test(alg)) return `${name} does not say by which algorithm it signs`;
  if (kty === 'RSA' && (typeof n !== 'string' || n.length < 342)) return `${name} has less than 2048 bits`;
  return undefined;
}

/** Whether fetched keys come from the server that is meant. */
export const JWKS_OVER_VERIFIED_TLS: CheckedClaim = tokenClaim('jwks-over-verified-tls', (provider, _all, proxy) => {
  const name = providerName(provider);
  const remote = provider.settings.message('remote_jwks');
  if (remote === undefined) return [notApplicable(`${name}: its keys are not fetched`)];
  const uri = remote.below('http_uri')?.text('uri') ?? '';
  const cluster = proxy.clusters.get(remote.below('http_uri')?.text('cluster') ?? '');
  const [, host] = /^https:\/\/([^/:?#]+)(?::\d+)?(?:\/|$)/.exec(uri) ?? [];
  if (host === undefined) return [broken(`${name} fetches its keys from ${uri}, not over https`)];
  if (cluster === undefined) return [unproven(`${name} fetches its keys from a cluster that is not here`)];
  const fault = upstreamTlsFault(cluster, host);
  return [
    fault === undefined
      ? holds(`${name} fetches its keys from ${uri}, whose certificate and name are verified`)
      : { ...fault, evidence: `${name}: ${fault.evidence}` },
  ];
});

/** Whether a withdrawn key stops opening the door soon. */
export const KEY_WITHDRAWAL_HONOURED: CheckedClaim = tokenClaim('key-withdrawal-honoured', (provider) => {
  const { settings } = provider;
  const name = providerName(provider);
  if (settings.has('jwt_cache_config'))
    return [broken(`${name} remembers verdicts, those about tokens of withdrawn keys, too`)];
  const remote = settings.message('remote_jwks');
  if (remote === undefined) return [holds(`${name}: a stated key is withdrawn with the next deployment`)];
  // Ten minutes where nothing is said: RemoteJwks in Envoy's jwt_authn/v3/config.proto.
  const seconds = remote.number('cache_duration') ?? 600;
  return [
    seconds > 0 && seconds <= LONGEST_CACHE_SECONDS
      ? holds(`${name} fetches its keys anew every ${seconds} s`)
      : broken(`${name} keeps fetched keys for ${seconds} s`),
  ];
});

/** Whether the configuration holds nothing that one could call with, and whether a long-lived key can be withdrawn. */
export const API_KEY_NOT_STORED: CheckedClaim = proxyClaim({
  id: 'api-key-not-stored',
  judge: (proxy) => {
    const held = proxy.doubts.filter(({ reason }) => /\.(?:api_key_auth|basic_auth)\./.test(reason));
    const providers = tokenProviders(proxy).filter(({ settings }) => settings.has('local_jwks'));
    if (held.length === 0 && providers.length === 0) return [notApplicable('no API keys are accepted')];
    return [
      ...held.map(({ path }) => broken(`${path} holds the keys that callers show`)),
      ...providers.flatMap((provider): readonly Judgement[] => {
        const name = providerName(provider);
        const keys = parseKeySet(provider.settings.message('local_jwks'));
        if (keys === undefined) return [unproven(`${name}: its keys stand elsewhere, or cannot be read`)];
        const secret = keys.filter((key) => key['kty'] === 'oct' || PRIVATE.some((part) => part in key));
        if (secret.length > 0) return [broken(`${name} holds private keys: whoever reads the configuration can sign`)];
        const unrevocable = withoutId(proxy, provider);
        return [
          unrevocable === undefined ? holds(`${name} holds public keys alone`) : broken(`${name}: ${unrevocable}`),
        ];
      }),
    ];
  },
  withoutProxy: notApplicable('no proxy stands before the server, so no API keys are accepted'),
});

/** Whoever signs tokens that live longer withdraws them one by one, by their ids. */
const LONG_LIFE_SECONDS = 604_800;

/** What of a long-lived key cannot be withdrawn. */
function withoutId(proxy: Proxy, { name, door, settings }: TokenProvider): string | undefined {
  if ((settings.number('max_lifetime') ?? Infinity) <= LONG_LIFE_SECONDS) return undefined;
  const ways = proxy.listeners.filter((listener) => listener.name === door).flatMap(waysOf);
  const deaf = ways.flatMap(({ way }) => way.filters.filter(({ settings: filter }) => refusesNobody(filter, settings)));
  if (deaf.length > 0) return 'a rule that refuses keys looks where no key leaves anything';
  const open = ways
    .filter(({ way }) => way.action !== undefined)
    .flatMap(({ chain, way }) => admittedBy(chain, way))
    .find(
      ({ state, demands }) =>
        state.token.kind === 'verified' &&
        state.token.provider === name &&
        !demands.some((demand) => /^(?:any )?jti\b/.test(demand)),
    );
  return open === undefined
    ? undefined
    : `a key without an id cannot be withdrawn, and ${describeRequest(open) ?? 'it passes'}`;
}

/** A rule about ids of keys whose place in the metadata no provider fills. */
function refusesNobody(filter: Message, settings: Message): boolean {
  const rules = filter.type === 'RBAC' ? filter.message('rules') : undefined;
  if (rules?.text('action') !== 'DENY') return false;
  return rules.entries('policies').some(([, policy]) =>
    policy.messages('principals').some((principal) => {
      const metadata = principal.message('metadata') ?? principal.below('sourced_metadata', 'metadata_matcher');
      const claims = metadata?.messages('path')[0]?.text('key');
      return claims !== undefined && claims !== settings.text('payload_in_metadata');
    }),
  );
}

const PRIVATE: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
