import type { Container, Host } from '../../artifact/artifact';
import type { RunningContainer } from '../deployment';
import type { ContainerProcess } from './container-process';

/** How a server ended. */
export interface ServerEnd {
  /** Whether it had ended by itself when its stop time was over. */
  readonly inTime: boolean;
  readonly afterMs: number;
}

/** What ECS waits for where the container does not say, before it kills. */
const DEFAULT_STOP_SECONDS = 30;

/** A container whose process may end and be followed by another, as in a task that takes the place of the old one. */
export class ReplaceableServer implements RunningContainer {
  public readonly container: Container;
  public readonly host: Host;
  private current: ContainerProcess;
  private readonly successor: () => Promise<ContainerProcess>;
  private past = '';

  /** @param successor starts the container anew; called when the process before it has ended */
  public constructor(first: ContainerProcess, successor: () => Promise<ContainerProcess>) {
    this.container = first.container;
    this.host = first.host;
    this.current = first;
    this.successor = successor;
  }

  public pid(): number {
    return this.current.pid();
  }

  public isRunning(): boolean {
    return this.current.isRunning();
  }

  public log(): string {
    return this.past + this.current.log();
  }

  public execute(...call: Parameters<ContainerProcess['execute']>): ReturnType<ContainerProcess['execute']> {
    return this.current.execute(...call);
  }

  /**
   * Ends the process and starts the next. SIGKILL is a machine that is lost; SIGTERM a deployment, which waits for the stop time.
   *
   * @param between what happens while there is none
   */
  public async replace(
    signal: 'SIGKILL' | 'SIGTERM',
    between: () => Promise<void> = () => Promise.resolve(),
  ): Promise<ServerEnd> {
    const started = performance.now();
    const stopMs = (this.container.stopTimeoutSeconds ?? DEFAULT_STOP_SECONDS) * 1000;
    if (signal === 'SIGKILL') process.kill(this.current.pid(), signal);
    else await this.current.stop(stopMs);
    await this.current.exited;
    const afterMs = performance.now() - started;
    await between();
    await this.startNext();
    return { inTime: afterMs < stopMs, afterMs };
  }

  /** Starts the container anew; the process before it has ended. */
  public async startNext(): Promise<void> {
    this.past += this.current.log();
    this.current = await this.successor();
  }
}
