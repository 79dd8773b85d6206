import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ADMIN_CERTIFICATE_ARN, CERTIFICATE_ARN } from '../../examples/aws/mirrored';
import { deployPython } from './deploy-python';

/** The account and the region that the examples' certificates are of. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';

/** A call of the API, by the names of boto3: `call('ec2', 'describe_vpcs', { VpcIds })`. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Call = (service: string, operation: string, parameters?: object) => Promise<any>;

/** An account of AWS that is none: no packet flows, and what it stores of a request is what can be read back. */
export interface Emulator {
  /** What a program needs to talk to it instead of AWS. */
  readonly variables: NodeJS.ProcessEnv;
  readonly call: Call;
  stop(): Promise<void>;
}

const START_MS = 120_000;
const CALL_MS = 120_000;
const STOP_MS = 10_000;

/** Starts it on a free port of the loopback. It ends with `stop`, or with this process, however that ends. */
export async function startEmulator(): Promise<Emulator> {
  const variables: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    MOTO_ACCOUNT_ID: ACCOUNT,
    MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
  };
  const server = python('serve.py', [CERTIFICATE_ARN, ADMIN_CERTIFICATE_ARN], variables);
  const stopped = [server];
  const stop = async (): Promise<void> => void (await Promise.all(stopped.map(ended)));
  try {
    variables['AWS_ENDPOINT_URL'] = await server.line(START_MS);
    const caller = python('call.py', [], variables);
    stopped.push(caller);
    return { variables, stop, call: (...said) => callBy(caller, ...said) };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Program {
  readonly process: ChildProcessWithoutNullStreams;
  /** The next line of its standard output. */
  line(withinMs: number): Promise<string>;
  /** Whoever asks waits for the one before. */
  turn: Promise<unknown>;
}

function python(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Program {
  const child = spawn(deployPython(), ['-B', join(__dirname, 'emulator', script), ...args], { env });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(-2000)));
  child.on('error', (error) => (complaint += error.message));
  const lines = createInterface({ input: child.stdout });
  const line = (withinMs: number): Promise<string> =>
    new Promise((settle, reject) => {
      const over = (): void => {
        clearTimeout(timer);
        lines.off('line', heard).off('close', closed);
      };
      const fail = (why: string): void => {
        over();
        reject(new Error(`${script} ${why}: ${complaint}`));
      };
      const timer = setTimeout(() => fail('does not answer'), withinMs);
      const closed = (): void => fail('has ended');
      const heard = (text: string): void => {
        over();
        settle(text);
      };
      lines.once('close', closed);
      lines.once('line', heard);
    });
  return { process: child, line, turn: Promise.resolve() };
}

async function callBy(caller: Program, service: string, operation: string, parameters: object = {}): Promise<unknown> {
  const mine = caller.turn.then(async () => {
    caller.process.stdin.write(`${JSON.stringify({ service, operation, parameters })}\n`);
    return JSON.parse(await caller.line(CALL_MS)) as { answer?: unknown; error?: string };
  });
  caller.turn = mine.catch(() => undefined);
  const { answer, error } = await mine;
  if (error !== undefined) throw new Error(`${service} ${operation}: ${error}`);
  return answer;
}

/** Both end when their standard input does, and are not asked twice. */
function ended({ process: child }: Program): Promise<void> {
  return new Promise((settle) => {
    if (child.exitCode !== null || child.signalCode !== null) return settle();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('close', () => {
      clearTimeout(timer);
      settle();
    });
    child.stdin.end();
  });
}
