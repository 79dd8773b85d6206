import type { Container } from '../../artifact/artifact';
import type { Bootstrap } from '../../artifact/bootstrap';
import { listenersOf } from '../../artifact/bootstrap-facts';
import { CannotProveError } from '../cannot-prove-error';
import type { IssuerMode, Place, SecondProxy } from '../deployment';
import { awaitListeners } from './await-listeners';
import { withPorts } from './bootstrap-changes';
import type { ContainerFactory } from './container-factory';
import { proxyArguments } from './proxy-arguments';

/** An issuer of a second proxy's own. */
export interface SecondIssuer {
  /** The names under which the proxy knows the issuer, and where they lead. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  setMode(mode: IssuerMode): Promise<void>;
  stop(): Promise<void>;
}

/** What a second proxy is made of. */
export interface SecondProxyPlan {
  readonly container: Container;
  readonly factory: ContainerFactory;
  /** Whoever shares the proxy's network. */
  readonly task: Place;
  readonly text: Parameters<typeof proxyArguments>[1];
  readonly adapt: (bootstrap: Bootstrap) => Bootstrap;
  /** The port that the first proxy's callers reach. */
  readonly ingressPort: number;
  /** Counts the second proxies of a run, from 1. */
  readonly number: number;
  readonly issuer: SecondIssuer;
}

/** Above what the deployment listens on, below what the kernel gives to outgoing connections. */
const FIRST_PORT = 20_000;
const PORTS_EACH = 20;
const START_TIMEOUT_MS = 15_000;
const STOP_GRACE_MS = 200;

/** Starts another proxy from the container of the first, on ports of its own. */
export async function startSecondProxy(plan: SecondProxyPlan): Promise<SecondProxy> {
  const { container, factory, issuer, number } = plan;
  const moved = new Map<number, number>();
  const portFor = (port: number): number => {
    const next = moved.get(port) ?? FIRST_PORT + number * PORTS_EACH + moved.size;
    moved.set(port, next);
    return next;
  };
  const { bootstrap, entryPoint, command } = proxyArguments(container, plan.text, (original) =>
    withPorts(plan.adapt(original), portFor),
  );
  const proxy = factory.start(container, {
    name: `${container.name}-${number}`,
    names: issuer.names,
    command: withOwnBase(command),
    ...(entryPoint && { entryPoint }),
  });
  const stop = async (): Promise<void> => {
    await Promise.all([proxy.stop(STOP_GRACE_MS), issuer.stop()]);
  };
  await proxy.started();
  if (!(await awaitListeners(plan.task, proxy, listenersOf(bootstrap), START_TIMEOUT_MS))) {
    await stop();
    throw new CannotProveError(
      'BootFailed',
      'a second proxy did not begin to listen',
      'look at what the first one writes',
    );
  }
  return { port: portFor(plan.ingressPort), log: () => proxy.log(), setIssuer: (mode) => issuer.setMode(mode), stop };
}

/** Two that may restart each other hot need two places for it. */
function withOwnBase(command: readonly string[]): readonly string[] {
  return command.includes('--disable-hot-restart') ? command : [...command, '--use-dynamic-base-id'];
}
