import { execFileSync } from 'node:child_process';
import { mkdirSync, writeSync } from 'node:fs';
import type { Server } from 'node:net';
import { createInterface } from 'node:readline';
import { REPORT_FD, type SandboxMessage, type SandboxRequest } from './sandbox-message';

/** What the sandbox tells the module that runs in it. */
export interface SandboxContext {
  /** Tells the outer half something; JSON. */
  emit(event: unknown): void;
  /** Whether every uid is mapped, so that containers run as the users they ask for. */
  readonly allUsers: boolean;
  /** Listening sockets of the machine outside, by name. */
  readonly listeners: Readonly<Record<string, Server>>;
  /** Gives a listening socket of the sandbox to the outer half. */
  give(name: string, listener: Server): Promise<void>;
}

/** What a module that runs in the sandbox exports. */
export interface SandboxedModule {
  sandboxed(input: unknown, context: SandboxContext): Promise<unknown>;
}

/** The first process of the sandbox: with it everything ends, so it ends as soon as nobody holds its standard input open. */
function main(): void {
  const lines = createInterface({ input: process.stdin });
  lines.once('line', (line) => {
    void work(JSON.parse(line) as SandboxRequest).then(() => process.exit(0));
  });
  lines.once('close', () => process.exit(1));
}

async function work(request: SandboxRequest): Promise<void> {
  try {
    furnish();
    const listeners = await received(request.listeners);
    const module = require(request.module) as SandboxedModule;
    const emit = (event: unknown): void => report({ kind: 'event', event });
    const context: SandboxContext = { emit, allUsers: request.allUsers, listeners, give };
    report({ kind: 'result', result: await module.sandboxed(request.input, context) });
  } catch (error) {
    report(describe(error));
  }
}

/** Sockets cross the border of the sandbox as they are: what they were opened in stays where it is. */
function received(names: readonly string[]): Promise<Readonly<Record<string, Server>>> {
  const listeners: Record<string, Server> = {};
  if (names.length === 0) return Promise.resolve(listeners);
  return new Promise((settle) => {
    process.on('message', (name: string, listener: Server) => {
      listeners[name] = listener;
      if (names.every((each) => Object.hasOwn(listeners, each))) settle(listeners);
    });
  });
}

function give(name: string, listener: Server): Promise<void> {
  return new Promise((settle, reject) => {
    if (process.send === undefined) return reject(new Error(`nobody outside takes the listener ${name}`));
    process.send(name, listener, {}, (error) => {
      listener.close();
      if (error === null) settle();
      else reject(error);
    });
  });
}

/** All files of a run are on a tmpfs that nobody outside sees; `ip netns` keeps its names under /run, too. */
function furnish(): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=0755,nosuid,nodev', 'tmpfs', '/run']);
  mkdirSync('/run/netns');
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
}

function describe(error: unknown): SandboxMessage {
  if (!(error instanceof Error)) {
    return { kind: 'error', name: 'Error', message: String(error) };
  }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { kind: 'error', name: error.name, message: error.message, ...code };
}

function report(message: SandboxMessage): void {
  let rest = Buffer.from(`${JSON.stringify(message)}\n`);
  while (rest.length > 0) {
    rest = rest.subarray(writeSync(REPORT_FD, rest));
  }
}

main();
