import type { Artifact, Host } from '../artifact/artifact';
import { restateContainer } from '../artifact/role';
import { UnreadableError } from '../artifact/unreadable-error';

/** A deployment that can be booted. */
export interface Target {
  readonly artifact: Artifact;
  readonly host: Host;
  /** Its name in reports. */
  readonly subject: string;
  /** What names of its resources begin with in reports. */
  readonly prefix: string;
}

/** Where to look for deployments. */
export interface TargetQuestion {
  /** What was given, for messages. */
  readonly path: string;
  readonly artifacts: readonly Artifact[];
  /** Name of the one stack to look at. @default - all of them */
  readonly stack?: string;
}

/**
 * The deployments of artifacts: the hosts that run restate-server.
 *
 * @throws UnreadableError when there is none
 */
export function findTargets({ artifacts, stack, path }: TargetQuestion): readonly Target[] {
  const chosen = artifacts.filter((artifact) => stack === undefined || artifact.name === stack);
  if (chosen.length === 0 && stack !== undefined) {
    const names = artifacts.map((artifact) => artifact.name).join(', ');
    throw new UnreadableError(
      path,
      `it holds no stack ${JSON.stringify(stack)}`,
      `name one of ${names || 'its stacks'}`,
    );
  }
  const several = artifacts.length > 1;
  const targets = chosen.flatMap((artifact) => {
    const prefix = several ? `${artifact.name}/` : '';
    const hosts = artifact.hosts.filter((host) => restateContainer(host) !== undefined);
    return hosts.map((host) => ({ artifact, host, prefix, subject: `${prefix}${host.id}` }));
  });
  if (targets.length === 0) {
    const because = 'no task or machine in it runs restate-server';
    throw new UnreadableError(path, because, 'give what an app with a RestateServer synthesised: cdk.out or cdktf.out');
  }
  return targets;
}
