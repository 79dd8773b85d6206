import { readTemplate } from '../../../lib/artifact/cloudformation/read-template';
import { deploymentsOf } from '../../../lib/artifact/role';
import { type Json, parseTemplateText } from '../../../lib/artifact/template-text';
import { checkDeployment } from '../../../lib/check/check-artifact';
import { NETWORK_CLAIMS } from '../../../lib/check/network/network-claims';
import type { ClaimResult } from '../../../lib/artifact/claim';
import type { Template } from '../../mutants/template';

/** What every claim about the network says of a template. */
export function networkOf(template: Template): readonly ClaimResult[] {
  const file = 'test.template.json';
  const content = parseTemplateText(JSON.stringify(template), file) as ReadonlyMap<string, Json>;
  const artifact = readTemplate({ name: 'test', file, content });
  const [server] = deploymentsOf(artifact);
  return checkDeployment(
    { deployment: { artifact, ...(server !== undefined && { server }) }, prefix: '' },
    NETWORK_CLAIMS,
  );
}

/** The claims that do not hold, each with what is said of it. */
export function wrongOf(template: Template): readonly string[] {
  return networkOf(template)
    .filter(({ verdict }) => verdict === 'broken' || verdict === 'unproven')
    .map(({ id, verdict, subject, evidence }) => `${verdict} ${id} ${subject}: ${evidence}`);
}
