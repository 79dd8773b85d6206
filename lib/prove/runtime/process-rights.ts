import type { Container } from '../../artifact/artifact';
import { CannotProveError } from '../cannot-prove-error';

/** A user of a container, as numbers. */
export interface ContainerUser {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

/** The users that the images' `/etc/passwd` name. */
export const KNOWN_USERS: readonly (ContainerUser & { readonly name: string })[] = [
  { name: 'root', uid: 0, gid: 0, home: '/root' },
  { name: 'envoy', uid: 101, gid: 101, home: '/home/envoy' },
  { name: 'nonroot', uid: 65532, gid: 65532, home: '/home/nonroot' },
  { name: 'nobody', uid: 65534, gid: 65534, home: '/' },
];

/** What Docker leaves to a container for which nothing is said. @see https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities */
const DEFAULT_CAPABILITIES = [
  'audit_write',
  'chown',
  'dac_override',
  'fowner',
  'fsetid',
  'kill',
  'mknod',
  'net_bind_service',
  'net_raw',
  'setfcap',
  'setgid',
  'setpcap',
  'setuid',
  'sys_chroot',
];

/**
 * Reads `uid`, `uid:gid`, `name` or `name:group` as Docker does: a uid without a group gets its group from `/etc/passwd`, or root's.
 *
 * @throws CannotProveError `UserUnknown`
 */
export function containerUser(container: Container, imageUser: string): ContainerUser {
  const [user = '', group] = (container.user ?? imageUser).split(':');
  const known = KNOWN_USERS.find(({ name, uid }) => name === user || String(uid) === user);
  const uid = known?.uid ?? number(user);
  const gid =
    group === undefined ? (known?.gid ?? 0) : (KNOWN_USERS.find(({ name }) => name === group)?.gid ?? number(group));
  if (uid === undefined || gid === undefined) {
    throw new CannotProveError(
      'UserUnknown',
      `container ${container.name} runs as ${JSON.stringify(container.user)}, a name that only its image knows`,
      'give user and group as numbers',
    );
  }
  return { uid, gid, home: known?.home ?? '/' };
}

/**
 * The `setpriv` arguments that give a process exactly the rights that the container asks for: nothing is taken away that the template
 * leaves, or its absence could not be shown.
 *
 * @param allUsers whether the user can be changed to; in an unprivileged user namespace only one uid exists
 */
export function rightsArguments(container: Container, user: ContainerUser, allUsers: boolean): readonly string[] {
  const identity = allUsers ? ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'] : [];
  // A process of another user than root has no capability, and the one uid of a user namespace is its root.
  const bounding = !allUsers && user.uid !== 0 ? [] : boundingSet(container);
  return [
    ...identity,
    '--inh-caps=-all',
    '--ambient-caps=-all',
    ...(bounding === 'all' ? [] : [`--bounding-set=${['-all', ...bounding.map((name) => `+${name}`)].join(',')}`]),
    ...(container.noNewPrivileges ? ['--no-new-privs'] : []),
  ];
}

function boundingSet(container: Container): readonly string[] | 'all' {
  const added = container.capabilitiesAdded.map(plain);
  if (container.privileged || added.includes('all')) {
    return 'all';
  }
  const dropped = new Set(container.capabilitiesDropped.map(plain));
  const kept = dropped.has('all') ? [] : DEFAULT_CAPABILITIES.filter((name) => !dropped.has(name));
  return [...new Set([...kept, ...added])];
}

function plain(capability: string): string {
  return capability.toLowerCase().replace(/^cap_/, '');
}

function number(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
