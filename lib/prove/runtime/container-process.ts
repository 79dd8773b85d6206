import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, Host } from '../../artifact/artifact';
import type { RunningContainer } from '../deployment';
import { type CommandResult, runCommand } from '../toolchain/run-command';
import { ContainerLog } from './container-log';
import { type ContainerUser, rightsArguments } from './process-rights';
import { argumentsOf, childrenOf, findProgram } from './process-tree';
import { fillRootFolder, type RootFiles } from './root-folder';
import { type BindMount, rootScript } from './root-script';
import { shellWord } from './shell-word';

/** All that a container needs to start, with every reference resolved. */
export interface ContainerPlan {
  readonly container: Container;
  readonly host: Host;
  /** Distinct in the run; names the container's folder. Letters, digits, `-` and `_`. */
  readonly name: string;
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly user: ContainerUser;
  readonly volumes: readonly BindMount[];
  readonly files: RootFiles;
  readonly programs: Readonly<Record<string, string>>;
  /** Name of the network namespace under `/run/netns`. */
  readonly networkNamespace: string;
  /** Folder for what the run keeps about its containers. */
  readonly runFolder: string;
  readonly allUsers: boolean;
}

/** How a process of a container ended. */
export interface ContainerExit {
  /** `null` when a signal ended it. */
  readonly code: number | null;
}

const KILLED_TIMEOUT_MS = 5000;
const START_TIMEOUT_MS = 10_000;
/** What a container's first process is before the building shell, and what that becomes on its way to the container's program. */
const BUILDERS = ['unshare', 'setpriv', 'env'];

/**
 * A container: a process in mount, process, IPC and host name spaces of its own, in the network of its task, with the rights that
 * the template gives it and no others.
 */
export class ContainerProcess implements RunningContainer {
  public readonly container: Container;
  public readonly host: Host;
  /** Settles when the container's first process has ended, and with it all others. */
  public readonly exited: Promise<ContainerExit>;
  private readonly plan: ContainerPlan;
  private readonly child: ChildProcess;
  private readonly output: ContainerLog;
  private readonly script: string;
  private ended = false;

  public constructor(plan: ContainerPlan) {
    this.plan = plan;
    this.container = plan.container;
    this.host = plan.host;
    const folder = join(plan.runFolder, plan.name);
    mkdirSync(join(folder, 'root'), { recursive: true });
    fillRootFolder(join(folder, 'root'), plan.files);
    this.script = join(folder, 'start.sh');
    writeFileSync(this.script, renderStart(plan, join(folder, 'root')), { mode: 0o600 });
    this.output = new ContainerLog(join(folder, 'log'), plan.allUsers ? plan.user : undefined);
    const spaces = ['--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child', '--propagation', 'private'];
    const network = `--net=/run/netns/${plan.networkNamespace}`;
    this.child = spawn('nsenter', [network, 'unshare', ...spaces, '/bin/sh', this.script], {
      stdio: ['ignore', this.output.fd, this.output.fd],
      cwd: '/',
    });
    this.exited = this.awaitExit();
  }

  private async awaitExit(): Promise<ContainerExit> {
    const code = await new Promise<number | null>((settle) => {
      this.child.once('error', () => settle(null));
      this.child.once('exit', settle);
    });
    this.ended = true;
    await this.output.close();
    return { code };
  }

  public isRunning(): boolean {
    return !this.ended;
  }

  public pid(): number {
    return findProgram(this.initPid(), Object.keys(this.plan.programs));
  }

  public log(): string {
    return this.output.read();
  }

  /** Runs a command in the container, as the same user with the same rights, for at most `timeoutMs`. */
  public async execute(
    argv: readonly string[],
    timeoutMs: number,
    environment: Readonly<Record<string, string>> = this.plan.environment,
  ): Promise<CommandResult> {
    const spaces = ['--mount', '--net', '--ipc', '--uts', '--pid', '--root', '--wd'];
    const rights = rightsArguments(this.container, this.plan.user, this.plan.allUsers);
    const bounded = ['timeout', '--signal', 'KILL', `${timeoutMs / 1000}s`, ...argv];
    const command = ['setpriv', ...rights, ...renderEnvironment(environment), ...bounded];
    return runCommand('nsenter', ['--target', String(this.initPid()), ...spaces, ...command], {
      timeoutMs: timeoutMs + KILLED_TIMEOUT_MS,
    });
  }

  /** SIGTERM, and SIGKILL when it has not ended after `graceMs`. */
  public async stop(graceMs: number): Promise<void> {
    this.signal('SIGTERM');
    await Promise.race([this.exited, sleep(graceMs, undefined, { ref: false })]);
    if (!this.ended) {
      this.signal('SIGKILL');
      await Promise.race([this.exited, sleep(KILLED_TIMEOUT_MS, undefined, { ref: false })]);
    }
  }

  /** Waits until the container's own program runs, after what builds its root has become it. */
  public async started(): Promise<void> {
    const until = Date.now() + START_TIMEOUT_MS;
    while (!this.ended && !this.isItself() && Date.now() < until) {
      await sleep(5);
    }
  }

  private isItself(): boolean {
    const init = this.findInit();
    const [program = '', argument] = init === undefined ? [] : argumentsOf(init);
    return program !== '' && argument !== this.script && !BUILDERS.includes(program);
  }

  private signal(signal: NodeJS.Signals): void {
    const init = this.findInit();
    if (init !== undefined && !this.ended) {
      process.kill(init, signal);
    }
  }

  private initPid(): number {
    const init = this.findInit();
    if (init === undefined) {
      throw new Error(`container ${this.container.name} is not running`);
    }
    return init;
  }

  private findInit(): number | undefined {
    return this.child.pid === undefined ? undefined : childrenOf(this.child.pid)[0];
  }
}

function renderStart(plan: ContainerPlan, folder: string): string {
  const { container, user, allUsers } = plan;
  const root = rootScript({
    folder,
    hostname: plan.files.hostname,
    programs: plan.programs,
    volumes: plan.volumes,
    tmpfs: container.tmpfs,
    readOnly: container.readonlyRootFilesystem,
    allUsers,
  });
  const words = [
    'setpriv',
    ...rightsArguments(container, user, allUsers),
    ...renderEnvironment(plan.environment),
    ...plan.argv,
  ];
  return `${root}\nexec ${words.map(shellWord).join(' ')} < /dev/null\n`;
}

/** `env` sets exactly these variables, whatever their names, and then becomes the program. */
function renderEnvironment(environment: Readonly<Record<string, string>>): readonly string[] {
  return ['env', '-i', '--', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
}
