import type { Artifact } from './artifact';
import { withForeignRules } from './cloudformation/foreign-rules';
import { readTemplate } from './cloudformation/read-template';
import { findTemplates } from './template-files';
import { readTerraform } from './terraform/read-terraform';

/**
 * Reads what was synthesised: every stack of a cloud assembly (`cdk.out`) or of cdktf (`cdktf.out`), every template of a folder, one template
 * as JSON or YAML, one `cdk.tf.json`, or a plan of Terraform as JSON.
 * Stacks without any host are returned, too: whether there is a deployment to look at is the caller's question.
 *
 * @throws UnreadableError when nothing can be looked at: no such path, no template, not JSON or YAML
 */
export function readArtifacts(path: string): Artifact[] {
  const files = findTemplates(path);
  const artifacts = files.map((file) => (file.format === 'cloudformation' ? readTemplate(file) : readTerraform(file)));
  return [...withForeignRules(artifacts, files)];
}
