import type { Attack } from '../../attack';
import type { TokenOverrides } from '../../deployment';
import { goodCaller } from '../good-call';
import { tryCall } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { callFront, cloudRunAttack, cloudRunOf, onEachService, withGoodToken } from './front-call';

const WRONG_AUDIENCES: Readonly<Record<string, (url: string) => unknown>> = {
  none: () => undefined,
  'an empty one': () => '',
  'another service': () => 'https://other-run0000000-ew.a.run.app',
  'the host alone': (url) => url.replace('https://', ''),
  'without TLS': (url) => url.replace('https://', 'http://'),
  'a longer name': (url) => `${url}.example.com`,
  'a path of it': (url) => `${url}/discover`,
  'an API of Google': () => 'https://www.googleapis.com/',
};

const FORGERIES: Readonly<Record<string, TokenOverrides>> = {
  expired: { claims: { exp: Math.floor(Date.now() / 1000) - 60 } },
  "somebody else's key under Google's name": { signature: 'foreign' },
  'no signature': { signature: 'none' },
  'keyed with the public key': { signature: 'hmac-public-key' },
  'another issuer': { claims: { iss: 'https://issuer.example.com' } },
  'an address that nobody verified': { claims: { email_verified: false } },
};

/** Tokens in the name of the right account that are not for this service, or not Google's. */
export const CLOUD_RUN_AUDIENCE_ATTACKS: readonly Attack[] = [
  cloudRunAttack({
    id: 'cloud-run-token-for-another',
    claim: 'cloud-run-token-audience',
    from: 'task',
    attempt: "calls with Google's own tokens of the right account for another audience, or none",
    expected: '401 from the front end',
    run: (deployment) =>
      onEachService(deployment, (service) =>
        Object.entries(WRONG_AUDIENCES).map(([name, audience]) => ({
          name,
          run: () => {
            const { idToken, plan } = cloudRunOf(deployment);
            const email = plan.caller ?? '';
            const token = idToken({ email, audience: service.url }, { claims: { aud: audience(service.url) } });
            return callFront(deployment, { from: 'task', service, token });
          },
        })),
      ),
    control: withGoodToken('task'),
  }),
  cloudRunAttack({
    id: 'cloud-run-token-forged',
    claim: 'cloud-run-token-audience',
    from: 'task',
    attempt: 'calls with expired and forged tokens of the right account',
    expected: '401 from the front end',
    run: (deployment) =>
      onEachService(deployment, (service) =>
        Object.entries(FORGERIES).map(([name, overrides]) => ({
          name,
          run: () => {
            const { idToken, plan } = cloudRunOf(deployment);
            const token = idToken({ email: plan.caller ?? '', audience: service.url }, overrides);
            return callFront(deployment, { from: 'task', service, token });
          },
        })),
      ),
    control: withGoodToken('task'),
  }),
  cloudRunAttack({
    id: 'cloud-run-audience-of-server',
    claim: 'cloud-run-token-audience',
    from: 'task',
    attempt: "a look at the server's own calls for a token whose audience is not the service's canonical URL",
    expected: 'each token is for that URL',
    run: async (deployment) => {
      const { registered } = cloudRunOf(deployment);
      await tryCall(deployment, callersDoor(deployment), goodCaller(deployment));
      const own = await serversCalls(deployment);
      const other = own.find(({ audience }) => audience !== registered.url);
      if (other !== undefined) return { succeeded: true, observed: `a token for ${other.audience ?? 'nobody'}` };
      const observed = `${own.length} calls, each with a token for ${registered.url}`;
      return {
        succeeded: false,
        observed,
        ...(own.length > 0 && { refusedBy: `restate: asks for ${registered.url}` }),
      };
    },
    control: {
      from: 'caller',
      attempt: 'a call reaches a handler on Cloud Run',
      run: (deployment) => tryCall(deployment, callersDoor(deployment), goodCaller(deployment)),
    },
  }),
];

/** What the server itself has sent to the service; requests of attacks have a query, which it never sends. */
export async function serversCalls(
  deployment: Parameters<typeof cloudRunOf>[0],
): Promise<Awaited<ReturnType<ReturnType<typeof cloudRunOf>['records']>>> {
  const { records, registered } = cloudRunOf(deployment);
  return (await records()).filter(
    ({ host, path }) => host === registered.host && /\/(?:discover|invoke\/[^?]+)$/.test(path),
  );
}
