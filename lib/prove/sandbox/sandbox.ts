import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Server } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { CannotProveError } from '../cannot-prove-error';
import { childrenOf } from '../runtime/process-tree';
import { findIsolation } from './isolation';
import { REPORT_FD, type SandboxMessage, type SandboxRequest } from './sandbox-message';

/** What to run where nothing can escape or stay behind. */
export interface SandboxOptions {
  /** Absolute path of a compiled module that exports `sandboxed(input, context)`. */
  readonly module: string;
  /** JSON. */
  readonly input: unknown;
  readonly timeoutMs: number;
  /** Told each event that the inner half emits, and where its files are seen from outside. */
  readonly onEvent?: (event: unknown, files: string) => void;
  /** Listening sockets that the module gets, by name; they belong to the sandbox from then on, and end with it. */
  readonly listeners?: Readonly<Record<string, Server>>;
  /** Takes the listening sockets that the module gives away. */
  readonly onListener?: (name: string, listener: Server) => void;
  /** Ends everything in the sandbox at once. */
  readonly signal?: AbortSignal;
}

const GRACE_MS = 1000;
const COMPLAINT_CHARACTERS = 400;

/**
 * Runs a module as the first process of namespaces of its own (processes, mounts, network) and returns what it returns.
 *
 * When this promise settles nothing of it is left. When this process is killed, however, nothing is left either: the kernel kills
 * `unshare` with us (`--pdeathsig`), the first process with `unshare` (`--kill-child`), and with the first process every other,
 * every link, every mount and every file, because all files are on a tmpfs of that mount namespace.
 *
 * @throws CannotProveError where namespaces are not to be had, the time is up, or the sandbox dies; else what the module threw.
 */
export async function runInSandbox(options: SandboxOptions): Promise<unknown> {
  const isolation = await findIsolation();
  const inner = [process.execPath, join(__dirname, 'inner-main.js')];
  const { listeners = {}, onListener } = options;
  const passesSockets = onListener !== undefined || Object.keys(listeners).length > 0;
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'unshare', ...isolation.unshare, '--', ...inner], {
    // A session of its own: Ctrl-C is for us alone, and what follows from it happens in one way only.
    detached: true,
    // An ordinary user's PATH on Debian lacks the folders of `ip` and `nft`.
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', ...(passesSockets ? ['ipc' as const] : [])],
  });
  const { module, input } = options;
  const names = Object.keys(listeners);
  const request: SandboxRequest = { module, input, allUsers: isolation.allUsers, listeners: names };
  child.stdin!.on('error', () => undefined);
  child.stdin!.write(`${JSON.stringify(request)}\n`);
  for (const name of names) pass(child, name, listeners[name]!);
  if (onListener !== undefined) {
    child.on('message', (name, listener) => onListener(name as string, listener as Server));
  }
  return conclude(child, options);
}

/** Once it is passed on, the sandbox alone has it. A sandbox that is gone is told elsewhere. */
function pass(child: ChildProcess, name: string, listener: Server): void {
  child.send(name, listener, {}, () => listener.close());
}

async function conclude(child: ChildProcess, options: SandboxOptions): Promise<unknown> {
  const ended = new Promise<void>((settle) => {
    child.once('close', () => settle());
    child.once('error', () => settle());
  });
  const complaint = collect(child.stderr!);
  let stopped: string | undefined;
  const stop = (reason: string): void => {
    stopped ??= reason;
    end(child);
  };
  const timer = setTimeout(() => stop(`it was not done after ${options.timeoutMs} ms`), options.timeoutMs);
  const onAbort = (): void => stop('it was cancelled');
  options.signal?.addEventListener('abort', onAbort, { once: true });
  // one that was aborted before tells nobody any more
  if (options.signal?.aborted === true) onAbort();
  try {
    const last = await listen(child, (event) => options.onEvent?.(event, filesOf(child)));
    end(child);
    await ended;
    return unwrap(last, stopped ?? `its first process ended early: ${complaint().slice(-COMPLAINT_CHARACTERS)}`);
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
    end(child);
    await ended;
  }
}

/** The inner half ends with its standard input, and takes everything with it; killing it is for when it cannot. */
function end(child: ChildProcess): void {
  child.stdin!.end();
  const killer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.once('close', () => clearTimeout(killer));
  killer.unref();
}

/** Passes events on and returns the last word: a result, an error, or `undefined` when there was none. */
async function listen(child: ChildProcess, onEvent: (event: unknown) => void): Promise<SandboxMessage | undefined> {
  for await (const line of createInterface({ input: child.stdio[REPORT_FD] as Readable })) {
    const message = JSON.parse(line) as SandboxMessage;
    if (message.kind !== 'event') {
      return message;
    }
    onEvent(message.event);
  }
  return undefined;
}

/** The root folder of the first process, which is the only child of `unshare`. */
function filesOf(child: ChildProcess): string {
  return `/proc/${childrenOf(child.pid ?? 0)[0] ?? 0}/root`;
}

function unwrap(last: SandboxMessage | undefined, absence: string): unknown {
  if (last?.kind === 'result') {
    return last.result;
  }
  if (last?.kind === 'error') {
    throw last.code === undefined
      ? Object.assign(new Error(last.message), { name: last.name })
      : Object.assign(new Error(last.message), { name: last.name, code: last.code });
  }
  throw new CannotProveError('SandboxDied', `the sandbox gave no result: ${absence}`, 'run it again, and report it');
}

function collect(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-COMPLAINT_CHARACTERS);
  });
  return () => text.trim();
}
