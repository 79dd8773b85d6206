import { join } from 'node:path';
import { readArtifacts } from '../../../lib/artifact/read';
import { installToolchain } from '../../../lib/prove/toolchain/toolchain';
import { runScenario } from '../sandbox/compiled';
import type { BootedMachine } from './machine-scenario';

const FIXTURE = join(__dirname, '../../fixtures/google/hand-written.tf.json');

let booted: BootedMachine;

beforeAll(async () => {
  const toolchain = await installToolchain({ restateVersion: '1.7.12' });
  const [artifact] = readArtifacts(FIXTURE);
  const scenario = join(__dirname, 'machine-scenario.ts');
  booted = await runScenario<BootedMachine>(scenario, { input: { artifact, toolchain }, timeoutMs: 60_000 });
}, 90_000);

test('a machine that was written by hand runs the real servers, and a good caller reaches a service of Cloud Run', () => {
  expect(booted.programs).toEqual(['restate-server', 'envoy']);
  expect(booted.good).toMatchObject({ outcome: 'response', status: 200, body: '{"greeted":"bob"}' });
});

test('the server asks the metadata server for an ID token, and nothing else of it', () => {
  const paths = booted.metadataRequests.map((request) => request.replace(/\?.*/, ''));
  expect(new Set(paths)).toEqual(new Set(['GET /computeMetadata/v1/instance/service-accounts/default/identity']));
});

test("the server shows that token to Google's front end, which hands its requests on in HTTP/2", () => {
  expect(booted.front).toContain('GET /discover x-serverless-authorization h2c 200');
  expect(booted.front).toContain('POST /invoke/Greeter/greet x-serverless-authorization h2c 200');
});

test('a secret file is for its owner to read, and for nobody else', () => {
  const owners = booted.allUsers ? ['1000:1000', '1001:1001'] : ['0:0', '0:0'];
  expect(booted.files).toEqual([
    `/keys/signing.pem 400 ${owners[0]}`,
    `/tls/cert.pem 400 ${owners[1]}`,
    `/tls/key.pem 400 ${owners[1]}`,
  ]);
});

test('the server that takes the place of another one finds its secret files', () => {
  expect(booted.again).toMatchObject({ outcome: 'response', status: 200, body: '{"greeted":"bob"}' });
});

test('what secret files were given is said, and no value of it', () => {
  expect(booted.replaced.filter((line) => line.startsWith('secret file'))).toEqual([
    'secret file /run/orders/keys/signing.pem: a fresh Ed25519 key',
    'secret file /run/orders/tls/cert.pem: a certificate of the run',
    'secret file /run/orders/tls/key.pem: a key of the run',
  ]);
  expect(Object.keys(booted.secrets)).toEqual(['/run/orders/keys/signing.pem', '/run/orders/tls/key.pem']);
  for (const value of Object.values(booted.secrets)) {
    for (const line of value.split('\n').filter((each) => each.length > 20)) expect(booted.said).not.toContain(line);
  }
});
