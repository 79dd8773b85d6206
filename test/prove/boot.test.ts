import { join } from 'node:path';
import { installToolchain } from '../../lib/prove/toolchain/toolchain';
import { aHost, anArtifact } from './network/a-deployment';
import { HAND_WRITTEN } from './runtime/a-hand-written-task';
import type { Booted } from './runtime/boot-scenario';
import { runScenario } from './sandbox/compiled';

const SCENARIO = join(__dirname, 'runtime/boot-scenario.ts');

let booted: Booted;

beforeAll(async () => {
  const toolchain = await installToolchain({ restateVersion: '1.7.12' });
  const written = anArtifact({}, aHost(HAND_WRITTEN));
  // Bytes are passed through, so that callers see the proxy's own certificate.
  const artifact = JSON.parse(JSON.stringify(written).replaceAll('"TLS"', '"TCP"')) as typeof written;
  booted = await runScenario<Booted>(SCENARIO, { input: { artifact, toolchain }, timeoutMs: 60_000 });
}, 90_000);

test('a good caller reaches a handler of a deployment that was written by hand', () => {
  expect(booted.good).toMatchObject({ outcome: 'response', status: 200, body: '{"greeted":"bob"}' });
  expect(booted.programs).toEqual(['restate-server', 'envoy']);
});

test('somebody without a token does not, and the access log says who refused', () => {
  expect(booted.tokenless).toMatchObject({ outcome: 'response', status: 401 });
  expect(booted.logged).toEqual([
    { path: '/Greeter/nobody', status: 401, details: expect.stringMatching(/^jwt_authn_access_denied/) as string },
  ]);
});

test('the records of a server without an admin socket are read over its loopback address', () => {
  expect(booted.journal).toContainEqual({ name: 'content-type', value: 'application/json' });
  expect(booted.nodeName).toBe('solo');
});

test('a second proxy serves on a port of its own until it is stopped', () => {
  const [serving, stopped] = booted.second;
  expect(serving).toMatchObject({ outcome: 'response', status: 200 });
  expect(stopped).toMatchObject({ outcome: 'failed', by: 'refused' });
});

test('what was replaced is said, one by one, and no value of it', () => {
  expect(booted.replaced).toEqual([
    expect.stringContaining('service behind the server'),
    'trusted authorities of every container: the authority of the run alone',
    'gate, key set of login: keys of the run, of the same algorithms',
    'gate: the access log is written out after 50 ms, not 10 s',
    'gate, secret FRONT_CERTIFICATE: a certificate of the run',
    'gate, secret FRONT_KEY: a key of the run',
    'AWS::Region: eu-central-1',
    'gate, secret UNUSED: random',
  ]);
  expect(Object.keys(booted.secrets).toSorted()).toEqual(['FRONT_KEY', 'UNUSED']);
  const said = [...booted.replaced, ...booted.emulated].join('\n');
  for (const value of Object.values(booted.secrets)) expect(said).not.toContain(value);
});

test("the server's environment is the template's, references resolved", () => {
  const variables = booted.environment.split('\0').filter((line) => line !== '');
  expect(variables).toEqual(expect.arrayContaining(['ZONE=eu-central-1a', 'RESTATE_DEFAULT_NUM_PARTITIONS=2']));
  const unknown = variables.filter((line) => !/^(?:RESTATE_\w+|ZONE|PATH|HOME|HOSTNAME)=/.test(line));
  expect(unknown).toEqual([]);
});

test('no container writes a secret of the run', () => {
  for (const value of Object.values(booted.secrets)) expect(booted.logs).not.toContain(value);
});
