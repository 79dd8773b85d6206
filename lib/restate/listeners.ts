import { defineListener, type Listener } from '../core/listener';

/**
 * TCP ports of the server, in the vendor's words. `admin` is where the admin API listens when it is not moved to its unix socket:
 * nothing but the proxy beside the server may ever be answered there. `tokioConsole` exists in debug builds alone.
 */
export const RESTATE_PORTS = { ingress: 8080, admin: 9070, fabric: 5122, tokioConsole: 6669 } as const;

/** Where the server keeps its state and its sockets. */
export interface ServerPaths {
  /** Absolute path of the data directory. @default '/var/lib/restate' */
  readonly baseDir?: string;
  /** Name of the node; its state lies below the data directory under this name. @default 'n1' */
  readonly nodeName?: string;
}

/**
 * Where the server offers its admin API: on its unix socket alone, or also on loopback, where the proxy beside it reaches it. The socket
 * stays in either case: it is the way in when the proxy is broken.
 */
export type AdminListener = 'socket' | 'socket-and-loopback';

/** Data directory of the server when nothing else is said. */
export const DEFAULT_BASE_DIR = '/var/lib/restate';

/** Name of the node when nothing else is said. Fixed, because a node that changes its name does not find its state again. */
export const DEFAULT_NODE_NAME = 'n1';

/** The unix socket of the admin API: `<baseDir>/<nodeName>/admin.sock`. Only the server's own user can connect. */
export function adminSocketFile({
  baseDir = DEFAULT_BASE_DIR,
  nodeName = DEFAULT_NODE_NAME,
}: ServerPaths = {}): string {
  return `${baseDir}/${nodeName}/admin.sock`;
}

/**
 * The doors of a single node. None of them leaves the network namespace of the task: the proxy beside the server is the only way in.
 *
 * @see https://docs.restate.dev/server/security
 */
export function restateListeners(
  paths: ServerPaths = {},
  adminListener: AdminListener = 'socket',
): readonly Listener[] {
  return [
    defineListener({
      name: 'ingress',
      bind: { kind: 'loopback', port: RESTATE_PORTS.ingress },
      worth: 'calls any public handler as anybody, and reads results by their id',
    }),
    admin({ kind: 'unix', file: adminSocketFile(paths) }),
    ...(adminListener === 'socket' ? [] : [admin({ kind: 'loopback', port: RESTATE_PORTS.admin })]),
    defineListener({
      name: 'fabric',
      bind: { kind: 'loopback', port: RESTATE_PORTS.fabric },
      worth: 'joins the cluster as a node, reads metrics, configuration and heap profiles',
    }),
  ];
}

function admin(bind: Listener['bind']): Listener {
  return defineListener({
    name: 'admin',
    bind,
    worth: 'rewrites services, reads all state and journals, makes the server call any address',
  });
}
