import type { ProofTask } from './proof-task';

/** What the half of `keep` that runs in the sandbox is told. Plain JSON. */
export interface KeepTask extends Pick<ProofTask, 'artifact' | 'host' | 'subject' | 'toolchain'> {
  /** Ports of this machine that lead into the sandbox. */
  readonly ports: { readonly ingress: number; readonly operators: number; readonly admin: number };
  /** The developer's own service, in place of the run's: where it is, and the path that it is registered under. */
  readonly service?: { readonly url: string; readonly path: string };
}

/** Names of the listening sockets that cross the border of the sandbox. */
export const KEEP_LISTENERS = {
  ingress: 'ingress',
  operators: 'operators',
  admin: 'admin',
  service: 'service',
} as const;
