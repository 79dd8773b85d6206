import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import type { Deployment, RunningContainer } from '../../deployment';
import { familyOf } from '../../runtime/process-tree';

/** Who may read a file, and whether it is in memory. */
export interface FileFacts {
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  /** A tmpfs of the container, or a folder of the machine below /run, which is one. */
  readonly inMemory: boolean;
}

/** The processes of the containers that still run, those that a container's program or its entry script has started among them. */
export function runningProcesses(
  deployment: Deployment,
): readonly { readonly container: RunningContainer; readonly pid: number }[] {
  return deployment.containers.flatMap((container) => processesOf(container).map((pid) => ({ container, pid })));
}

/**
 * Containers that should run and do not, so that nothing is seen of them here: they failed, or their image holds what this machine has not.
 * One that others wait for to end has done its work.
 */
export function absentContainers(deployment: Deployment): readonly RunningContainer[] {
  return deployment.containers.filter((each) => processesOf(each).length === 0 && !isAwaited(deployment, each));
}

/** Containers that have ended, as others of the task wait for them to. */
export function endedContainers(deployment: Deployment): readonly RunningContainer[] {
  return deployment.containers.filter((each) => processesOf(each).length === 0 && isAwaited(deployment, each));
}

function isAwaited({ containers }: Deployment, { container }: RunningContainer): boolean {
  const awaited = containers.flatMap((each) => each.container.dependsOn);
  return awaited.some((each) => each.container === container.name && /^(?:SUCCESS|COMPLETE)$/.test(each.condition));
}

function processesOf(container: RunningContainer): readonly number[] {
  try {
    const pid = container.pid();
    readFileSync(`/proc/${pid}/stat`);
    return familyOf(pid);
  } catch {
    return []; // has done its work
  }
}

/** A file of a running container, by its path there. */
export function fileFacts(running: RunningContainer, path: string): FileFacts {
  const { mode, uid } = statSync(`/proc/${running.pid()}/root${path}`);
  return { mode: mode & 0o777, uid, inMemory: isInMemory(running, path) };
}

/** Decided by what the artifact mounts there, the longest path first: everything of a run is in memory. */
function isInMemory({ container, host }: RunningContainer, path: string): boolean {
  const below = (folder: string): boolean => path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
  const places = [
    ...container.tmpfs.map((tmpfs) => ({ path: tmpfs.path, inMemory: true })),
    ...container.mounts.map((mount) => {
      const { hostPath } = host.volumes.find(({ name }) => name === mount.volume) ?? {};
      return { path: mount.path, inMemory: hostPath?.startsWith('/run/') === true };
    }),
  ];
  const [deepest] = places.filter((place) => below(place.path)).toSorted((a, b) => b.path.length - a.path.length);
  return deepest?.inMemory === true;
}

/** Folders of a container that outlive it: mounts of volumes that are on the machine's disk. */
export function diskFolders({ container, host }: RunningContainer): readonly string[] {
  return container.mounts
    .filter((mount) =>
      host.volumes.some(({ name, hostPath }) => name === mount.volume && hostPath?.startsWith('/run/') !== true),
    )
    .map((mount) => mount.path);
}

/** Files below a folder of a process's root that hold one of the texts. The texts go in by stdin: arguments can be seen by others. */
export function filesWith(pid: number, folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const root = `/proc/${pid}/root`;
  const grep = spawn('grep', ['-rlaF', '--file=-', '--', `${root}${folder}`], { stdio: ['pipe', 'pipe', 'ignore'] });
  grep.stdin.on('error', () => undefined);
  grep.stdin.end(texts.map((text) => `${text}\n`).join(''));
  let found = '';
  grep.stdout.setEncoding('utf8').on('data', (chunk: string) => (found += chunk));
  return new Promise((resolve, reject) => {
    grep.once('error', reject);
    grep.once('close', (code) => {
      // 1: nothing found; 2 with matches: a file went away meanwhile
      if (code === 2 && found === '') reject(new Error(`grep could not search ${folder}`));
      else resolve(found.split('\n').flatMap((line) => (line === '' ? [] : [line.slice(root.length)])));
    });
  });
}

/** The lines of a secret by which it can be recognised: not the frame of a PEM. */
export function tellingLines(secret: string): readonly string[] {
  return secret.split('\n').filter((line) => line.length >= 8 && !line.startsWith('-----'));
}
