import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type TerraformStack } from 'cdktf';
import { InternalStack } from '../../../examples/google/internal-stack';
import { PublicStack } from '../../../examples/google/public-stack';
import type { Configuration } from './configuration';

/** The secure example that a mutant is made of. */
export type GoogleExample = 'Invoices' | 'Storefront';

const STACKS: Readonly<Record<GoogleExample, new (scope: App, id: string) => TerraformStack>> = {
  Invoices: InternalStack,
  Storefront: PublicStack,
};

const configurations = new Map<GoogleExample, Configuration>();

/** The example's configuration as it is synthesised. */
export function secureConfiguration(example: GoogleExample): Configuration {
  const known = configurations.get(example) ?? synthesise(example);
  configurations.set(example, known);
  return known;
}

/** Through a file, which is what is edited and what terraform is given. */
function synthesise(example: GoogleExample): Configuration {
  const outdir = mkdtempSync(join(tmpdir(), 'portcullis-example-'));
  try {
    const app = new App({ outdir });
    new STACKS[example](app, example);
    app.synth();
    return JSON.parse(readFileSync(join(outdir, 'stacks', example, 'cdk.tf.json'), 'utf8')) as Configuration;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
