import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { createInterface } from 'node:readline';
import { cryptoProvider, X509CertificateGenerator } from '@peculiar/x509';
import { EXPIRY_SCRIPT } from '../../lib/aws/expiry-script';

const DAY_SECONDS = 86_400;

async function certificate(notAfter: Date, notBefore = new Date()): Promise<string> {
  cryptoProvider.set(webcrypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const name = 'CN=restate.example.com';
  const made = await X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
  });
  return `${made.toString('pem')}\n`;
}

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_SECONDS * 1_000);

/** As the end of a container's first process ends the others. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ESRCH') throw error;
  }
}

function left(line: string): number {
  const { log, certificate_seconds_left: seconds } = JSON.parse(line) as Record<string, unknown>;
  expect(log).toBe('expiry');
  return Number(seconds);
}

/** Its first line, and the code that it ends with when it is asked to. */
async function run(chain: string): Promise<{ line: string; status: number | null }> {
  const child = spawn('/bin/dash', ['-c', EXPIRY_SCRIPT], {
    env: { PATH: process.env['PATH'], TLS_CERTIFICATE: chain },
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((resolve) => lines.once('line', resolve).once('close', () => resolve('')));
  child.kill('SIGTERM');
  const status = await ended;
  endGroup(Number(child.pid));
  return { line, status };
}

describe('the expiry script', () => {
  test.each([
    ['in 30 days', 30],
    ['in 40 years, in the other form of time', 40 * 365],
    ['two days ago', -2],
  ])('says when a certificate ends %s, and ends itself when it is told to', async (_, days) => {
    const { line, status } = await run(await certificate(inDays(days), inDays(days - 10)));
    expect(Math.abs(left(line) - days * DAY_SECONDS)).toBeLessThan(10);
    expect(status).toBe(0);
  });

  test('says when the first of a chain ends, also with line ends of Windows', async () => {
    const chain = (await certificate(inDays(90))) + (await certificate(inDays(20))) + (await certificate(inDays(400)));
    const { line } = await run(chain.replaceAll('\n', '\r\n'));
    expect(Math.abs(left(line) - 20 * DAY_SECONDS)).toBeLessThan(10);
  });

  test.each(['', 'no certificate', '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'])(
    'has no time left where nothing can be read: %j',
    async (chain) => {
      expect(left((await run(chain)).line)).toBe(0);
    },
  );
});
