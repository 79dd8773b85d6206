import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunClients } from '../../../lib/prove/credentials/run-clients';
import type { ClientCertificateOptions } from '../../../lib/prove/deployment';
import { renderRevocationResource, REVOCATION_SECRET } from '../../../lib/proxy/revocation-list';

const NAME = 'shop.example.com';
const target = {
  kind: 'object',
  service: 'Cart',
  handler: 'add',
  scopes: [],
  certificates: [NAME],
  everybody: false,
} as const;
const file = { path: '/run/portcullis/revocation/sds.json', secret: REVOCATION_SECRET };

let clients: RunClients;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-clients-'));
  clients = await RunClients.create({ demand: { required: true, names: [NAME], file }, name: NAME, target });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function at(name: string): string {
  return join(folder, `${name}.pem`);
}

/** What OpenSSL thinks of a client's certificate, by authority and list of the run. */
function judged(certificate: string, list = clients.list): string {
  const files = { ca: clients.certificate, crl: list, leaf: certificate };
  for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  const authority = ['-CAfile', at('ca'), '-crl_check', '-CRLfile', at('crl'), '-untrusted', at('leaf')];
  try {
    return execFileSync('openssl', ['verify', '-purpose', 'sslclient', ...authority, at('leaf')], { stdio: 'pipe' })
      .toString()
      .includes('OK')
      ? 'good'
      : 'nothing';
  } catch (error) {
    return (error as { stderr: Buffer }).stderr.toString();
  }
}

test('the good certificate is good, has the name of the good caller alone, and no key leaves with it', () => {
  const { subjectAltName } = new X509Certificate(clients.good.certificate);
  expect(judged(clients.good.certificate)).toBe('good');
  expect(subjectAltName).toBe(`DNS:${NAME}`);
  expect(clients.certificate + clients.list).not.toContain('PRIVATE KEY');
});

test('the withdrawn certificate is on the list', () => {
  expect(judged(clients.revoked.certificate)).toContain('certificate revoked');
});

test.each<[string, ClientCertificateOptions, RegExp]>([
  ['of another authority', { signedBy: 'foreign' }, /verification failed|signature failure/],
  ['of a caller as authority', { signedBy: 'caller' }, /invalid CA certificate|unable to get/],
  ['for servers', { purpose: 'server' }, /unsuitable certificate purpose|unsupported certificate purpose/],
  ['expired', { fromHours: -48, untilHours: -1 }, /expired/],
  ['not yet valid', { fromHours: 1 }, /not yet valid/],
])('a certificate that is %s is refused', async (_what, options, reason) => {
  expect(judged((await clients.issue(options)).certificate)).toMatch(reason);
});

test.each<[string, ClientCertificateOptions, string | undefined]>([
  ['a URI', { name: 'spiffe://example.com/audit' }, 'URI:spiffe://example.com/audit'],
  ['an e-mail address', { nameAs: 'email', name: 'shop@example.com' }, 'email:shop@example.com'],
  ['the subject alone', { nameAs: 'subject' }, undefined],
])('a name stands as %s', async (_where, options, name) => {
  expect(new X509Certificate((await clients.issue(options)).certificate).subjectAltName).toBe(name);
});

test('the list is kept where the proxy reads it, in the words of the node, and renewed in one step', async () => {
  const certificate = await clients.issue();
  clients.keepList([{ source: folder, path: '/run/portcullis/revocation/', readOnly: true }]);
  const kept = (): string => readFileSync(join(folder, 'sds.json'), 'utf8');
  expect(kept()).toBe(renderRevocationResource(clients.list));
  await clients.revoke(certificate);
  const [secret] = (JSON.parse(kept()) as { resources: { validation_context: { crl: { inline_string: string } } }[] })
    .resources;
  const list = secret?.validation_context.crl.inline_string ?? '';
  expect(judged(certificate.certificate, list)).toContain('certificate revoked');
  expect(judged(clients.good.certificate, list)).toBe('good');
  expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test('a list that no folder of the node holds is not kept', async () => {
  const other = await RunClients.create({ demand: { required: true, names: [], file }, name: NAME, target });
  other.keepList([{ source: folder, path: '/run/other', readOnly: true }]);
  expect(other.keepsList).toBe(false);
});
