import type { Balancer, BalancerListener, BalancerTarget } from '../../artifact/artifact';
import type { RestateDeployment } from '../../artifact/role';
import { RESTATE_PORTS } from '../../restate/listeners';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import { awsServer } from '../network/aws/aws-server';
import { letsIn } from '../network/aws/hop';
import { stationOfBalancer } from '../network/aws/station';
import { broken } from '../server/wrong';
import { type Latent, latentClaim } from './latent-claim';

/** A listener, with one of the places to which it leads. */
interface Leading {
  readonly balancer: Balancer;
  readonly listener: BalancerListener;
  readonly target: BalancerTarget;
}

const ENDS_TLS = ['TLS', 'HTTPS'];
/** What a target group is spoken to in clear by. */
const CLEAR = ['TCP', 'HTTP', 'UDP', 'TCP_UDP'];

/** Balancers that lead where nobody may come: what keeps callers out is then a rule of a group, or an address that the server binds. */
export const BALANCER_CLAIMS: readonly CheckedClaim[] = [
  latentClaim('admin-closed', (server, deployment) => [
    ...ledTo('admin', server, deployment),
    ...unadmitted(deployment).filter(({ leadsTo }) => leadsTo.includes('admin')),
  ]),
  latentClaim('fabric-cluster-only', (server, deployment) => ledTo('fabric', server, deployment)),
  latentClaim('ingress-no-bypass', (server, deployment) => ledTo('ingress', server, deployment)),
  latentClaim('rules-exact', (_, deployment) => unadmitted(deployment)),
  latentClaim('tls-outside', (_, deployment) => decrypted(deployment)),
  latentClaim('rate-bounded', (_, deployment) => unseen(deployment)),
];

function ledTo(
  worth: 'admin' | 'fabric' | 'ingress',
  server: RestateDeployment,
  deployment: CheckedDeployment,
): readonly Latent[] {
  const found = awsServer(deployment);
  const listening = found?.listening.ports ?? [];
  const ports = listening.filter((each) => each.by === 'server' && each.worth.includes(worth)).map(({ port }) => port);
  const taken = new Set(listening.filter(({ by }) => by === 'proxy').map(({ port }) => port));
  const own = [...ports, RESTATE_PORTS[worth]].filter((port) => !taken.has(port));
  return leadingTo(deployment, server.host.id)
    .filter(({ target }) => own.includes(target.port))
    .map(({ listener, balancer, target }) => ({
      ...broken(
        `listener ${listener.id} of ${balancer.id} leads to port ${target.port} of ${server.host.id}, which is the ${worth} of the server itself`,
      ),
      subject: listener.id,
    }));
}

/** A listener to which no rule of its balancer admits anybody is a door that one rule opens. */
function unadmitted(deployment: CheckedDeployment): readonly (Latent & { readonly leadsTo: readonly string[] })[] {
  const found = awsServer(deployment);
  if (found === undefined) return [];
  return leadingTo(deployment, found.host.id)
    .filter(({ balancer, listener }) => {
      const front = stationOfBalancer(found.view, balancer);
      return front.groups !== undefined && letsIn(front, listener.port).rules.length === 0;
    })
    .map(({ balancer, listener, target }) => ({
      ...broken(
        `listener ${listener.id} (port ${listener.port}) leads to port ${target.port} of ${target.host}, and no rule of ${(balancer.groups ?? []).join(', ')} says who may come`,
      ),
      subject: listener.id,
      leadsTo: found.listening.ports.filter(({ port }) => port === target.port).flatMap(({ worth }) => worth),
    }));
}

/** What a listener decrypts must not go on in clear, whatever the proxy makes of it. */
function decrypted(deployment: CheckedDeployment): readonly Latent[] {
  return leadingTo(deployment, deployment.server?.host.id)
    .filter(({ listener, target }) => ENDS_TLS.includes(listener.protocol) && CLEAR.includes(target.protocol))
    .map(({ listener, target }) => ({
      ...broken(`listener ${listener.id} ends TLS and target group ${target.group} is spoken to by ${target.protocol}`),
      subject: target.group,
    }));
}

/** Limits for each address are for all callers together where the proxy sees none but the balancer's own. */
function unseen(deployment: CheckedDeployment): readonly Latent[] {
  const found = awsServer(deployment);
  if (found === undefined) return [];
  return leadingTo(deployment, found.host.id)
    .filter(
      ({ balancer, target }) =>
        balancer.type === 'network' && found.view.targetGroup(target.group)?.preservesClientAddress === false,
    )
    .map(({ target }) => ({
      ...broken(`target group ${target.group} hides who calls (preserve_client_ip): one caller's flood is everybody's`),
      subject: target.group,
    }));
}

function leadingTo({ artifact }: CheckedDeployment, host: string | undefined): readonly Leading[] {
  return artifact.balancers.flatMap((balancer) =>
    balancer.listeners.flatMap((listener) =>
      listener.targets.filter((target) => target.host === host).map((target) => ({ balancer, listener, target })),
    ),
  );
}
