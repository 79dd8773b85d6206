import { createInterface } from 'node:readline';

/**
 * The child's end of a `Channel`: answers each request line, several at a time, and ends the process when stdin closes.
 */
export function serveRequests(answer: (request: unknown) => Promise<unknown>): void {
  // A closed pipe means that the supervisor is gone: there is nobody left to tell.
  process.stdout.on('error', () => process.exit(0));
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const { id, request } = JSON.parse(line) as { readonly id: number; readonly request: unknown };
    answer(request).then(
      (result) => send({ id, result: result ?? null }),
      (error: unknown) => send({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  });
  lines.on('close', () => process.exit(0));
}

function send(reply: object): void {
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
