import type { Container } from '../../artifact/artifact';
import { oncePer } from '../../artifact/once-per';
import { RESTATE_PORTS } from '../../restate/listeners';
import { type ServerSettings, serverSettings } from './server-settings';

/** A listener of the server and where it listens. */
export interface BoundListener {
  readonly listener: 'ingress' | 'admin' | 'fabric';
  /** Absent: not over TCP at all. `unknown`: somewhere, and the file does not say where. */
  readonly tcp?: { readonly address: string; readonly port: number } | 'unknown';
  /** Absolute path of its unix socket. Absent: it has none. `unknown`: it has, or may have, one. */
  readonly unixSocket?: string;
  /** What says so: a variable, an option, or the server's default. */
  readonly said: string;
}

/** Where a server listens. */
export interface BoundListeners {
  readonly listeners: readonly BoundListener[];
  /** Why it may listen elsewhere than is said here. Absent: it does not. */
  readonly doubt?: string;
}

const LISTENERS = ['ingress', 'admin', 'fabric'] as const;
const MODES = ['tcp', 'unix', 'all'] as const;
/** Both address families: a server that is told nothing listens everywhere. */
const ANY = '::';
const ROLE = { ingress: 'http-ingress', admin: 'admin' } as const;
const ADDRESS = /^(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<four>\d+(?:\.\d+){3})):(?<port>\d+)$/;

type Told = (...keys: readonly string[]) => { readonly value?: string; readonly said: string } | undefined;

/**
 * Where the server of a container listens, by what it is told and else by its defaults, which bind everything on all interfaces.
 *
 * The address of a listener wins over its IP and port, its own IP over that of the root; the address of the root is the fabric's alone.
 * So was it measured on 1.7.12.
 */
export const boundListeners: (container: Container) => BoundListeners = oncePer((container) => {
  const configuration = serverSettings(container);
  const roles = rolesOf(configuration);
  const listeners = LISTENERS.filter(
    (listener) => listener === 'fabric' || roles === undefined || roles.includes(ROLE[listener]),
  ).map((listener) => bound(listener, configuration));
  return { listeners, ...(configuration.doubt !== undefined && { doubt: configuration.doubt }) };
});

function bound(listener: BoundListener['listener'], { settings }: ServerSettings): BoundListener {
  const told: Told = (...keys) => keys.map((key) => settings.get(key)).find((setting) => setting !== undefined);
  const prefix = listener === 'fabric' ? '' : `${listener}.`;
  const mode = told(`${prefix}listen-mode`, 'listen-mode');
  const kind = mode === undefined ? 'all' : MODES.find((each) => each === mode.value);
  const isTcp = kind !== 'unix';
  const address = told(`${prefix}bind-address`);
  const ip = told(`${prefix}bind-ip`, 'bind-ip');
  const saying = [mode, ...(isTcp ? [address ?? ip] : [])].flatMap((setting) => setting?.said ?? []);
  return {
    listener,
    ...(isTcp && { tcp: kind === undefined ? 'unknown' : tcpOf(listener, prefix, told) }),
    ...(kind !== 'tcp' && { unixSocket: socketOf(listener, told) }),
    said: saying.length === 0 ? "the server's default" : saying.join(', '),
  };
}

function tcpOf(
  listener: BoundListener['listener'],
  prefix: string,
  told: Told,
): Exclude<BoundListener['tcp'], undefined> {
  const random = told(`${prefix}use-random-ports`, 'use-random-ports');
  if (random !== undefined && random.value !== 'false') return 'unknown';
  const address = told(`${prefix}bind-address`);
  if (address !== undefined) {
    const { six, four = six, port } = ADDRESS.exec(address.value ?? '')?.groups ?? {};
    return four === undefined ? 'unknown' : { address: four, port: Number(port) };
  }
  const ip = told(`${prefix}bind-ip`, 'bind-ip');
  const port = told(`${prefix}bind-port`);
  const number = port === undefined ? RESTATE_PORTS[listener] : Number(port.value ?? 'unknown');
  const from = ip === undefined ? ANY : ip.value;
  return from === undefined || !Number.isInteger(number) ? 'unknown' : { address: from, port: number };
}

function socketOf(listener: BoundListener['listener'], told: Told): string {
  const base = told('base-dir')?.value;
  const node = told('node-name')?.value;
  return base === undefined || node === undefined ? 'unknown' : `${base}/${node}/${listener}.sock`;
}

/** `undefined` where all run, or where it is not known which. */
function rolesOf({ settings }: ServerSettings): readonly string[] | undefined {
  const roles = settings.get('roles');
  if (roles?.value === undefined) return undefined;
  return roles.value
    .replaceAll(/[[\]"'\s]/g, '')
    .split(',')
    .filter((role) => role !== '');
}
