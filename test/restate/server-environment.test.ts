import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parse } from 'smol-toml';
import { installToolchain } from '../../lib/prove/toolchain/toolchain';
import type { ServerConfig } from '../../lib/restate/server-config';
import { renderServerEnvironment } from '../../lib/restate/server-environment';
import { ALONE, startRestateServer, VERSION, type RunningServer } from './restate-server';

const LEAST: ServerConfig = { version: VERSION, clusterName: 'orders' };

/** No value is the server's own default, so that none comes back by chance. */
const EVERY_OPTION: Required<ServerConfig> = {
  version: VERSION,
  clusterName: 'payments',
  nodeName: 'node-7',
  baseDir: '/srv/restate-data',
  identityKeyFile: '/run/secrets/other.pem',
  adminListener: 'socket-and-loopback',
  requestIdentityExpirationSeconds: 7,
  partitions: 3,
  rocksdbMemoryMib: 777,
  journalRetentionSeconds: 5_400,
  idempotencyRetentionSeconds: 1,
  workflowRetentionSeconds: 90_061,
  concurrentInvocations: 17,
  inactivityTimeoutSeconds: 61,
  abortTimeoutSeconds: 3_601,
  shutdownTimeoutSeconds: 49,
};

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  day: 86_400,
  days: 86_400,
  d: 86_400,
  h: 3_600,
  m: 60,
  s: 1,
};

/** The server writes `5400s` as `1h 30m` and `2048 MiB` as `2.0 GiB`; anything else is compared as it is. */
function canonical(value: unknown): string {
  const text = String(value);
  if (/^\d+(?:\.\d+)? [MG]iB$/.test(text)) return `${Number.parseFloat(text) * (text.endsWith('GiB') ? 1_024 : 1)} MiB`;
  if (!/^(?:\d+(?:days?|d|h|m|s)\s?)+$/.test(text)) return text;
  const parts = [...text.matchAll(/(\d+)([a-z]+)/g)];
  return `${parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_SECONDS[unit!]!, 0)}s`;
}

/** `RESTATE_WORKER__INVOKER__A_B` -> `worker`, `invoker`, `a-b`. */
function keyPath(variable: string): string[] {
  return variable
    .slice('RESTATE_'.length)
    .split('__')
    .map((part) => part.toLowerCase().replaceAll('_', '-'));
}

function at(config: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], config);
}

async function dumpConfig(env: Record<string, string>): Promise<unknown> {
  const { restateServer } = await installToolchain({ restateVersion: VERSION });
  return parse(execFileSync(restateServer, ['--dump-config'], { env, encoding: 'utf8', timeout: 10_000 }));
}

describe('the environment of a node', () => {
  test.each([
    ['nothing is said', LEAST],
    ['everything is said', EVERY_OPTION],
  ])('comes back from the server itself, key by key, when %s', async (_, config) => {
    const environment = renderServerEnvironment(config);
    const effective = await dumpConfig(environment);

    const { DO_NOT_TRACK, ...keys } = environment;
    expect(DO_NOT_TRACK).toBe('1');
    const given = Object.entries(keys).map(([variable, value]) => [variable, canonical(value)]);
    const read = Object.keys(keys).map((variable) => [variable, canonical(at(effective, keyPath(variable)))]);
    expect(read).toEqual(given);
  });

  test('is compared with what would be missed: the server ignores a key that it does not know', async () => {
    const effective = await dumpConfig({
      ...renderServerEnvironment(LEAST),
      RESTATE_ADMIN__BIND_ADRESS: '127.0.0.1:1',
    });

    expect(at(effective, keyPath('RESTATE_ADMIN__BIND_ADRESS'))).toBeUndefined();
  });

  test('uses each option that it takes', () => {
    const least = renderServerEnvironment(EVERY_OPTION);
    for (const option of Object.keys(EVERY_OPTION).filter((name) => name !== 'version')) {
      const value = EVERY_OPTION[option as keyof ServerConfig];
      const other = option === 'adminListener' ? 'socket' : typeof value === 'number' ? value + 1 : `${value}x`;
      expect(renderServerEnvironment({ ...EVERY_OPTION, [option]: other })).not.toEqual(least);
    }
  });

  test('holds no secret and no address but loopback', () => {
    for (const value of Object.values(renderServerEnvironment(LEAST))) {
      expect(value).not.toContain('PRIVATE KEY');
      expect(value).not.toMatch(/0\.0\.0\.0|\[::\]/);
    }
  });

  test('never uses the deprecated key of the request identity, which 1.8 would ignore', () => {
    expect(renderServerEnvironment(LEAST)).not.toHaveProperty('RESTATE_REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE');
  });
});

/** Ports on 127.0.0.1 as the kernel writes them: little-endian hexadecimal. */
const [FABRIC, INGRESS, ADMIN] = ['0100007F:1402', '0100007F:1F90', '0100007F:236E'];

/** Addresses that the network namespace of a server listens on. */
function listening(server: RunningServer, family: 'tcp' | 'tcp6'): string[] {
  const table = readFileSync(`/proc/${server.process.pid}/net/${family}`, 'utf8').trim().split('\n').slice(1);
  return table
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([, local, , state]) => (state === '0A' ? [local!] : []))
    .sort();
}

describe('a server of that environment', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startRestateServer({ prefix: ALONE });
  });
  afterAll(() => server.stop());

  test('listens on 127.0.0.1 for ingress and fabric, and nowhere else in either address family', () => {
    expect(listening(server, 'tcp')).toEqual([FABRIC, INGRESS]);
    expect(listening(server, 'tcp6')).toEqual([]);
  });

  test('answers admin calls on its unix socket', async () => {
    expect((await server.admin('/version')).status).toBe(200);
  });

  test('has no web UI', async () => {
    expect((await server.admin('/ui/')).status).toBe(404);
  });

  test('does not show its configuration to queries', async () => {
    const { status } = await server.admin('/query', { query: 'SELECT * FROM config' });

    expect(status).not.toBe(200);
  });

  test('signs with the key whose public half we print', () => {
    expect(server.log()).toContain(server.publicKey);
  });
});

describe('a server whose admin API the proxy reaches', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startRestateServer({ prefix: ALONE, adminListener: 'socket-and-loopback' });
  });
  afterAll(() => server.stop());

  test('listens on 127.0.0.1 for admin too, and nowhere else in either address family', () => {
    expect(listening(server, 'tcp')).toEqual([FABRIC, INGRESS, ADMIN]);
    expect(listening(server, 'tcp6')).toEqual([]);
  });

  test('still answers on its unix socket, and opens none for ingress or fabric', async () => {
    const sockets = readdirSync(dirname(server.adminSocket)).filter((name) => name.endsWith('.sock'));

    expect((await server.admin('/version')).status).toBe(200);
    expect(sockets).toEqual(['admin.sock']);
  });
});
