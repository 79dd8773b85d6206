import { App } from 'aws-cdk-lib';
import { InternalStack } from '../../examples/aws/internal-stack';
import { PublicStack } from '../../examples/aws/public-stack';
import type { Example } from './mutant';
import type { Template } from './template';

const templates = new Map<Example, Template>();

/** The example's template as it is synthesised. */
export function secureTemplate(example: Example): Template {
  const known = templates.get(example) ?? synthesise(example);
  templates.set(example, known);
  return known;
}

function synthesise(example: Example): Template {
  const app = new App();
  const stack = example === 'Orders' ? new PublicStack(app, example) : new InternalStack(app, example);
  // Through JSON, so that what is edited is what a file would hold.
  return JSON.parse(JSON.stringify(app.synth().getStackArtifact(stack.artifactId).template)) as Template;
}
