import { deploymentsOf } from '../../artifact/role';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import { isEverybody } from '../network/breadth';
import { blockOf } from '../network/aws/admission';
import { type AwsServer, awsServer, portsWorth } from '../network/aws/aws-server';
import { broken, unproven } from '../server/wrong';
import { type Latent, latentClaim } from './latent-claim';

/** Somebody who is let in by the clothes of another. */
export const STRANGER_CLAIMS: readonly CheckedClaim[] = [
  latentClaim('ingress-no-bypass', (_, deployment) => dressedAsFront(deployment, 'ingress')),
  latentClaim('admin-closed', (_, deployment) => dressedAsFront(deployment, 'admin')),
  latentClaim('rules-exact', (_, deployment) => dressedAsServer(deployment)),
  latentClaim('registration-by-deployers-only', (_, deployment) => callersAsOperators(deployment)),
];

/** What wears a group of a balancer is let in to the proxy as that balancer is, past everything that the balancer does. */
function dressedAsFront(deployment: CheckedDeployment, worth: 'ingress' | 'admin'): readonly Latent[] {
  const server = awsServer(deployment);
  if (server === undefined) return [];
  const ports = portsWorth(server, worth)
    .filter(({ listening }) => listening.by === 'proxy')
    .map(({ listening }) => listening.port);
  const fronts = deployment.artifact.balancers.filter(({ listeners }) =>
    listeners.some(({ targets }) =>
      targets.some((target) => target.host === server.host.id && ports.includes(target.port)),
    ),
  );
  return [...new Set(fronts.flatMap(({ groups = [] }) => groups))].flatMap((group) =>
    server.view
      .wearers(group)
      .filter(({ id, kind }) => kind !== 'balancer' && id !== server.host.id)
      .map(({ id }) => ({
        ...broken(`${id} wears ${group}, a group of the balancer, and is let in to the proxy past it`),
        subject: id,
      })),
  );
}

/** What wears a group of the server is let in, and out, wherever the server is. */
function dressedAsServer(deployment: CheckedDeployment): readonly Latent[] {
  const server = awsServer(deployment);
  if (server === undefined) return [];
  const servers = deploymentsOf(deployment.artifact).flatMap(({ host }) => [
    host.id,
    ...(host.machine === undefined ? [] : [host.machine.id]),
  ]);
  const own = [...server.host.groups, ...(server.host.machine?.groups ?? [])];
  return [...new Set(own)].flatMap((group) =>
    server.view
      .wearers(group)
      .filter(({ id, kind }) => !servers.includes(id) && kind !== 'balancer' && kind !== 'endpoint')
      .map(({ id }) => ({
        ...broken(`${id} wears ${group}, by whose rules the server alone is to come and go`),
        subject: id,
      })),
  );
}

/** Where a whole block of callers is among the operators nothing tells the ones from the others. */
function callersAsOperators(deployment: CheckedDeployment): readonly Latent[] {
  const server = awsServer(deployment);
  if (server === undefined) return [];
  const operators = pathsTo(server, 'admin').map(({ admission }) => admission.addresses);
  const callers = pathsTo(server, 'ingress').flatMap(({ admission }) => admission.rules);
  return callers.flatMap((rule) => {
    const block = blockOf(rule);
    if (rule.peer.kind !== 'cidr' || block.isEmpty || isEverybody(block)) return [];
    return operators.some((each) => each.covers(block))
      ? [
          unproven(
            `${rule.peer.cidr} is admitted as callers and as operators, and nothing says that whoever is there may register deployments`,
          ),
        ]
      : [];
  });
}

function pathsTo(server: AwsServer, worth: 'admin' | 'ingress') {
  return portsWorth(server, worth)
    .filter(({ listening }) => listening.by === 'proxy')
    .flatMap(({ reach }) => reach.paths)
    .filter(({ via }) => via !== undefined);
}
