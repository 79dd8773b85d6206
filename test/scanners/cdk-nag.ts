import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import type { Finding } from './finding';
import type { Scanner } from './scanner';
import { versionOfPackage } from './version-of-package';

const NAME = 'cdk-nag';
const PACKS = [AwsSolutionsChecks, NIST80053R5Checks, HIPAASecurityChecks, PCIDSS321Checks];

/** cdk-nag with four of its packs, on the template itself: what was written over the constructs counts as well. */
export const CDK_NAG: Scanner = {
  name: NAME,
  runs: 'AwsSolutions, NIST 800-53 R5, HIPAA, PCI DSS 3.2.1',
  version: () => versionOfPackage('cdk-nag'),
  reads: ['cloudformation'],
  batch: 1,
  scan: (files) => new Map(files.map((file) => [file, findingsIn(file)])),
};

function findingsIn(templateFile: string): readonly Finding[] {
  const app = new App();
  const stack = new Stack(app, 'Scanned');
  new CfnInclude(stack, 'Template', { templateFile });
  return PACKS.flatMap((Pack) =>
    new Pack(app).validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ resourceLogicalId, constructPath }) => ({
        tool: NAME,
        rule: ruleName,
        resource: resourceLogicalId ?? constructPath?.split('/').at(-1) ?? '',
      })),
    ),
  );
}
