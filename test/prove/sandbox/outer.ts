import { runInSandbox } from '../../../lib/prove/sandbox/sandbox';

/** The outer half in a process of its own, which can be killed: prints events and the outcome, a JSON document a line. */
async function main(): Promise<void> {
  const { module, input, timeoutMs } = JSON.parse(process.argv[2] ?? '{}') as {
    module: string;
    input: unknown;
    timeoutMs: number;
  };
  try {
    print({ result: await runInSandbox({ module, input, timeoutMs, onEvent: (event) => print({ event }) }) });
  } catch (error) {
    const { name, message, code } = error as Error & { code?: string };
    print({ error: { name, message, code } });
  }
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

void main();
