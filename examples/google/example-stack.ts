import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { LocalBackend, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** Your project. This one is fictitious. */
export const PROJECT = { id: 'example-project', number: '123456789012' } as const;
export const REGION = 'europe-west3';

/** A stack of one project and region. Keep its state where only those who deploy can read it: it names everything. */
export class ExampleStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new LocalBackend(this, { path: 'terraform.tfstate' });
    new GoogleProvider(this, 'Google', { project: PROJECT.id, region: REGION });
    // The bindings ask for exactly the version that they were made of.
    this.addOverride('terraform.required_providers.google.version', '>= 6.50, < 8');
  }
}
