import type { Artifact } from './artifact';
import { withForeignRules } from './cloudformation/foreign-rules';
import { readTemplate } from './cloudformation/read-template';
import { findTemplates } from './template-files';

/**
 * Reads what was synthesised: every stack of a cloud assembly (`cdk.out`), every template of a folder, or one template as JSON or YAML.
 * Stacks without any host are returned, too: whether there is a deployment to look at is the caller's question.
 *
 * @throws UnreadableError when nothing can be looked at: no such path, no template, not JSON or YAML
 */
export function readArtifacts(path: string): Artifact[] {
  const files = findTemplates(path);
  return [...withForeignRules(files.map(readTemplate), files)];
}
