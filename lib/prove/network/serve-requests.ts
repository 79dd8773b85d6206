import { Socket } from 'node:net';
import { REPLIES_FD } from './channel';
import { readLines } from './read-lines';

/**
 * The child's end of a `Channel`: answers each request line, several at a time, and ends the process when stdin closes.
 */
export function serveRequests(answer: (request: unknown) => Promise<unknown>): void {
  const replies = new Socket({ fd: REPLIES_FD, readable: false, writable: true });
  // A closed pipe means that the supervisor is gone: there is nobody left to tell.
  replies.on('error', () => process.exit(0));
  process.stdout.on('error', () => process.exit(0));
  const send = (reply: object): void => void replies.write(`${JSON.stringify(reply)}\n`);
  readLines(process.stdin, (line) => {
    const { id, request } = JSON.parse(line) as { readonly id: number; readonly request: unknown };
    answer(request).then(
      (result) => send({ id, result: result ?? null }),
      (error: unknown) => send({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0));
}
