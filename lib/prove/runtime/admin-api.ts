import { request } from 'node:http';
import { posix } from 'node:path';
import type { Place } from '../deployment';

/** Where the server takes admin calls, as its own configuration says. */
export type AdminAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly address: string; readonly port: number };

/** An admin call. */
export interface AdminCall {
  readonly method?: string;
  readonly json?: unknown;
  readonly timeoutMs?: number;
}

/** What the admin API answered. */
export interface AdminAnswer {
  readonly status: number;
  readonly body: string;
}

const ADMIN_PORT = 9070;
const TIMEOUT_MS = 10_000;

/** Reads the admin listener from a configuration as `--dump-config` prints it: the unix socket wherever there is one. */
export function adminAddress(config: Readonly<Record<string, unknown>>): AdminAddress {
  const admin = (config['admin'] ?? {}) as Readonly<Record<string, unknown>>;
  const mode = text(admin['listen-mode']) ?? text(config['listen-mode']) ?? 'all';
  if (mode !== 'tcp') {
    const folder = [text(config['base-dir']) ?? '/restate-data', text(config['node-name']) ?? ''];
    return { kind: 'unix', path: posix.join(...folder, 'admin.sock') };
  }
  const bound = /^\[?(.*?)\]?:(\d+)$/.exec(text(admin['bind-address']) ?? '');
  const address = bound?.[1] ?? text(admin['bind-ip']) ?? text(config['bind-ip']) ?? '::';
  const port = Number(bound?.[2] ?? admin['bind-port'] ?? ADMIN_PORT);
  return { kind: 'tcp', address: isAny(address) ? '127.0.0.1' : address, port };
}

/**
 * Makes an admin call as somebody with a shell on the machine would: through the socket's file, which is not in the network at all.
 *
 * @param rootOf the process whose file system holds the socket
 * @param task whoever shares the server's network, for servers without such a socket
 */
export function callAdmin(
  where: AdminAddress,
  means: { readonly rootOf: number; readonly task: Place },
  path: string,
  call: AdminCall,
): Promise<AdminAnswer> {
  return where.kind === 'unix'
    ? callSocket(`/proc/${means.rootOf}/root${where.path}`, path, call)
    : callTcp(where, means.task, path, call);
}

function callSocket(socketPath: string, path: string, call: AdminCall): Promise<AdminAnswer> {
  const body = call.json === undefined ? undefined : JSON.stringify(call.json);
  const timeoutMs = call.timeoutMs ?? TIMEOUT_MS;
  return new Promise((settle, reject) => {
    const { method, headers } = head(call);
    const outgoing = request(
      { socketPath, path, method, headers, signal: AbortSignal.timeout(timeoutMs) },
      (answer) => {
        let received = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
        answer.once('end', () => settle({ status: answer.statusCode ?? 0, body: received }));
        answer.once('error', reject);
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

async function callTcp(
  { address, port }: Extract<AdminAddress, { kind: 'tcp' }>,
  task: Place,
  path: string,
  call: AdminCall,
): Promise<AdminAnswer> {
  const { method, headers } = head(call);
  const answer = await task.probe({
    kind: 'http',
    protocol: 'http/1.1',
    address,
    port,
    method,
    path,
    authority: 'localhost',
    headers: Object.entries(headers),
    ...(call.json === undefined ? {} : { body: JSON.stringify(call.json) }),
    timeoutMs: call.timeoutMs ?? TIMEOUT_MS,
  });
  if (answer.outcome !== 'response') {
    throw new Error('the admin API gave no answer');
  }
  return { status: answer.status, body: answer.body };
}

function head(call: AdminCall): { method: string; headers: Record<string, string> } {
  const method = call.method ?? (call.json === undefined ? 'GET' : 'POST');
  const content: Record<string, string> = call.json === undefined ? {} : { 'content-type': 'application/json' };
  return { method, headers: { accept: 'application/json', ...content } };
}

function isAny(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
