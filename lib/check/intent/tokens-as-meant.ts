import type { Intent, IntendedAuth } from '../../artifact/intent';
import { API_KEY_ISSUER } from '../../core/api-keys-auth';
import type { CheckedClaim } from '../checked-claim';
import { providerName } from '../proxy/claims/token-claim';
import { type TokenProvider, tokenProviders } from '../proxy/claims/token-providers';
import { broken, type Judgement } from '../proxy/judgement';
import { compared, doorOf, listed, proxyIntentClaim } from './intent-claim';

/** A provider of tokens, and what was asked for of it; `undefined` where nothing was. */
interface MeantProvider {
  readonly provider: TokenProvider;
  readonly meant: IntendedAuth | undefined;
  /** Audiences that were asked for. */
  readonly audiences: readonly string[];
}

/** Whether tokens of those issuers are taken that were named, and of no other. */
export const ISSUERS_AS_MEANT: CheckedClaim = proxyIntentClaim('token-issuer-bound', (intent, proxy) =>
  judgeEach(tokenProviders(proxy), intent, 'tokens of the named issuers are taken', ({ provider, meant }) => {
    if (meant !== undefined) return [];
    const issuer = provider.settings.text('issuer') ?? 'any issuer';
    const issuers = (doorOf(intent, provider.kind)?.auth ?? []).map(issuerOf);
    return [broken(`${providerName(provider)} takes tokens of ${issuer}, where ${listed(issuers)} was asked for`)];
  }),
);

/** Whether tokens for those audiences are taken that were named, and for no other. */
export const AUDIENCES_AS_MEANT: CheckedClaim = proxyIntentClaim('token-audience-bound', judgeAudiences);

/** The same at the door of operators, which is another claim, too. */
export const ADMIN_AUDIENCES_AS_MEANT: CheckedClaim = proxyIntentClaim('admin-authenticated', (intent, proxy) =>
  judgeAudiences(intent, { ...proxy, listeners: proxy.listeners.filter(({ kind }) => kind === 'operators') }),
);

function judgeAudiences(intent: Intent, proxy: Parameters<typeof tokenProviders>[0]): readonly Judgement[] {
  return judgeEach(tokenProviders(proxy), intent, 'tokens for the named audiences are taken', (each) => {
    const { provider, meant, audiences } = each;
    const rendered = [...provider.settings.texts('audiences'), ...provider.otherAudiences.flat()];
    const more = meant === undefined ? [] : rendered.filter((audience) => !audiences.includes(audience));
    const name = providerName(provider);
    return more.length > 0
      ? [broken(`${name} takes tokens for ${more.join(', ')}, where ${listed(audiences)} was asked for`)]
      : [];
  });
}

/** Whether tokens live no longer than was asked for. */
export const LIFETIMES_AS_MEANT: CheckedClaim = proxyIntentClaim('token-expiry-required', (intent, proxy) =>
  judgeEach(tokenProviders(proxy), intent, 'tokens live no longer', ({ provider, meant }) => {
    const { maxLifetimeSeconds, clockSkewSeconds } = meant ?? {};
    const rendered = [
      ['max_lifetime', maxLifetimeSeconds, provider.settings.number('max_lifetime') ?? Number.POSITIVE_INFINITY],
      ['clock_skew_seconds', clockSkewSeconds, provider.settings.number('clock_skew_seconds') ?? 60],
    ] as const;
    return rendered.flatMap(([field, asked, given]) =>
      asked !== undefined && given > asked
        ? [broken(`${providerName(provider)}: ${field} is ${given} s, where ${asked} s was asked for`)]
        : [],
    );
  }),
);

/** Judges every provider of the doors for which something was asked. */
export function judgeEach(
  providers: readonly TokenProvider[],
  intent: Intent,
  what: string,
  judge: (provider: MeantProvider) => readonly Judgement[],
): readonly Judgement[] {
  if (providers.length === 0) return [];
  return compared(
    providers.flatMap((provider) => judge(meantOf(intent, provider))),
    what,
  );
}

function meantOf(intent: Intent, provider: TokenProvider): MeantProvider {
  const door = doorOf(intent, provider.kind);
  const issuer = provider.settings.text('issuer');
  const meant = door?.auth.find((auth) => auth.method !== 'mutualTls' && issuerOf(auth) === issuer);
  return { provider, meant, audiences: meant?.audiences ?? door?.hostnames ?? [] };
}

/** API keys are tokens of an issuer of their own, for the host names of their door. */
function issuerOf({ method, issuer }: IntendedAuth): string {
  if (method === 'apiKeys') return API_KEY_ISSUER;
  return issuer ?? 'holders of certificates';
}
