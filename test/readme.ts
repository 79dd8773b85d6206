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

/** The TypeScript examples, in order. */
export function readmeExamples(): readonly string[] {
  return [...README.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
}

/**
 * One app with a stack for each example. An example gets from here what a user has: a network, a certificate, a secret, images; and a
 * `restate` where it speaks of one without making it.
 */
export function readmeApp(examples: readonly string[]): string {
  const parts = examples.map((example) => ({
    imports: example.match(/^import .*;$/gm) ?? [],
    body: example.replaceAll(/^import .*;\n+/gm, ''),
  }));
  const imports = new Set([...GIVEN_IMPORTS, ...parts.flatMap((part) => part.imports)].flatMap(named));
  return [
    ...imports,
    'const app = new App();',
    ...parts.map(({ body }, index) => renderExample(`Example${index + 1}`, body)),
    'app.synth();',
    '',
  ].join('\n');
}

function renderExample(name: string, body: string): string {
  const needsServer = /(?<!['/.])\brestate\.\w/.test(body) && !/\bconst restate\b/.test(body);
  return [
    '{',
    `const stack = new Stack(app, '${name}');`,
    given(),
    ...(needsServer ? [SERVER] : []),
    '{',
    body,
    '}',
    '}',
  ].join('\n');
}

/** An import of several names as several imports, so that the same name in two examples is one. */
function named(line: string): readonly string[] {
  const [, type = '', names = '', from = ''] = /^import (type )?\{ (.*) \} from (.*);$/.exec(line) ?? [];
  if (from === '') throw new Error(`README examples import by name, not like this: ${line}`);
  return names.split(', ').map((name) => `import ${type}{ ${name} } from ${from};`);
}

const GIVEN_IMPORTS = [
  "import { App, Stack } from 'aws-cdk-lib';",
  "import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';",
  "import { MachineImage, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';",
  "import { Repository } from 'aws-cdk-lib/aws-ecr';",
  "import { Secret } from 'aws-cdk-lib/aws-secretsmanager';",
  "import { IngressAuth, RestateServer } from 'portcullis/aws';",
  "import type { ServerImages } from 'portcullis/aws';",
];

function given(): string {
  const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  const digest = `sha256:${'0'.repeat(64)}`;
  return `
    const vpc = new Vpc(stack, 'Network', { maxAzs: 2, natGateways: 1 });
    const certificate = Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:eu-central-1:111122223333:certificate/c');
    const identityKey = Secret.fromSecretNameV2(stack, 'IdentityKey', 'identity');
    const publicKey = 'publickeyv1_Gi7uG1RWNKUUBgjm91CyBmq1dWJVJizAKnwAqjYgeyhG';
    const callers = new SecurityGroup(stack, 'Callers', { vpc });
    const greeterRepository = new Repository(stack, 'GreeterRepository');
    const jwks = { keys: [${JSON.stringify({ ...key, kid: 'one', alg: 'ES256', use: 'sig' })}] };
    const image = (name: string, tag: string) =>
      ({ repository: Repository.fromRepositoryName(stack, name, 'mirror'), tag, digest: '${digest}' });
    const images: ServerImages = {
      restate: image('R', '1.7.12'), envoy: image('E', 'distroless-v1.40.0'), certificate: image('C', 'v1.40.0'),
      machine: MachineImage.genericLinux({ 'eu-central-1': 'ami-00000000000000000' }),
    };`;
}

const SERVER = `
    const restate = new RestateServer(stack, 'Given', {
      vpc, images, identity: { secret: identityKey, publicKey },
      ingress: {
        certificate, hostnames: ['restate.example.com'],
        auth: IngressAuth.jwt({ issuer: 'https://login.example.com/', audiences: ['orders'], jwks }),
      },
    });`;
