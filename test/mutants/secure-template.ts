import { App, type Stack } from 'aws-cdk-lib';
import { InternalStack } from '../../examples/aws/internal-stack';
import { MutualTlsStack } from '../../examples/aws/mutual-tls-stack';
import { PublicStack } from '../../examples/aws/public-stack';
import { CombinedStack } from './combined-stack';
import type { Example } from './mutant';
import type { Template } from './template';

const STACKS: Readonly<Record<Example, new (scope: App, id: string) => Stack>> = {
  Orders: PublicStack,
  Billing: InternalStack,
  Ledger: MutualTlsStack,
  Combined: CombinedStack,
};

const templates = new Map<Example, Template>();

/** The example's template as it is synthesised. */
export function secureTemplate(example: Example): Template {
  const known = templates.get(example) ?? synthesise(example);
  templates.set(example, known);
  return known;
}

function synthesise(example: Example): Template {
  const app = new App();
  const stack = new STACKS[example](app, example);
  // Through JSON, so that what is edited is what a file would hold.
  return JSON.parse(JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template)) as Template;
}
