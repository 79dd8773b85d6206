import type { Deployment, Issuer } from '../../deployment';
import type { Calls } from '../caller-attack';

/** The calls for each issuer whose tokens, or keys, the proxy takes: what is refused of one says nothing about another. */
export function eachIssuer({ credentials }: Deployment, calls: (issuer: Issuer) => Calls): Calls {
  const { issuers } = credentials;
  const named = issuers.flatMap((issuer) =>
    Object.entries(calls(issuer)).map(
      ([name, call]) => [issuers.length > 1 ? `${issuer.name}: ${name}` : name, call] as const,
    ),
  );
  return Object.fromEntries(named);
}

/** Why attacks with tokens do not apply, else `undefined`. */
export function takesNoTokens({ credentials }: Deployment): string | undefined {
  return credentials.issuers.length > 0
    ? undefined
    : 'callers show client certificates: the proxy takes no token, good or bad';
}
