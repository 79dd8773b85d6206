import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../../../lib/artifact/artifact';
import type { Place } from '../../../lib/prove/deployment';
import { ContainerFactory } from '../../../lib/prove/runtime/container-factory';
import { makeMachineFolders } from '../../../lib/prove/runtime/machine-folders';
import { ReplaceableServer } from '../../../lib/prove/runtime/replaceable-server';
import { awaitServer } from '../../../lib/prove/runtime/replacement';
import { RunValues } from '../../../lib/prove/runtime/run-values';
import { AdminRecords } from '../../../lib/prove/runtime/server-records';
import type { SandboxContext } from '../../../lib/prove/sandbox/inner-main';
import { aContainer } from './a-container';

/** What is replaced, and how long it is waited for. */
export interface Replacement {
  /**
   * Shell lines that the container runs before it becomes the server. In them `$starts` is the number of servers that were started
   * before.
   */
  readonly script: string;
  readonly withinMs?: number;
}

/** What came of a server that was replaced. */
export interface Replaced {
  /** Why it did not come up; absent where it did. */
  readonly failure?: string;
  /** Servers that were started after the first, by whomever. */
  readonly started: number;
}

const ROOT = '/run/test';
const NOBODY = {} as Place;

/** A program with the name of the server, and as much of its behaviour: a dump, a port, and the socket of its operators. */
const SERVER = `
const fs = require('node:fs');
if (process.argv.includes('--dump-config')) {
  console.log('base-dir = "/data"\\nnode-name = "n1"');
} else {
  fs.appendFileSync('/data/started', 'x');
  require('node:net').createServer().listen(8080, '127.0.0.1').on('error', (error) => {
    console.log(error.message);
    process.exit(1);
  });
  fs.mkdirSync('/data/n1', { recursive: true });
  fs.rmSync('/data/n1/admin.sock', { force: true });
  require('node:http').createServer((_, answer) => answer.end()).listen('/data/n1/admin.sock');
}
`;

/** Starts a server, and replaces it. */
export async function sandboxed(input: unknown, context: SandboxContext): Promise<Replaced> {
  const { script: before, ...within } = input as Replacement;
  execFileSync('ip', ['netns', 'add', 'task']);
  execFileSync('ip', ['-n', 'task', 'link', 'set', 'lo', 'up']);
  const script = [
    'starts=$(cat /data/started 2>/dev/null | wc -c)',
    before,
    'exec restate-server -e "$SERVER" --',
  ].join('\n');
  const container = aContainer({
    entryPoint: [['/bin/sh'], ['-c']],
    command: [[script]],
    environment: { SERVER: [SERVER] },
    mounts: [{ volume: 'data', path: '/data', readOnly: false }],
  });
  const host: Host = {
    id: 'Task',
    network: 'awsvpc',
    containers: [container],
    volumes: [{ name: 'data', hostPath: '/var/lib/data' }],
    groups: [],
    publicAddress: false,
    internetRoute: 'none',
  };
  const folders = makeMachineFolders(host, ROOT, context.allUsers);
  const factory = new ContainerFactory({
    host,
    hostname: 'ip-10-0-0-1',
    values: new RunValues(),
    identityKeyPem: 'KEY',
    folders,
    trusted: 'CERTIFICATES',
    programs: { 'restate-server': process.execPath },
    networkNamespace: 'task',
    runFolder: `${ROOT}/containers`,
    allUsers: context.allUsers,
  });
  let number = 0;
  const start = async (): Promise<ReturnType<ContainerFactory['start']>> => {
    const started = factory.start(container, { name: `server-${(number += 1)}`, names: {} });
    await started.started();
    return started;
  };
  const server = new ReplaceableServer(await start(), start);
  const records = new AdminRecords(server, NOBODY);
  const explain = (): string => server.log().trim();
  await awaitServer({ server, records, explain });
  await server.replace('SIGKILL');
  const failure = await awaitServer({ server, records, explain, ...within }).then(() => undefined, message);
  const file = join(folders.mountsOf(container)[0]?.source ?? '', 'started');
  const started = existsSync(file) ? readFileSync(file, 'utf8').length - 1 : 0;
  return { started, ...(failure !== undefined && { failure }) };
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
