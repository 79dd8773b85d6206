import type { Container, Host } from '../../artifact/artifact';
import { ContainerProcess } from './container-process';
import { imageFacts } from './image-facts';
import type { MachineFolders } from './machine-folders';
import type { BindMount } from './root-script';
import { containerUser, type ContainerUser } from './process-rights';
import type { RunValues } from './run-values';

/** What all containers of a task share in a run. */
export interface TaskFacts {
  readonly host: Host;
  readonly hostname: string;
  readonly values: RunValues;
  /** PKCS#8 PEM that the server signs its requests with, where it signs. */
  readonly identityKeyPem: string;
  readonly folders: MachineFolders;
  /** PEM of the authorities that the containers trust. */
  readonly trusted: string;
  /** Absolute paths of the programs in `/usr/local/bin`, by name. */
  readonly programs: Readonly<Record<string, string>>;
  readonly networkNamespace: string;
  readonly runFolder: string;
  readonly allUsers: boolean;
}

/** What differs from one process of a container to another. */
export interface ContainerVariation {
  /** Distinct in the run. */
  readonly name: string;
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Arguments in place of those that the container states. */
  readonly entryPoint?: readonly string[];
  readonly command?: readonly string[];
}

/** What Docker puts into the environment of a container for which nothing is said. */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Makes processes of a task's containers. */
export class ContainerFactory {
  private readonly task: TaskFacts;

  public constructor(task: TaskFacts) {
    this.task = task;
  }

  /** @throws CannotProveError `UserUnknown` */
  public userOf(container: Container): ContainerUser {
    return containerUser(container, imageFacts(container, this.task.host).user);
  }

  /** The folders of the machine that a container sees. */
  public mountsOf(container: Container): readonly BindMount[] {
    return this.task.folders.mountsOf(container);
  }

  public start(container: Container, variation: ContainerVariation): ContainerProcess {
    const { host, hostname, values, folders, trusted, allUsers } = this.task;
    const user = this.userOf(container);
    const environment = { PATH, HOSTNAME: hostname, HOME: user.home };
    return new ContainerProcess({
      container,
      host,
      // It becomes a folder, and a template may name a container anything.
      name: variation.name.replaceAll(/[^\w-]/g, '_'),
      argv: this.argumentsOf(container, variation),
      environment: { ...environment, ...values.environment(container, this.task.identityKeyPem) },
      user,
      volumes: folders.mountsOf(container),
      files: { trusted, names: variation.names, hostname },
      programs: this.task.programs,
      networkNamespace: this.task.networkNamespace,
      runFolder: this.task.runFolder,
      allUsers,
    });
  }

  /** Docker's rule: the image's entry point holds where the container states none. */
  private argumentsOf(container: Container, variation: ContainerVariation): readonly string[] {
    const { values, host } = this.task;
    const stated = variation.entryPoint ?? container.entryPoint?.map((word) => values.text(word));
    const command = variation.command ?? container.command?.map((word) => values.text(word));
    return [...(stated ?? imageFacts(container, host).entryPoint), ...(command ?? [])];
  }
}
