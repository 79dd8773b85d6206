import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { readLines } from './read-lines';

/** What a child answers: the result of a request by its number, or why it failed. */
interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly timer: NodeJS.Timeout;
}

/** Where a child writes its answers: not its stdout, where libraries may write too. */
export const REPLIES_FD = 3;

/**
 * A child process that answers requests, one JSON document a line: they come over its stdin, answers go to a pipe of their own.
 *
 * The child ends when its stdin closes, so it cannot outlive us however we end.
 */
export class Channel {
  private readonly child: ChildProcess;
  private readonly requests: Writable;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private complaints = '';
  private ended = false;

  public constructor(argv: readonly string[]) {
    const [command, ...args] = argv;
    if (command === undefined) throw new Error('a channel needs a command');
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'], env: childEnvironment() });
    const pipes = this.child.stdio as unknown as [Writable, Readable, Readable, Readable];
    const [requests, output, complaints, replies] = pipes;
    this.requests = requests.on('error', () => undefined);
    for (const stream of [output, complaints]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.complaints = (this.complaints + text).slice(-2000);
      });
    }
    readLines(replies, (line) => this.settle(JSON.parse(line) as Reply));
    this.child.on('error', (error) => this.failAll(error.message));
    this.child.on('exit', (code, signal) => this.failAll(`ended with ${signal ?? code}`));
  }

  /** Process id of the child, as the supervisor sees it. */
  public get pid(): number | undefined {
    return this.child.pid;
  }

  /** Sends a request and waits for its answer; throws what the child threw, and after `timeoutMs`. */
  public async request<Result>(request: unknown, timeoutMs: number): Promise<Result> {
    if (this.ended) throw this.gone('has ended');
    this.last += 1;
    const id = this.last;
    const reply = new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        reject(this.gone(`gave no answer within ${timeoutMs} ms`));
      }, timeoutMs);
      this.waiting.set(id, { resolve, reject, timer });
    });
    this.requests.write(`${JSON.stringify({ id, request })}\n`);
    return (await reply) as Result;
  }

  /** Closes the child's stdin, which ends it; kills it when it has not ended after a second. */
  public async stop(): Promise<void> {
    if (this.ended) return;
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 1000);
    this.requests.end();
    await exited;
    clearTimeout(timer);
  }

  private settle(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    if (waiting === undefined) return;
    this.waiting.delete(reply.id);
    clearTimeout(waiting.timer);
    if (reply.error === undefined) waiting.resolve(reply.result);
    else waiting.reject(new Error(reply.error));
  }

  private failAll(how: string): void {
    this.ended = true;
    for (const waiting of this.waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(this.gone(how));
    }
    this.waiting.clear();
  }

  private gone(how: string): Error {
    return new Error(`${this.child.spawnargs.slice(-2).join(' ')} ${how}${this.complaints && `: ${this.complaints}`}`);
  }
}

/** A child gets a way to find programs and nothing else of ours: no token of the caller's shell ends up beside an attacker. */
function childEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/sbin:/usr/bin:/sbin:/bin' };
}
