import type { Artifact, GroupRule } from '../artifact/artifact';
import { deploymentsOf } from '../artifact/role';
import { UnreadableError } from '../artifact/unreadable-error';
import { RESTATE_PORTS } from '../restate/listeners';
import type { CheckedDeployment } from './checked-deployment';

/** Where to look for deployments. */
export interface DeploymentQuestion {
  /** What was given, for messages. */
  readonly path: string;
  readonly artifacts: readonly Artifact[];
  /** Name of the one stack to look at. @default - all of them */
  readonly stack?: string;
}

/** A deployment and how its rows are told from those of the other stacks. */
export interface FoundDeployment {
  readonly deployment: CheckedDeployment;
  /** Name of the stack and a slash where there are several, else empty. */
  readonly prefix: string;
}

/**
 * What there is to check: each host that runs Restate. A file without one counts by itself where it deploys what stands around a server:
 * services of Cloud Run, or a balancer, security group or firewall rule for the admin or fabric port, which nothing else is known by.
 *
 * @throws UnreadableError when there is nothing of it
 */
export function findDeployments({ artifacts, stack, path }: DeploymentQuestion): readonly FoundDeployment[] {
  const chosen = artifacts.filter((artifact) => stack === undefined || artifact.name === stack);
  if (chosen.length === 0 && stack !== undefined) {
    const names = artifacts.map((artifact) => artifact.name).join(', ');
    throw new UnreadableError(
      path,
      `it holds no stack ${JSON.stringify(stack)}`,
      `name one of ${names || 'its stacks'}`,
    );
  }
  const found = chosen.flatMap((artifact) => {
    const prefix = artifacts.length > 1 ? `${artifact.name}/` : '';
    return deploymentsIn(artifact).map((deployment) => ({ deployment, prefix }));
  });
  if (found.length === 0) {
    throw new UnreadableError(
      path,
      'nothing in it runs Restate, serves it on Cloud Run, or opens its ports',
      'give what a deployment of Restate was synthesised to: cdk.out, cdktf.out, a template, or a plan as JSON',
    );
  }
  return found;
}

function deploymentsIn(artifact: Artifact): readonly CheckedDeployment[] {
  const servers = deploymentsOf(artifact);
  if (servers.length > 0) return servers.map((server) => ({ artifact, server }));
  return standsAroundServer(artifact) ? [{ artifact }] : [];
}

function standsAroundServer({ cloudRun = [], balancers, groups, firewall = [] }: Artifact): boolean {
  const listeners = balancers.flatMap((balancer) => balancer.listeners);
  return (
    cloudRun.length > 0 ||
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
