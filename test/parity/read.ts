import { readTemplate } from '../../lib/artifact/cloudformation/read-template';
import { parseTemplateText } from '../../lib/artifact/template-text';
import { readTerraform } from '../../lib/artifact/terraform/read-terraform';
import type { CheckedDeployment } from '../../lib/check/checked-deployment';
import { findDeployments } from '../../lib/check/find-deployments';

export type Cloud = 'aws' | 'google';

/** The one deployment of a synthesised file, read as the check reads it. */
export function readDeployment(cloud: Cloud, text: string): CheckedDeployment {
  const content = parseTemplateText(text, cloud) as Parameters<typeof readTemplate>[0]['content'];
  const file = { name: cloud, file: cloud, content };
  const artifact = cloud === 'aws' ? readTemplate(file) : readTerraform({ ...file, format: 'terraform' });
  const [found, ...others] = findDeployments([{ path: cloud, artifacts: [artifact] }]);
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} deployments on ${cloud}`);
  return found.deployment;
}
