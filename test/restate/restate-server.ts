import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installToolchain } from '../../lib/prove/toolchain/toolchain';
import { generateIdentityKey } from '../../lib/restate/request-identity';
import type { AdminListener } from '../../lib/restate/listeners';
import { renderServerEnvironment } from '../../lib/restate/server-environment';

/** The release that the tests render for and run. */
export const VERSION = '1.7.12';

/** Command that another is started through in a network of its own, where every port is free. */
export const ALONE: readonly string[] = [
  'unshare',
  '--user',
  '--map-root-user',
  '--net',
  'sh',
  '-c',
  'ip link set lo up; exec "$@"',
  'sh',
];

/** A real server of the rendered environment, in a folder of its own. */
export interface RunningServer {
  readonly process: ChildProcess;
  readonly adminSocket: string;
  /** What services would be given to verify its requests with. */
  readonly publicKey: string;
  log(): string;
  /** An admin API call over the unix socket. */
  admin(path: string, json?: unknown): Promise<{ status: number; body: string }>;
  stop(): Promise<void>;
}

/**
 * Starts the real server with the rendered environment and waits for its admin API.
 *
 * @param options.prefix command that the server is started through
 * @param options.adminListener where it offers its admin API beside the socket that this waits for
 * @param options.overrides environment variables that replace rendered ones, such as ports that are free here
 */
export async function startRestateServer(
  options: { prefix?: readonly string[]; adminListener?: AdminListener; overrides?: Record<string, string> } = {},
): Promise<RunningServer> {
  const { restateServer } = await installToolchain({ restateVersion: VERSION });
  const folder = mkdtempSync(join(tmpdir(), 'restate-'));
  const { privateKeyPem, publicKey } = generateIdentityKey();
  const identityKeyFile = join(folder, 'identity.pem');
  writeFileSync(identityKeyFile, privateKeyPem, { mode: 0o600 });
  const config = {
    version: VERSION,
    clusterName: 'orders',
    baseDir: folder,
    identityKeyFile,
    partitions: 1,
    ...(options.adminListener && { adminListener: options.adminListener }),
  };
  const [command, ...args] = [...(options.prefix ?? []), restateServer, '--no-logo'];
  const server = spawn(command, args, {
    env: { PATH: process.env['PATH'], ...renderServerEnvironment(config), ...options.overrides },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (data: Buffer) => (log += data.toString()));
  const adminSocket = join(folder, 'n1', 'admin.sock');
  const running: RunningServer = {
    process: server,
    adminSocket,
    publicKey,
    log: () => log,
    admin: (path, json) => adminCall(adminSocket, path, json),
    stop: async () => {
      const ended = new Promise((settle) => server.once('exit', settle));
      if (server.exitCode === null && server.kill('SIGKILL')) await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await waitUntilReady(running);
  return running;
}

async function waitUntilReady(server: RunningServer): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline && server.process.exitCode === null) {
    const { status } = await server.admin('/health').catch(() => ({ status: 0 }));
    if (status === 200) return;
    await sleep(50);
  }
  await server.stop();
  throw new Error(`the server did not become ready: ${server.log().slice(-2_000)}`);
}

function adminCall(socketPath: string, path: string, json?: unknown): Promise<{ status: number; body: string }> {
  return new Promise((settle, reject) => {
    const method = json === undefined ? 'GET' : 'POST';
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const call = request({ socketPath, path, method, headers, timeout: 10_000 }, (response) => {
      let body = '';
      response.on('data', (data: Buffer) => (body += data.toString()));
      response.on('end', () => settle({ status: response.statusCode ?? 0, body }));
    });
    call.on('timeout', () => call.destroy(new Error('the admin API did not answer')));
    call.on('error', reject);
    call.end(json === undefined ? undefined : JSON.stringify(json));
  });
}
