import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClaimResult } from '../../../lib/artifact/claim';
import { readTemplate } from '../../../lib/artifact/cloudformation/read-template';
import { parseTemplateText } from '../../../lib/artifact/template-text';
import { checkDeployment } from '../../../lib/check/check-artifact';
import { CHECKED_CLAIMS } from '../../../lib/check/checked-claims';
import { findDeployments } from '../../../lib/check/find-deployments';
import type { Edit } from '../edits';
import type { EditedFile } from '../examples';
import { BYOC_WEAKNESSES } from './byoc-weaknesses';
import { FARGATE_WEAKNESSES } from './fargate-weaknesses';
import type { PeerTemplate, PeerWeakness } from './peer-weakness';
import { SINGLE_NODE_WEAKNESSES } from './single-node-weaknesses';

export const WEAKNESSES: readonly PeerWeakness[] = [
  ...FARGATE_WEAKNESSES,
  ...SINGLE_NODE_WEAKNESSES,
  ...BYOC_WEAKNESSES,
];

/** What a template, edited, comes to of some claims. */
export function resultsOf(
  template: PeerTemplate,
  claims: readonly string[],
  edit: Edit = () => undefined,
): readonly ClaimResult[] {
  const deciders = CHECKED_CLAIMS.filter(({ id }) => claims.includes(id));
  const file = join(__dirname, `../../fixtures/peers/${template}.template.json`);
  const edited = JSON.parse(readFileSync(file, 'utf8')) as EditedFile;
  edit(edited);
  const content = parseTemplateText(JSON.stringify(edited), file) as Parameters<typeof readTemplate>[0]['content'];
  const artifacts = [readTemplate({ name: template, file, content })];
  return findDeployments([{ path: file, artifacts }]).flatMap((found) => checkDeployment(found, deciders));
}

/** Whether results name a weakness. */
export function says({ claim, evidence, verdict = 'broken' }: PeerWeakness, results: readonly ClaimResult[]): boolean {
  return results.some(
    (each) => each.id === claim && each.verdict === verdict && evidence.test(`${each.subject}: ${each.evidence}`),
  );
}
