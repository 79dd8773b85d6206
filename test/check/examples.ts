import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../../lib/artifact/artifact';
import { readTemplate } from '../../lib/artifact/cloudformation/read-template';
import { parseTemplateText } from '../../lib/artifact/template-text';
import { readTerraform } from '../../lib/artifact/terraform/read-terraform';
import { madeOnce } from '../run/made-once';

export type Cloud = 'aws' | 'google';

/** The stacks of the examples. */
export const EXAMPLES = {
  Orders: 'aws',
  Billing: 'aws',
  Ledger: 'aws',
  Invoices: 'google',
  Storefront: 'google',
} as const satisfies Readonly<Record<string, Cloud>>;

export type Example = keyof typeof EXAMPLES;

/** A template or a configuration, free to be edited before it is read. */
export type EditedFile = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

/** What the examples of a cloud are synthesised to: as cdk.out or as cdktf.out. Synthesised once in a run of Jest, and not to be changed. */
export function exampleFolder(cloud: Cloud): string {
  return madeOnce(`examples-${cloud}`, cloud === 'aws' ? (outdir) => synthesiseAws(outdir) : synthesiseGoogle);
}

/** Those of AWS under every feature flag that the framework recommends. */
export function flaggedFolder(): string {
  return madeOnce('examples-aws-flagged', (outdir) => {
    const flags = readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8');
    synthesiseAws(outdir, JSON.parse(flags) as Readonly<Record<string, unknown>>);
  });
}

// Required where they are used: a test of one cloud does not wait for the framework of the other.
/* oxlint-disable typescript/no-require-imports */
function synthesiseAws(outdir: string, context: Readonly<Record<string, unknown>> = {}): void {
  const { App } = require('aws-cdk-lib') as typeof import('aws-cdk-lib');
  const app = new App({ outdir, context });
  const { PublicStack } =
    require('../../examples/aws/public-stack') as typeof import('../../examples/aws/public-stack');
  const { InternalStack } =
    require('../../examples/aws/internal-stack') as typeof import('../../examples/aws/internal-stack');
  const { MutualTlsStack } =
    require('../../examples/aws/mutual-tls-stack') as typeof import('../../examples/aws/mutual-tls-stack');
  new PublicStack(app, 'Orders');
  new InternalStack(app, 'Billing');
  new MutualTlsStack(app, 'Ledger');
  app.synth();
}

function synthesiseGoogle(outdir: string): void {
  const { App } = require('cdktf') as typeof import('cdktf');
  const app = new App({ outdir });
  const { InternalStack } =
    require('../../examples/google/internal-stack') as typeof import('../../examples/google/internal-stack');
  const { PublicStack } =
    require('../../examples/google/public-stack') as typeof import('../../examples/google/public-stack');
  new InternalStack(app, 'Invoices');
  new PublicStack(app, 'Storefront');
  app.synth();
}
/* oxlint-enable typescript/no-require-imports */

/** The file of an example. */
export function exampleFile(example: Example): string {
  return EXAMPLES[example] === 'aws'
    ? join(exampleFolder('aws'), `${example}.template.json`)
    : join(exampleFolder('google'), 'stacks', example, 'cdk.tf.json');
}

/** What the file of an example reads like, edited before. */
export function exampleArtifact(example: Example, edit: (file: EditedFile) => void = () => undefined): Artifact {
  const file = exampleFile(example);
  const edited = JSON.parse(textOf(file)) as EditedFile;
  edit(edited);
  const content = parseTemplateText(JSON.stringify(edited), file) as Parameters<typeof readTemplate>[0]['content'];
  return EXAMPLES[example] === 'aws'
    ? readTemplate({ name: example, file, content })
    : readTerraform({ name: example, file, content, format: 'terraform' });
}

/** A table of faults reads the same few files again and again. */
const texts = new Map<string, string>();

function textOf(file: string): string {
  const text = texts.get(file) ?? readFileSync(file, 'utf8');
  texts.set(file, text);
  return text;
}
