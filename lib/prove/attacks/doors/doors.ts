import type { Attack, PlaceName } from '../../attack';
import { connectionOutcome } from './connection-refusal';
import { doorAttack, type DoorRequest, PROXY_FROM_BALANCER } from './door-attack';
import { passesThrough, proxysDoor } from '../ingress-door';
import { operatorsConnect, operatorsWays } from '../operators/network';
import { tryEach } from '../variants';

type Outside = Exclude<PlaceName, 'task' | 'caller'>;

const ANYWHERE: readonly Outside[] = ['internet', 'stranger', 'balancer', 'service'];

const INGRESS: DoorRequest = { door: 'ingress', method: 'POST', path: '/Greeter/greet', json: 'nobody' };
const ADMIN: DoorRequest = { door: 'admin', method: 'GET', path: '/deployments' };
const FABRIC: DoorRequest = { door: 'fabric', method: 'GET', path: '/health' };
const METRICS: DoorRequest = { door: 'fabric', method: 'GET', path: '/metrics' };
const REGISTRATION: DoorRequest = {
  door: 'admin',
  method: 'POST',
  path: '/deployments',
  json: { uri: 'http://198.51.100.10:9080', dry_run: true },
};

/** The door of operators, where there is one, is attacked by everybody else, and past it by them. */
const OPERATORS = { variants: operatorsWays, control: operatorsConnect };

/** The doors of the server, from everywhere outside its task. */
export const DOOR_ATTACKS: readonly Attack[] = [
  ...fromEach(ANYWHERE, 'ingress-bypass', 'ingress-no-bypass', INGRESS),
  ...ANYWHERE.map((from) =>
    doorAttack({ id: `admin-from-${from}`, claim: 'admin-closed', from, request: ADMIN, otherWays: OPERATORS }),
  ),
  ...fromEach(ANYWHERE, 'fabric', 'fabric-cluster-only', FABRIC),
  ...fromEach(['stranger', 'service'], 'metrics', 'metrics-closed', METRICS),
  ...fromEach(['stranger', 'service'], 'registration', 'registration-by-deployers-only', REGISTRATION),
  proxyPortFromStranger(),
];

function fromEach(places: readonly Outside[], name: string, claim: string, request: DoorRequest): readonly Attack[] {
  return places.map((from) => doorAttack({ id: `${name}-from-${from}`, claim, from, request }));
}

/** The proxy takes connections from the balancer alone: whoever goes round the balancer goes round its log and its addresses. */
function proxyPortFromStranger(): Attack {
  return {
    id: 'proxy-port-from-stranger',
    claim: 'ingress-no-bypass',
    from: 'stranger',
    attempt: "connections to the proxy's own ports past the balancer, over IPv4 and IPv6",
    expected: 'refused by a security group or firewall rule',
    notApplicable: (deployment) =>
      passesThrough(deployment)
        ? 'nothing stands between callers and the proxy: whom the firewall admits to it is a caller'
        : undefined,
    run: (deployment) => {
      const place = deployment.place('stranger');
      const addresses = [deployment.taskAddress, deployment.taskAddress6];
      return tryEach(
        addresses.map((address) => ({
          name: address.includes(':') ? 'IPv6' : 'IPv4',
          run: async () => {
            const { port } = proxysDoor(deployment);
            const report = await place.probe({ kind: 'raw', address, port, chunks: [], timeoutMs: 1500 });
            return connectionOutcome(deployment, { place, address, port, report });
          },
        })),
      );
    },
    control: { ...PROXY_FROM_BALANCER, attempt: 'the same connection from the balancer' },
  };
}
