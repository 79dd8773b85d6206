import type { Attack } from '../../attack';
import type { Deployment, TokenOverrides } from '../../deployment';
import { callerAttack } from '../caller-attack';
import { eachIssuer, takesNoTokens } from './each-issuer';
import { ONLY } from '../variants';

const HOUR_SECONDS = 3_600;
const TEN_YEARS_SECONDS = 10 * 365 * 24 * HOUR_SECONDS;

/** Tokens that the issuer signed, whose time is over, has not come, or never ends. */
export const TOKEN_LIFETIME_ATTACKS: readonly Attack[] = [
  lifetimeAttack({
    id: 'expired-token',
    attempt: 'show a token that expired an hour ago',
    claims: (now) => ({ iat: now - 2 * HOUR_SECONDS, exp: now - HOUR_SECONDS }),
  }),
  lifetimeAttack({
    id: 'token-without-expiry',
    attempt: 'show a token that never expires',
    claims: () => ({ exp: undefined }),
  }),
  lifetimeAttack({
    id: 'token-not-yet-valid',
    attempt: 'show a token that becomes valid in an hour',
    claims: (now) => ({ nbf: now + HOUR_SECONDS, exp: now + 2 * HOUR_SECONDS }),
  }),
  lifetimeAttack({
    id: 'over-long-lived-token',
    attempt: 'show a token that is valid for ten years',
    claims: (now) => ({ iat: now, exp: now + TEN_YEARS_SECONDS }),
  }),
];

function lifetimeAttack(props: {
  readonly id: string;
  readonly attempt: string;
  readonly claims: (now: number) => NonNullable<TokenOverrides['claims']>;
}): Attack {
  return callerAttack({
    id: props.id,
    claim: 'token-expiry-required',
    attempt: props.attempt,
    expected: '401 from the proxy',
    notApplicable: takesNoTokens,
    calls: (deployment: Deployment) =>
      eachIssuer(deployment, (issuer) => ({
        [ONLY]: { token: issuer.token({ claims: props.claims(Math.floor(Date.now() / 1_000)) }) },
      })),
  });
}
