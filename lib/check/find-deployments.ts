import type { Artifact, GroupRule } from '../artifact/artifact';
import { deploymentsOf } from '../artifact/role';
import { UnreadableError } from '../artifact/unreadable-error';
import { RESTATE_PORTS } from '../restate/listeners';
import type { CheckedDeployment } from './checked-deployment';

/** A path that was given, and what was read there. */
export interface ReadPath {
  readonly path: string;
  readonly artifacts: readonly Artifact[];
}

/** A deployment, and how its rows are told from those of others. */
export interface FoundDeployment {
  readonly deployment: CheckedDeployment;
  /** Name of its stack; where stacks of several paths share one, with the path before it. */
  readonly name: string;
  /** That name and a slash where there are several stacks, else empty. */
  readonly prefix: string;
}

/**
 * What there is to check: each host that runs Restate. A file without one counts by itself where it deploys what stands around a server:
 * services of Cloud Run, what registers services, or a balancer, security group or firewall rule for the admin or fabric port, which nothing else is known by.
 *
 * @param stack name of the one stack to look at. Absent: all of them
 * @throws UnreadableError when a path has nothing of it
 */
export function findDeployments(read: readonly ReadPath[], stack?: string): readonly FoundDeployment[] {
  const all = read.flatMap(({ path, artifacts }) => artifacts.map((artifact) => ({ path, artifact })));
  const chosen = all.filter(({ artifact }) => stack === undefined || artifact.name === stack);
  if (stack !== undefined && chosen.length === 0) {
    const names = all.map(({ artifact }) => artifact.name).join(', ');
    throw new UnreadableError(
      read.map(({ path }) => path).join(', '),
      `it holds no stack ${JSON.stringify(stack)}`,
      `name one of ${names || 'its stacks'}`,
    );
  }
  const found = chosen.map(({ path, artifact }) => {
    const shared = all.filter((other) => other.artifact.name === artifact.name).length > 1;
    const name = shared ? `${path}/${artifact.name}` : artifact.name;
    const prefix = all.length > 1 ? `${name}/` : '';
    return { path, deployments: deploymentsIn(artifact).map((deployment) => ({ deployment, name, prefix })) };
  });
  const empty = read.find(({ path }) => {
    const here = found.filter((each) => each.path === path);
    return (stack === undefined || here.length > 0) && here.every(({ deployments }) => deployments.length === 0);
  });
  if (empty !== undefined) {
    throw new UnreadableError(
      empty.path,
      'nothing in it runs Restate, serves it on Cloud Run, or opens its ports',
      'give what a deployment of Restate was synthesised to: cdk.out, cdktf.out, a template, or a plan as JSON',
    );
  }
  return found.flatMap(({ deployments }) => deployments);
}

function deploymentsIn(artifact: Artifact): readonly CheckedDeployment[] {
  const servers = deploymentsOf(artifact);
  if (servers.length > 0) return servers.map((server) => ({ artifact, server }));
  return standsAroundServer(artifact) ? [{ artifact }] : [];
}

function standsAroundServer({
  suspected = [],
  registrations = [],
  cloudRun = [],
  balancers,
  groups,
  firewall = [],
}: Artifact): boolean {
  const listeners = balancers.flatMap((balancer) => balancer.listeners);
  return (
    cloudRun.length > 0 ||
    registrations.length > 0 ||
    suspected.length > 0 ||
    listeners.some(({ port, targets }) => [port, ...targets.map((target) => target.port)].some(isOfServer)) ||
    groups.some(({ rules }) => rules.some(opensServer)) ||
    firewall.some(({ flows }) =>
      flows.some(({ ports }) => ports.some(({ from, to }) => from === to && isOfServer(from))),
    )
  );
}

function opensServer({ fromPort, toPort }: GroupRule): boolean {
  return fromPort === toPort && isOfServer(fromPort);
}

/** Its ingress is left out: half the world listens on 8080. */
function isOfServer(port: number): boolean {
  return port === RESTATE_PORTS.admin || port === RESTATE_PORTS.fabric;
}
