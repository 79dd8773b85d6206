import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Dependency } from '../../artifact/artifact';
import { literal } from '../../artifact/text';
import { CannotProveError } from '../cannot-prove-error';
import type { ContainerProcess } from './container-process';

/** How long a container may take until those that wait for it may start. */
const DEPENDENCY_TIMEOUT_MS = 30_000;
const HEALTH_TIMEOUT_MS = 5000;
/** The artifact's interval is for years of running, and a proof waits for it. */
const HEALTH_PAUSE_MS = 40;

/**
 * Starts containers in the order that `dependsOn` asks for, as the container agent does, those that wait for nothing at once.
 *
 * @param start makes the container's process
 * @param explain what a container last wrote, without secrets
 * @throws CannotProveError `BootFailed`
 */
export async function startContainers(
  containers: readonly Container[],
  start: (container: Container) => ContainerProcess,
  explain: (container: ContainerProcess) => string,
): Promise<readonly ContainerProcess[]> {
  refuseCircles(containers);
  const started = new Map<string, Promise<ContainerProcess>>();
  const begin = (container: Container): Promise<ContainerProcess> => {
    const known = started.get(container.name);
    if (known !== undefined) {
      return known;
    }
    const process = beginAfter(container);
    started.set(container.name, process);
    return process;
  };
  const beginAfter = async (container: Container): Promise<ContainerProcess> => {
    await Promise.all(
      container.dependsOn.map(async (dependency) => {
        const other = named(containers, dependency, container);
        await reach(dependency.condition, await begin(other), explain);
      }),
    );
    const process = start(container);
    await process.started();
    return process;
  };
  return Promise.all(containers.map(begin));
}

async function reach(
  condition: Dependency['condition'],
  process: ContainerProcess,
  explain: (container: ContainerProcess) => string,
): Promise<void> {
  if (condition === 'HEALTHY') {
    return awaitHealth(process, explain);
  }
  if (condition === 'START') {
    return;
  }
  const late = sleep(DEPENDENCY_TIMEOUT_MS, undefined, { ref: false });
  const exit = await Promise.race([process.exited, late]);
  if (exit === undefined) {
    throw bootFailed(process, `had not ended after ${DEPENDENCY_TIMEOUT_MS / 1000} s`, explain);
  }
  if (condition === 'SUCCESS' && exit.code !== 0) {
    throw bootFailed(process, `ended with ${exit.code ?? 'a signal'}`, explain);
  }
}

/** Runs the artifact's own health check until it succeeds. */
async function awaitHealth(process: ContainerProcess, explain: (container: ContainerProcess) => string): Promise<void> {
  const command = healthCommand(process.container);
  const until = Date.now() + DEPENDENCY_TIMEOUT_MS;
  while (Date.now() < until && process.isRunning()) {
    if (await isHealthy(process, command)) {
      return;
    }
    await sleep(HEALTH_PAUSE_MS);
  }
  throw bootFailed(process, process.isRunning() ? 'did not become healthy' : 'ended before it was healthy', explain);
}

/** A container that ends while it is asked is not healthy, and no error of ours. */
async function isHealthy(process: ContainerProcess, command: readonly string[]): Promise<boolean> {
  try {
    return (await process.execute(command, HEALTH_TIMEOUT_MS)).code === 0;
  } catch {
    return false;
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
function healthCommand({ name, healthCheck = [] }: Container): readonly string[] {
  const [kind, ...words] = healthCheck.map((text) => literal(text) ?? '');
  if (kind === 'CMD-SHELL') {
    return ['/bin/sh', '-c', words.join(' ')];
  }
  if (kind === 'CMD' && words.length > 0) {
    return words;
  }
  throw new CannotProveError(
    'BootFailed',
    `another container waits for ${name} to be healthy, which has no health check`,
    'give it one, or the task never starts',
  );
}

/** That a container did not do what it had to, with the last that it said. */
export function bootFailed(
  process: ContainerProcess,
  failure: string,
  explain: (container: ContainerProcess) => string,
): CannotProveError {
  return new CannotProveError(
    'BootFailed',
    `container ${process.container.name} ${failure}; it last wrote: ${explain(process)}`,
    'mend what it complains about',
  );
}

function named(containers: readonly Container[], dependency: Dependency, of: Container): Container {
  const found = containers.find(({ name }) => name === dependency.container);
  if (found === undefined) {
    throw new CannotProveError(
      'BootFailed',
      `container ${of.name} waits for ${dependency.container}, which its task does not have`,
      'name a container of the task',
    );
  }
  return found;
}

function refuseCircles(containers: readonly Container[]): void {
  const finished = new Set<string>();
  let rest = containers;
  while (rest.length > 0) {
    const ready = rest.filter(({ dependsOn }) =>
      dependsOn.every(({ container }) => finished.has(container) || !containers.some(({ name }) => name === container)),
    );
    if (ready.length === 0) {
      throw new CannotProveError(
        'BootFailed',
        `containers ${rest.map(({ name }) => name).join(', ')} wait for each other`,
        'break the circle of dependsOn',
      );
    }
    for (const { name } of ready) {
      finished.add(name);
    }
    rest = rest.filter(({ name }) => !finished.has(name));
  }
}
