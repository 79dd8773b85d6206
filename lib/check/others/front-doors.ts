import type { Artifact, Balancer, BalancerListener } from '../../artifact/artifact';
import type { Forwarder } from '../../artifact/forwarder';
import { envoyContainer, type RestateDeployment } from '../../artifact/role';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { type Listening, listeningPorts } from '../network/listening';
import { judgeFrontPolicy } from '../proxy/claims/front-policy';
import { broken, type Judgement, unproven } from '../proxy/judgement';

/** A door that callers find before a server: a listener of a balancer, or what forwards on the machine itself. */
interface Door {
  readonly subject: string;
  readonly name: string;
  readonly worth: readonly string[];
  readonly tls: Judgement;
  /** Whether it asks who calls before it leads on. */
  readonly asks: boolean;
}

/** Doors of servers before which no proxy stands whose configuration says who is led on: what they are worth as they are. */
export const FRONT_DOOR_CLAIMS: readonly CheckedClaim[] = [
  ofDoors('tls-outside', ({ tls }) => tls),
  ofDoors('admin-authenticated', ({ name, worth, asks }) => {
    if (!worth.includes('admin')) return undefined;
    return asks
      ? unproven(`${name} leads to the admin API and asks who calls, and whom it lets in, as what, is not in the file`)
      : broken(`${name} leads to the admin API and asks nobody who they are`);
  }),
];

function ofDoors(id: string, judge: (door: Door) => Judgement | undefined): CheckedClaim {
  return {
    id,
    isBeside: true,
    decide: (deployment) => {
      const found = doorsOf(deployment).flatMap((door): readonly Finding[] => {
        const judged = judge(door);
        return judged === undefined ? [] : [{ ...judged, subject: door.subject }];
      });
      const subject = deployment.server?.host.id ?? deployment.artifact.name;
      const evidence = 'no door stands before the server but those of a proxy that is judged by itself';
      return found.length > 0 ? found : [{ verdict: 'not-applicable', subject, evidence }];
    },
  };
}

function doorsOf({ artifact, server }: CheckedDeployment): readonly Door[] {
  const isJudged = artifact.hosts.some((host) => envoyContainer(host) !== undefined);
  if (server === undefined || isJudged || server.host.instance !== undefined) return [];
  const { ports } = listeningPorts(server);
  return [
    ...ofBalancers(artifact, server, ports),
    ...(server.host.forwarders ?? []).map((each) => ofForwarder(each, server, ports)),
  ];
}

function ofBalancers(
  { balancers }: Artifact,
  { host }: RestateDeployment,
  ports: readonly Listening[],
): readonly Door[] {
  return balancers.flatMap((balancer) =>
    balancer.listeners.flatMap((listener): readonly Door[] => {
      const targets = listener.targets.filter((target) => target.host === host.id);
      if (targets.length === 0) return [];
      const outer = targets.map(
        ({ port }) => host.published?.find((each) => each.port === port)?.containerPort ?? port,
      );
      const name = `listener ${listener.id} of ${balancer.id}, port ${listener.port},`;
      return [
        {
          subject: listener.id,
          name,
          worth: worthOf(outer, ports),
          tls: tlsOf(name, balancer, listener),
          asks: listener.asks === true,
        },
      ];
    }),
  );
}

function tlsOf(name: string, { type }: Balancer, listener: BalancerListener): Judgement {
  const { protocol } = listener;
  if (protocol === 'HTTPS' || protocol === 'TLS') return judgeFrontPolicy(name, listener);
  if (protocol === 'unknown' || type === 'unknown') return unproven(`${name} speaks what is not known`);
  return broken(`${name} speaks ${protocol}, and what it leads to speaks no TLS`);
}

function ofForwarder(
  { by, address, port, tls, leadsTo, asks, ownCertificate }: Forwarder,
  { host }: RestateDeployment,
  ports: readonly Listening[],
): Door {
  const name = `${by} on ${address} port ${port}`;
  const own = `${name} shows a certificate that the machine signs for itself (${ownCertificate ?? ''}), which nobody can verify`;
  const encrypted =
    ownCertificate === undefined ? unproven(`${name} speaks TLS by settings that are not followed`) : broken(own);
  return {
    subject: host.id,
    name,
    worth: worthOf(leadsTo, ports),
    tls: tls ? encrypted : broken(`${name} speaks no TLS`),
    asks,
  };
}

function worthOf(inner: readonly number[], ports: readonly Listening[]): readonly string[] {
  return [
    ...new Set(ports.filter(({ by, port }) => by === 'server' && inner.includes(port)).flatMap(({ worth }) => worth)),
  ];
}
