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

/** The volume as EC2 knows it. */
export interface VolumeState {
  /** Id of the machine that has it, or empty. */
  holder: string;
  /** Value of the marker tag, or empty. */
  tag: string;
  /** Id that EC2 answers with. */
  id: string;
}

/** Stands in for the EC2 query API and the instance metadata service of one machine. Every signature is checked. */
export interface FakeEc2 {
  readonly volume: VolumeState;
  /** Query of each call that was let through. */
  readonly calls: URLSearchParams[];
  /** Environment of a client: where to find both, and whom to trust. */
  readonly environment: Readonly<Record<string, string>>;
  readonly certificatePem: string;
  close(): Promise<void>;
}

/** @param onAttach what the machine sees when a volume was attached to it */
export async function fakeEc2(volume: VolumeState, onAttach: () => void): Promise<FakeEc2> {
  const calls: URLSearchParams[] = [];
  const { certificatePem, privateKeyPem } = await certificate();
  const metadata = createHttpServer((request, response) => response.end(metadataAnswer(request)));
  const ec2 = createHttpsServer({ cert: certificatePem, key: privateKeyPem }, (request, response) => {
    void text(request).then((body) => {
      if (!signed(request, body)) return response.writeHead(403).end('<Code>SignatureDoesNotMatch</Code>');
      const query = new URLSearchParams(body);
      calls.push(query);
      return response.end(answer(query, volume, onAttach));
    });
  });
  const ports = [await listen(metadata), await listen(ec2)];
  return {
    volume,
    calls,
    certificatePem,
    environment: { METADATA: `http://127.0.0.1:${ports[0]}`, AWS_REGION: REGION, URL_SUFFIX: `localhost:${ports[1]}` },
    close: async () => {
      for (const server of [metadata, ec2]) {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  };
}

function answer(query: URLSearchParams, volume: VolumeState, onAttach: () => void): string {
  switch (String(query.get('Action'))) {
    case 'DescribeVolumes': {
      const attached = volume.holder === '' ? '' : `<item>\n<instanceId>${volume.holder}</instanceId>\n</item>`;
      const name = '<item>\n<key>Name</key>\n<value>data</value>\n</item>';
      const tag =
        volume.tag === '' ? '' : `<item>\n<key>portcullis:marker</key>\n<value>${volume.tag}</value>\n</item>`;
      return `<volumeSet>\n<item>\n<volumeId>${volume.id}</volumeId>\n<attachmentSet>${attached}</attachmentSet>\n<tagSet>\n${name}${tag}\n</tagSet>\n</item>\n</volumeSet>\n`;
    }
    case 'AttachVolume':
      volume.holder = String(query.get('InstanceId'));
      onAttach();
      return '<status>attaching</status>';
    case 'CreateTags':
      volume.tag = String(query.get('Tag.1.Value'));
      return '<return>true</return>';
    default:
      return '<Code>InvalidAction</Code>';
  }
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
function signed(request: IncomingMessage, body: string): boolean {
  const [, scope = '', names = '', signature = ''] =
    /Credential=ASIAEXAMPLE\/([^,]+), *SignedHeaders=([^,]+), *Signature=(\w+)/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = ['POST', '/', '', headers.join(''), names, sha256(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<Buffer | string>((sum, part) => hmac(sum, part), `AWS4${SECRET_ACCESS_KEY}`);
  return (
    scope.endsWith(`/${REGION}/ec2/aws4_request`) &&
    names.split(';').includes('x-amz-security-token') &&
    request.headers['x-amz-security-token'] === SESSION_TOKEN &&
    hmac(key, toSign).toString('hex') === signature
  );
}

const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Buffer | string, data: string): Buffer => createHmac('sha256', key).update(data).digest();

async function certificate(): Promise<{ certificatePem: string; privateKeyPem: string }> {
  cryptoProvider.set(webcrypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=ec2',
    keys,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: `ec2.${REGION}.localhost` }])],
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
