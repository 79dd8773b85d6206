import type { Attack } from '../../attack';
import type { Issuer } from '../../deployment';
import { callerAttack, type Calls } from '../caller-attack';
import { eachIssuer, takesNoTokens } from './each-issuer';

/** Tokens that are good for another application, or from another issuer. */
export const TOKEN_BINDING_ATTACKS: readonly Attack[] = [
  callerAttack({
    id: 'wrong-audience-token',
    claim: 'token-audience-bound',
    attempt: 'show a token that the issuer made for another application, or for none',
    expected: '401 or 403 from the proxy',
    notApplicable: takesNoTokens,
    calls: (deployment) =>
      eachIssuer(deployment, (issuer) =>
        withClaim(issuer, 'aud', {
          'another audience': 'somebody-else',
          'no audience': undefined,
          'an empty list': [],
          'a list of others': ['somebody-else', 'anybody'],
          'its beginning': issuer.audience.slice(0, -1),
          'a longer name': `${issuer.audience}-admin`,
          'other case': swapCase(issuer.audience),
          wildcard: '*',
        }),
      ),
  }),
  callerAttack({
    id: 'wrong-issuer-token',
    claim: 'token-issuer-bound',
    attempt: "show a token that the issuer's key signed in another issuer's name, or in none",
    expected: '401 from the proxy',
    notApplicable: takesNoTokens,
    calls: (deployment) =>
      eachIssuer(deployment, (issuer) =>
        withClaim(issuer, 'iss', {
          'another issuer': 'https://somebody-else.example/',
          'no issuer': undefined,
          'a longer name': `${issuer.issuer}.somebody-else.example/`,
          'its beginning': issuer.issuer.slice(0, -1),
          'other case': swapCase(issuer.issuer),
        }),
      ),
  }),
];

function withClaim(issuer: Issuer, claim: 'aud' | 'iss', values: Readonly<Record<string, unknown>>): Calls {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { token: issuer.token({ claims: { [claim]: value } }) }]),
  );
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}
