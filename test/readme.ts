import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The README as it stands. */
export const README: string = readFileSync(join(__dirname, '../README.md'), 'utf8');

/** What stands between `<!-- name -->` (anything after the name is a remark) and `<!-- /name -->`. */
export function readmeSection(name: string): string {
  const [, section] = new RegExp(`<!-- ${name}\\b[^>]*-->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(README) ?? [];
  if (section === undefined) throw new Error(`the README has no section ${name}`);
  return section;
}

/** The page about Google Cloud as it stands. */
export const GOOGLE_PAGE: string = readFileSync(join(__dirname, '../GOOGLE.md'), 'utf8');

/** The TypeScript examples of a page, in order. */
export function examplesOf(page: string): readonly string[] {
  return [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
}

/**
 * One app with a stack for each example. An example gets from here what a user has: a network, a certificate, a secret, images; and a
 * `restate` where it speaks of one without making it.
 */
export function awsApp(examples: readonly string[]): string {
  return app(examples, {
    imports: AWS_IMPORTS,
    app: 'new App()',
    given: (name) => `const stack = new Stack(app, '${name}');\n${awsGiven()}`,
    server: AWS_SERVER,
  });
}

/** The same of the page about Google Cloud. */
export function googleApp(examples: readonly string[]): string {
  return app(examples, {
    imports: GOOGLE_IMPORTS,
    app: "new App({ outdir: 'cdktf.out' })",
    given: (name) => `const stack = new TerraformStack(app, '${name}');\n${googleGiven()}`,
    server: GOOGLE_SERVER,
  });
}

/** What a cloud's examples get from here. */
interface Surroundings {
  readonly imports: readonly string[];
  readonly app: string;
  readonly given: (name: string) => string;
  readonly server: string;
}

function app(examples: readonly string[], { imports, app: made, given, server }: Surroundings): string {
  const parts = examples.map((example) => ({
    imports: example.match(/^import .*;$/gm) ?? [],
    body: example.replaceAll(/^import .*;\n+/gm, ''),
  }));
  const all = new Set([...imports, ...parts.flatMap((part) => part.imports)].flatMap(named));
  return [
    ...all,
    `const app = ${made};`,
    ...parts.map(({ body }, index) =>
      ['{', given(`Example${index + 1}`), ...(needsServer(body) ? [server] : []), '{', body, '}', '}'].join('\n'),
    ),
    'app.synth();',
    '',
  ].join('\n');
}

function needsServer(body: string): boolean {
  const speaksOfOne = /(?<!['/.])\brestate\.\w|^ +restate,$/m.test(body);
  return speaksOfOne && !/\bconst restate\b/.test(body);
}

/** An import of several names as several imports, so that the same name in two examples is one. */
function named(line: string): readonly string[] {
  const [, type = '', names = '', from = ''] = /^import (type )?\{ (.*) \} from (.*);$/.exec(line) ?? [];
  if (from === '') throw new Error(`README examples import by name, not like this: ${line}`);
  return names.split(', ').map((name) => {
    const [, ofType = '', bare = ''] = /^(type )?(.+)$/.exec(name) ?? [];
    return `import ${type || ofType}{ ${bare} } from ${from};`;
  });
}

const AWS_IMPORTS = [
  "import { App, Stack } from 'aws-cdk-lib';",
  "import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';",
  "import { MachineImage, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';",
  "import { Repository } from 'aws-cdk-lib/aws-ecr';",
  "import { Secret } from 'aws-cdk-lib/aws-secretsmanager';",
  "import { IngressAuth, RestateServer } from 'portcullis/aws';",
  "import type { ServerImages } from 'portcullis/aws';",
];

function jwks(): string {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  return JSON.stringify({ keys: [{ ...key, kid: 'one', alg: 'ES256', use: 'sig' }] });
}

function awsGiven(): string {
  const digest = `sha256:${'0'.repeat(64)}`;
  return `
    const vpc = new Vpc(stack, 'Network', { maxAzs: 2, natGateways: 1 });
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:111122223333:certificate/c');
    const identityKey = Secret.fromSecretNameV2(stack, 'IdentityKey', 'identity');
    const publicKey = 'publickeyv1_Gi7uG1RWNKUUBgjm91CyBmq1dWJVJizAKnwAqjYgeyhG';
    const callers = new SecurityGroup(stack, 'Callers', { vpc });
    const greeterRepository = new Repository(stack, 'GreeterRepository');
    const jwks = ${jwks()} as const;
    const image = (name: string, tag: string) =>
      ({ repository: Repository.fromRepositoryName(stack, name, 'mirror'), tag, digest: '${digest}' });
    const images: ServerImages = {
      restate: image('R', '1.7.12'), envoy: image('E', 'distroless-v1.40.0'), certificate: image('C', 'v1.40.0'),
      machine: MachineImage.genericLinux({ 'eu-central-1': 'ami-00000000000000000' }),
    };`;
}

const AWS_SERVER = `
    const restate = new RestateServer(stack, 'Given', {
      vpc, images, identity: { secret: identityKey, publicKey },
      ingress: {
        certificate, hostnames: ['restate.example.com'],
        auth: IngressAuth.jwt({ issuer: 'https://login.example.com/', audiences: ['orders'], jwks }),
      },
    });`;

const GOOGLE_IMPORTS = [
  "import { GoogleProvider } from '@cdktf/provider-google/lib/provider';",
  "import { App, TerraformStack } from 'cdktf';",
  "import { IngressAuth, PrivateNetwork, ProxyCertificate, RestateServer, SecretVersion } from 'portcullis/google';",
  "import type { ServerImages } from 'portcullis/google';",
];

function googleGiven(): string {
  const digest = `sha256:${'0'.repeat(64)}`;
  return `
    new GoogleProvider(stack, 'Google', { project: 'my-project', region: 'europe-west3' });
    const project = { id: 'my-project', number: '123456789012' };
    const secret = (name: string) => SecretVersion.of({ secret: \`projects/my-project/secrets/\${name}\`, version: '1' });
    const identityKey = secret('identity');
    const certificate = secret('certificate');
    const privateKey = secret('certificate-key');
    const jwks = ${jwks()} as const;
    const pinned = (tag: string) =>
      ({ repository: 'europe-west3-docker.pkg.dev/my-project/mirror/image', tag, digest: '${digest}' });
    const image = pinned('1.0.0');
    const images: ServerImages = {
      restate: pinned('1.7.12'), envoy: pinned('distroless-v1.40.0'),
      machine: 'projects/cos-cloud/global/images/cos-121-18867-90-59',
    };`;
}

const GOOGLE_SERVER = `
    const restate = new RestateServer(stack, 'Given', {
      project, zone: 'europe-west3-a', images,
      network: new PrivateNetwork(stack, 'GivenNetwork', { cidr: '10.20.0.0/24', region: 'europe-west3' }),
      identity: { secret: identityKey, publicKey: 'publickeyv1_Gi7uG1RWNKUUBgjm91CyBmq1dWJVJizAKnwAqjYgeyhG' },
      ingress: {
        certificate: ProxyCertificate.fromSecret({ certificate, privateKey }), hostnames: ['restate.example.com'],
        auth: IngressAuth.jwt({ issuer: 'https://login.example.com/', audiences: ['orders'], jwks }),
      },
    });`;
