import type { Bootstrap } from '../artifact/bootstrap';
import type { Issuer } from './deployment';

const TOKEN_SECONDS = 8 * 3_600;
/** What the proxy may find between its clock and the token's. */
const MARGIN_SECONDS = 60;

/** A token that lives as long as the proxy admits and a working day needs. */
export function keepToken(issuer: Issuer, scopes: readonly string[], bootstrap: Bootstrap): KeepToken {
  const admitted = [...JSON.stringify(bootstrap).matchAll(/"max_lifetime":"(\d+)s"/g)].map(([, text]) => Number(text));
  const lifetimeSeconds = Math.min(
    TOKEN_SECONDS,
    ...admitted.map((seconds) => Math.max(MARGIN_SECONDS, seconds - MARGIN_SECONDS)),
  );
  const exp = Math.floor(Date.now() / 1_000) + lifetimeSeconds;
  const scope = scopes.length === 0 ? {} : { scope: [...new Set(scopes)].join(' ') };
  return { token: issuer.token({ claims: { exp, ...scope } }), tokenExpires: new Date(exp * 1_000).toISOString() };
}

/** A token and when it expires, UTC. */
export interface KeepToken {
  readonly token: string;
  readonly tokenExpires: string;
}
