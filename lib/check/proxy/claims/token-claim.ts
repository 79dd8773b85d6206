import type { CheckedClaim } from '../../checked-claim';
import { broken, type Judgement, notApplicable } from '../judgement';
import type { Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { type TokenProvider, tokenProviders } from './token-providers';

/** A claim about every provider of tokens that callers or operators may show. */
export function tokenClaim(
  id: string,
  judge: (provider: TokenProvider, all: readonly TokenProvider[], proxy: Proxy) => readonly Judgement[],
): CheckedClaim {
  return proxyClaim({
    id,
    judge: (proxy) => {
      const all = tokenProviders(proxy);
      if (all.length === 0) return [notApplicable('no tokens are taken: the proxy has no filter that verifies any')];
      return all.flatMap((provider) => judge(provider, all, proxy));
    },
    withoutProxy: broken('no proxy stands before the server, which verifies no token'),
  });
}

/** How a provider is called in evidence. */
export function providerName({ door, name }: TokenProvider): string {
  return `listener ${door}, provider ${name}`;
}
