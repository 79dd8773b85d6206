import type { Attack } from '../../attack';
import { callFront, cloudRunAttack, cloudRunOf, goodToken, onEachService, withGoodToken } from './front-call';

/** Whoever is outside the network, or shows nothing. */
export const CLOUD_RUN_PRIVATE_ATTACKS: readonly Attack[] = [
  cloudRunAttack({
    id: 'cloud-run-from-internet',
    claim: 'cloud-run-private',
    from: 'internet',
    attempt: "calls from the internet with a good token of the server's own account, as whoever has got hold of one",
    expected: '404 from the front end: ingress is internal',
    run: (deployment) =>
      onEachService(deployment, (service) => {
        const token = goodToken(deployment, service);
        const shown = token === undefined ? {} : { token };
        return [
          { name: 'HTTP/2', run: () => callFront(deployment, { from: 'internet', service, ...shown }) },
          {
            name: 'HTTP/1.1',
            run: () => callFront(deployment, { from: 'internet', service, protocol: 'http/1.1', ...shown }),
          },
          {
            name: 'an address of the network, claimed',
            run: () =>
              callFront(deployment, {
                from: 'internet',
                service,
                headers: [['x-forwarded-for', deployment.taskAddress]],
                ...shown,
              }),
          },
        ];
      }),
    control: withGoodToken('task'),
  }),
  cloudRunAttack({
    id: 'cloud-run-without-token',
    claim: 'cloud-run-private',
    from: 'task',
    attempt: 'calls from the network of the server without an ID token',
    expected: '401 or 403 from the front end',
    run: (deployment) =>
      onEachService(deployment, (service) => {
        const { accessToken, plan } = cloudRunOf(deployment);
        const own = accessToken(plan.caller ?? 'nobody@example.com');
        const shown: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
          'no token': [],
          'an empty token': [['authorization', 'Bearer ']],
          'a password': [['authorization', `Basic ${btoa('restate:password')}`]],
          'an access token': [['authorization', `Bearer ${own}`]],
          'no token, over the one of another header': [['x-goog-authenticated-user-email', plan.caller ?? '']],
        };
        return Object.entries(shown).map(([name, headers]) => ({
          name,
          run: () => callFront(deployment, { from: 'task', service, headers }),
        }));
      }),
    control: withGoodToken('task'),
  }),
];
