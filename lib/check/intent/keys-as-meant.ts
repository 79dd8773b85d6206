import type { IntendedAuth } from '../../artifact/intent';
import type { CheckedClaim } from '../checked-claim';
import { admittedBy } from '../proxy/admission/admission';
import { parseKeySet } from '../proxy/claims/key-set';
import { providerName } from '../proxy/claims/token-claim';
import { type TokenProvider, tokenProviders } from '../proxy/claims/token-providers';
import { broken, type Judgement, unproven } from '../proxy/judgement';
import { waysTo } from '../proxy/ways';
import { compared, listed, proxyIntentClaim } from './intent-claim';
import { judgeEach } from './tokens-as-meant';

/** Whether signatures are verified with the keys that were given, and no other. */
export const KEYS_AS_MEANT: readonly CheckedClaim[] = ['token-signature-verified', 'jwks-over-verified-tls'].map((id) =>
  proxyIntentClaim(id, (intent, proxy) =>
    judgeEach(tokenProviders(proxy), intent, 'the keys are those of the issuer', ({ provider, meant }) =>
      meant?.method === 'jwt' ? [...judgePlace(provider, meant), ...judgeKeys(provider, meant)] : [],
    ),
  ),
);

/** Whether the keys that sign API keys are those of the registry. */
export const API_KEYS_AS_MEANT: CheckedClaim = proxyIntentClaim('api-key-not-stored', (intent, proxy) => {
  const isMeant = [intent.ingress, ...(intent.admin ? [intent.admin] : [])].some(({ auth }) =>
    auth.some(({ method }) => method === 'apiKeys'),
  );
  return isMeant
    ? judgeEach(tokenProviders(proxy), intent, 'API keys are signed by the keys of the registry', (each) =>
        each.meant?.method === 'apiKeys' ? judgeKeys(each.provider, each.meant) : [],
      )
    : [];
});

/** Whether every API key is refused that was to be. */
export const REVOKED_AS_MEANT: CheckedClaim = proxyIntentClaim('key-withdrawal-honoured', (intent, proxy) =>
  (['ingress', 'admin'] as const).flatMap((to) => {
    const revoked = intent[to]?.auth.flatMap((auth) => auth.revoked ?? []) ?? [];
    if (revoked.length === 0) return [];
    const providers = tokenProviders(proxy).flatMap(({ name, settings }) =>
      settings.text('issuer')?.startsWith('urn:portcullis:') === true ? [name] : [],
    );
    const missing = waysTo(proxy, to).flatMap(({ chain, way, name }) =>
      admittedBy(chain, way)
        .filter(({ state: { token } }) => token.kind === 'verified' && providers.includes(token.provider))
        .flatMap(({ refusals }) => {
          const refused = new Set(refusals.flatMap((each) => each.split(' ')));
          const open = revoked.filter((id) => !refused.has(id));
          return open.length > 0 ? [broken(`${name} takes the API keys ${open.join(', ')}, which were revoked`)] : [];
        }),
    );
    return compared(missing, `${revoked.length} revoked API keys are refused`);
  }),
);

function judgePlace(provider: TokenProvider, { jwksUri }: IntendedAuth): readonly Judgement[] {
  const uri = provider.settings.below('remote_jwks', 'http_uri')?.text('uri');
  if (uri === jwksUri) return [];
  const asked = jwksUri === undefined ? 'stated keys were' : `${jwksUri} was`;
  return [broken(`${providerName(provider)} has its keys from ${uri ?? 'the file'}, where ${asked} asked for`)];
}

function judgeKeys(provider: TokenProvider, { keys }: IntendedAuth): readonly Judgement[] {
  const source = provider.settings.message('local_jwks');
  if (source === undefined || keys === undefined) return [];
  const rendered = parseKeySet(source);
  if (rendered === undefined) return [unproven(`${providerName(provider)}: its keys cannot be compared`)];
  const known = new Set(keys.map(spelled));
  const more = rendered.filter((key) => !known.has(spelled(key))).map(nameOf);
  return more.length > 0
    ? [
        broken(
          `${providerName(provider)} takes the keys ${more.join(', ')}, where ${listed(keys.map(nameOf))} was given`,
        ),
      ]
    : [];
}

/** The same for the same key, in whatever order its members stand. */
function spelled(key: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(key).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function nameOf({ kid }: Readonly<Record<string, unknown>>): string {
  return typeof kid === 'string' ? kid : '(without kid)';
}
