import { type ChildProcess, spawn } from 'node:child_process';
import type { Server } from 'node:net';
import { join } from 'node:path';
import type { PassTarget } from './pass-bytes';

/** What the forwarder's process is told. */
export type ForwarderRequest =
  { readonly do: 'pass'; readonly target: PassTarget } | { readonly do: 'open'; readonly port: number };

/**
 * Passes whatever comes in at a listener, opened in any network, on to a target in the network of a namespace. The connection to the
 * target comes from there, so its firewall sees it as one of its own.
 *
 * @param enter command prefix that enters the namespace
 */
export async function forward(listener: Server, enter: readonly string[], target: PassTarget): Promise<void> {
  const child = start(enter);
  await new Promise<void>((settle, reject) => {
    child.once('error', reject);
    child.send({ do: 'pass', target } satisfies ForwarderRequest, listener, {}, (error) => {
      listener.close();
      if (error === null) settle();
      else reject(error);
    });
  });
}

/** Opens a listener in the network of a namespace, for whoever gets it to take its connections elsewhere. */
export function listenIn(enter: readonly string[], port: number): Promise<Server> {
  const child = start(enter);
  return new Promise((settle, reject) => {
    child.once('error', reject);
    child.once('message', (said: string, listener: Server | undefined) => {
      if (listener === undefined) return reject(new Error(said));
      settle(listener);
      child.disconnect();
    });
    child.send({ do: 'open', port } satisfies ForwarderRequest);
  });
}

/** It ends with its channel, which ends with us. */
function start(enter: readonly string[]): ChildProcess {
  const [command, ...args] = [...enter, process.execPath, join(__dirname, 'forwarder-main.js')];
  return spawn(command, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
}
