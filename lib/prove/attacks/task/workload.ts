import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Attack, Observation } from '../../attack';
import type { Container } from '../../../artifact/artifact';
import type { Deployment } from '../../deployment';
import { absentContainers, endedContainers, runningProcesses } from './container-files';
import { tryEach, type Variant } from '../variants';

/** What the processes of the containers may do. */
export const WORKLOAD_ATTACKS: readonly Attack[] = [
  {
    id: 'containers-as-root',
    claim: 'unprivileged',
    from: 'task',
    attempt: 'a look for a running container whose user or group is root',
    expected: 'there is none',
    notApplicable: oneUserMapped,
    run: (deployment) =>
      eachStatus(deployment, mayBeRoot, (status) => {
        const ids = [...numbers(status, 'Uid'), ...numbers(status, 'Gid'), ...numbers(status, 'Groups')];
        return { bad: ids.some((id) => id === 0), seen: `user ${ids[0]}, group ${ids[4]}`, by: 'kernel: not root' };
      }),
    control: ownStatus('finds the prover to be root', (status) => numbers(status, 'Uid')[0] === 0),
  },
  {
    id: 'containers-with-capabilities',
    claim: 'unprivileged',
    from: 'task',
    attempt: 'a look for a running container that holds, or could get, a capability',
    expected: 'there is none: every set is empty, and no program gives new privileges',
    notApplicable: oneUserMapped,
    run: (deployment) =>
      eachStatus(deployment, mayHoldCapabilities, (status) => {
        const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].filter(
          (name) => BigInt(`0x${text(status, name)}`) !== 0n,
        );
        const gains = text(status, 'NoNewPrivs') !== '1';
        const seen = [...sets, ...(gains ? ['new privileges allowed'] : [])].join(', ');
        return { bad: seen !== '', seen: seen || 'no capability', by: 'kernel: no capability, no new privileges' };
      }),
    control: ownStatus('finds that the prover holds some', (status) => BigInt(`0x${text(status, 'CapEff')}`) !== 0n),
  },
  {
    id: 'container-root-written',
    claim: 'unprivileged',
    from: 'task',
    attempt: "writing to the root filesystem of each running container, as the container's own user",
    expected: 'it is mounted read-only',
    run: (deployment) =>
      tryEach([
        ...runningProcesses(deployment).flatMap(({ container, pid }) =>
          WRITABLE_BY_ANYBODY.map((folder) => ({
            name: `${folder} of ${container.container.name}`,
            run: () => tryWriting(pid, folder),
          })),
        ),
        ...unseen(deployment, ({ readonlyRootFilesystem }) => !readonlyRootFilesystem),
      ]),
    control: {
      from: 'task',
      attempt: "writing to the server's own data folder in the same way",
      run: async (deployment) => {
        const mount = deployment.restate.container.mounts.find(({ readOnly }) => !readOnly);
        if (mount === undefined) return { succeeded: false, observed: 'the server has no writable volume' };
        return tryWriting(deployment.restate.pid(), mount.path);
      },
    },
  },
];

/** In an unprivileged user namespace every container runs as the one user that is mapped, so that nothing can be said of users. */
function oneUserMapped(): string | undefined {
  const [, , length] = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/);
  return Number(length) > 1 ? undefined : 'one user is mapped in an unprivileged user namespace: run it as root';
}

interface Finding {
  readonly bad: boolean;
  readonly seen: string;
  readonly by: string;
}

type Allows = (container: Container) => boolean;

function eachStatus(deployment: Deployment, allows: Allows, judge: (status: string) => Finding): Promise<Observation> {
  const seen = runningProcesses(deployment).map(({ container, pid }) => ({
    name: container.container.name,
    run: (): Promise<Observation> => {
      const { bad, seen: observed, by } = judge(readFileSync(`/proc/${pid}/status`, 'utf8'));
      return Promise.resolve(bad ? { succeeded: true, observed } : { succeeded: false, observed, refusedBy: by });
    },
  }));
  return tryEach([...seen, ...unseen(deployment, allows)]);
}

/** Of what has ended already the file alone tells what it was allowed; of what should run and does not, nothing is known. */
function unseen(deployment: Deployment, allows: Allows): readonly Variant[] {
  const past = endedContainers(deployment).filter(({ container }) => allows(container));
  return [
    ...past.map(({ container }) => ({
      name: container.name,
      run: () => Promise.resolve({ succeeded: true, observed: 'had it, as the file says, until it ended' }),
    })),
    ...absentContainers(deployment).map(({ container }) => ({
      name: container.name,
      run: () => Promise.resolve({ succeeded: false, observed: 'does not run here, so nothing is seen of it' }),
    })),
  ];
}

/** An image's own user may be root. */
function mayBeRoot({ user = 'root' }: Container): boolean {
  return /^(?:0+|root)(?::|$)|:(?:0+|root)$/.test(user);
}

function mayHoldCapabilities(container: Container): boolean {
  const dropped = container.capabilitiesDropped.some((name) => name.toUpperCase() === 'ALL');
  return container.privileged || !dropped || container.capabilitiesAdded.length > 0 || !container.noNewPrivileges;
}

function ownStatus(finding: string, holds: (status: string) => boolean): Attack['control'] {
  return {
    from: 'task',
    attempt: `the same look ${finding}`,
    run: () => {
      const succeeded = holds(readFileSync('/proc/self/status', 'utf8'));
      return Promise.resolve({ succeeded, observed: succeeded ? finding : 'it does not' });
    },
  };
}

function text(status: string, name: string): string {
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
}

function numbers(status: string, name: string): readonly number[] {
  return text(status, name).split(/\s+/).filter(Boolean).map(Number);
}

/** Folders that any user may write to in an ordinary image, so that nothing but a read-only root keeps them from it. */
const WRITABLE_BY_ANYBODY = ['/tmp', '/var/tmp'];

/** Tries to make a file below a folder of a container, with the rights of its process. */
async function tryWriting(pid: number, folder: string): Promise<Observation> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [uid = 0] = numbers(status, 'Uid');
  const [gid = 0] = numbers(status, 'Gid');
  // Where one user is mapped, everybody is that user already.
  const become =
    oneUserMapped() === undefined ? ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'] : [];
  const file = `${folder}/.portcullis-${process.pid}-${Date.now()}`;
  const write = `: > ${file} && rm ${file}`;
  const enter = ['nsenter', '--mount', '--root', `--target=${pid}`, '--', ...become, '/bin/sh', '-c', write];
  const { code, said } = await execute(enter);
  if (code === 0) return { succeeded: true, observed: 'written' };
  if (/read-only file system/i.test(said))
    return { succeeded: false, observed: 'not written', refusedBy: 'kernel: read-only file system' };
  if (/no such file|nonexistent|directory/i.test(said))
    return { succeeded: false, observed: 'no such folder', refusedBy: 'kernel: no such folder' };
  return { succeeded: false, observed: `not written: ${said}` };
}

function execute([command = '', ...args]: readonly string[]): Promise<{
  readonly code: number;
  readonly said: string;
}> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 5000 }, (error, _stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, said: stderr.trim().slice(-200) });
    });
  });
}
