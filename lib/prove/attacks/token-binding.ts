import type { Attack } from '../attack';
import type { Deployment } from '../deployment';
import { callerAttack } from './caller-attack';
import type { IngressCall } from './ingress-call';

/** Tokens that are good for another application, or from another issuer. */
export const TOKEN_BINDING_ATTACKS: readonly Attack[] = [
  callerAttack({
    id: 'wrong-audience-token',
    claim: 'token-audience-bound',
    attempt: 'show a token that the issuer made for another application, or for none',
    expected: '401 or 403 from the proxy',
    calls: (deployment) => {
      const { audience } = deployment.issuer;
      return withClaim(deployment, 'aud', {
        'another audience': 'somebody-else',
        'no audience': undefined,
        'an empty list': [],
        'a list of others': ['somebody-else', 'anybody'],
        'its beginning': audience.slice(0, -1),
        'a longer name': `${audience}-admin`,
        'other case': swapCase(audience),
        wildcard: '*',
      });
    },
  }),
  callerAttack({
    id: 'wrong-issuer-token',
    claim: 'token-issuer-bound',
    attempt: "show a token that the issuer's key signed in another issuer's name, or in none",
    expected: '401 from the proxy',
    calls: (deployment) => {
      const { issuer } = deployment.issuer;
      return withClaim(deployment, 'iss', {
        'another issuer': 'https://somebody-else.example/',
        'no issuer': undefined,
        'a longer name': `${issuer}.somebody-else.example/`,
        'its beginning': issuer.slice(0, -1),
        'other case': swapCase(issuer),
      });
    },
  }),
];

function withClaim(
  deployment: Deployment,
  claim: 'aud' | 'iss',
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, IngressCall>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { token: deployment.issuer.token({ claims: { [claim]: value } }) },
    ]),
  );
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}
