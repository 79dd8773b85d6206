import 'reflect-metadata';
import { createHash, createHmac, webcrypto } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { cryptoProvider, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';

export const SECRET_ACCESS_KEY = 'planted/SECRET+access+key';
export const SESSION_TOKEN = 'planted-session-token==';
const REGION = 'eu-central-1';

/** What the API answers to a call whose signature is good. */
export interface Answer {
  /** @default 200 */
  readonly status?: number;
  readonly body: string;
}

/** Stands in for one AWS API and the instance metadata service of one machine. Every signature is checked. */
export interface FakeAws {
  /** Environment of a client: where to find both, and whom to trust. */
  readonly environment: Readonly<Record<string, string>>;
  readonly certificatePem: string;
  close(): Promise<void>;
}

/**
 * @param service as it stands in host name and signature, e.g. `ec2`
 * @param hold the answer to each call
 */
export async function fakeAws(
  service: string,
  hold: (request: IncomingMessage, body: string) => Answer,
): Promise<FakeAws> {
  const { certificatePem, privateKeyPem } = await certificate(service);
  const metadata = createHttpServer((request, response) => response.end(metadataAnswer(request)));
  const api = createHttpsServer({ cert: certificatePem, key: privateKeyPem }, (request, response) => {
    void text(request).then((body) => {
      const answer = signed(service, request, body)
        ? hold(request, body)
        : { status: 403, body: '<Code>SignatureDoesNotMatch</Code>' };
      response.writeHead(answer.status ?? 200).end(answer.body);
    });
  });
  const ports = [await listen(metadata), await listen(api)];
  return {
    certificatePem,
    environment: { METADATA: `http://127.0.0.1:${ports[0]}`, AWS_REGION: REGION, URL_SUFFIX: `localhost:${ports[1]}` },
    close: async () => {
      for (const server of [metadata, api]) {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  };
}

/** Version 2 of the service alone: a token, then the answer. */
function metadataAnswer({ method, url, headers }: IncomingMessage): string {
  if (method === 'PUT' && url === '/latest/api/token') return 'metadata-token';
  if (headers['x-aws-ec2-metadata-token'] !== 'metadata-token') return '';
  const credentials = {
    Code: 'Success',
    AccessKeyId: 'ASIAEXAMPLE',
    SecretAccessKey: SECRET_ACCESS_KEY,
    Token: SESSION_TOKEN,
  };
  const answers: Record<string, string> = {
    '/latest/meta-data/instance-id': 'i-0me',
    '/latest/meta-data/iam/security-credentials/': 'MachineRole',
    '/latest/meta-data/iam/security-credentials/MachineRole': JSON.stringify(credentials, null, 2),
  };
  return answers[String(url)] ?? '';
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signed(service: string, request: IncomingMessage, body: string): boolean {
  const [, scope = '', names = '', signature = ''] =
    /Credential=ASIAEXAMPLE\/([^,]+), *SignedHeaders=([^,]+), *Signature=(\w+)/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, request.url, '', headers.join(''), names, sha256(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer | string>((sum, part) => hmac(sum, part), `AWS4${SECRET_ACCESS_KEY}`);
  return (
    scope.endsWith(`/${REGION}/${service}/aws4_request`) &&
    names.split(';').includes('x-amz-security-token') &&
    request.headers['x-amz-security-token'] === SESSION_TOKEN &&
    hmac(key, toSign).toString('hex') === signature
  );
}

const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();

async function certificate(service: string): Promise<{ certificatePem: string; privateKeyPem: string }> {
  cryptoProvider.set(webcrypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${service}`,
    keys,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: `${service}.${REGION}.localhost` }])],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    certificatePem: made.toString('pem'),
    privateKeyPem: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}
