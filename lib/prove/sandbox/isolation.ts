import { CannotProveError } from '../cannot-prove-error';
import { missingTools } from '../toolchain/missing-tools';
import { runCommand } from '../toolchain/run-command';

/** How processes, mounts and networks are kept apart from the machine's own. */
export interface Isolation {
  /** Arguments of `unshare`. */
  readonly unshare: readonly string[];
  /** Every uid is mapped, so that containers run as the users they ask for. `false` in an unprivileged user namespace. */
  readonly allUsers: boolean;
}

const AS_ROOT = ['--mount', '--net', '--pid', '--ipc', '--uts', '--fork', '--kill-child', '--mount-proc'];
const TRIAL_TIMEOUT_MS = 10_000;

let found: Promise<Isolation> | undefined;

/**
 * What this machine allows: namespaces as root, or else in an unprivileged user namespace. Tried once, by making them.
 *
 * @throws CannotProveError `PlatformNotSupported`, `ToolsMissing` or `NamespacesForbidden`.
 */
export function findIsolation(): Promise<Isolation> {
  return (found ??= tryOut());
}

async function tryOut(): Promise<Isolation> {
  if (process.platform !== 'linux') {
    throw new CannotProveError(
      'PlatformNotSupported',
      `network namespaces do not exist on ${process.platform}`,
      'run the proof on Linux, as root or as any user',
    );
  }
  refuseMissingTools();
  const isRoot = process.getuid?.() === 0;
  if (isRoot && (await works(AS_ROOT)) === undefined) {
    return { unshare: AS_ROOT, allUsers: true };
  }
  const asUser = ['--user', '--map-root-user', ...AS_ROOT];
  const refusal = await works(asUser);
  if (refusal === undefined) {
    return { unshare: asUser, allUsers: false };
  }
  throw new CannotProveError(
    'NamespacesForbidden',
    `this machine lets ${isRoot ? 'root' : 'this user'} make no namespaces (${refusal})`,
    'run as root, or in a container with --privileged, or set the sysctls kernel.unprivileged_userns_clone=1 and ' +
      'kernel.apparmor_restrict_unprivileged_userns=0',
  );
}

/** Python is left to the installation, which is the only one to need it. */
function refuseMissingTools(): void {
  const missing = missingTools().filter(({ tool }) => tool !== 'python3');
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
    throw new CannotProveError(
      'ToolsMissing',
      `these programs are not installed: ${missing.map(({ tool }) => tool).join(', ')}`,
      `run \`apt-get install ${packages.join(' ')}\``,
    );
  }
}

/** `undefined` when it works, else what `unshare` or `mount` said. */
async function works(unshare: readonly string[]): Promise<string | undefined> {
  try {
    const trial = ['mount', '-t', 'tmpfs', 'tmpfs', '/run'];
    const { code, stderr } = await runCommand('unshare', [...unshare, ...trial], { timeoutMs: TRIAL_TIMEOUT_MS });
    return code === 0 ? undefined : stderr.trim().slice(0, 200);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
