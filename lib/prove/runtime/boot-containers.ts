import type { Container } from '../../artifact/artifact';
import { listenersOf } from '../../artifact/bootstrap-facts';
import { awaitListeners } from './await-listeners';
import type { ContainerProcess } from './container-process';
import { lastWords } from './last-words';
import type { Run } from './prepare-run';
import { bootFailed, startContainers } from './start-containers';

const LISTEN_TIMEOUT_MS = 20_000;

/**
 * Starts the containers of a run, and waits until its proxy listens.
 *
 * The issuer comes first: a proxy that finds it silent waits out its own pause before it asks again.
 *
 * @throws CannotProveError `BootFailed`
 */
export async function bootContainers(run: Run): Promise<readonly ContainerProcess[]> {
  const { host, factory, values, issuerDoor, proxy, envoy, network } = run;
  await issuerDoor.start();
  const { entryPoint, command } = proxy;
  const adapted = { command, ...(entryPoint && { entryPoint }) };
  const start = (container: Container): ContainerProcess =>
    factory.start(container, {
      name: container.name,
      names: run.names,
      ...(container === envoy && adapted),
    });
  const explain = (container: ContainerProcess): string => lastWords(container.log(), values.secrets);
  const running = await startContainers(host.containers, start, explain);
  const process = processOf(running, envoy);
  const listeners = listenersOf(proxy.bootstrap);
  if (!(await awaitListeners(network.place('task'), process, listeners, LISTEN_TIMEOUT_MS))) {
    throw bootFailed(process, `does not listen on ${listeners.map(({ port }) => port).join(' and ')}`, explain);
  }
  return running;
}

/** The process of a container. */
export function processOf(running: readonly ContainerProcess[], container: Container): ContainerProcess {
  const found = running.find((each) => each.container === container);
  if (found === undefined) {
    throw new Error(`container ${container.name} was not started`);
  }
  return found;
}
