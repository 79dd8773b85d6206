import { App, CloudFormationValidatePlugin } from 'aws-cdk-lib';
import type { Finding } from './finding';
import type { Scanner } from './scanner';
import { versionOfPackage } from './version-of-package';

const NAME = 'CDK validation';
let made: CloudFormationValidatePlugin | undefined;

/** The validation that every synthesis of the CDK ends with, its default rules alone. */
export const CDK_VALIDATION: Scanner = {
  name: NAME,
  runs: 'its default rules, every severity',
  version: () => versionOfPackage('aws-cdk-lib'),
  reads: ['cloudformation'],
  batch: 1,
  scan: (files) => new Map(files.map((file) => [file, findingsIn(file)])),
};

function findingsIn(file: string): readonly Finding[] {
  // compiling its rules takes seconds, once
  made ??= new CloudFormationValidatePlugin();
  const { violations } = made.validate({
    templatePaths: [file],
    stackTemplates: [
      { templatePath: file, stackConstructPath: 'Scanned', accountId: '123456789012', region: 'eu-central-1' },
    ],
    appConstruct: new App(),
  });
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ resourceLogicalId }) => ({
      tool: NAME,
      rule: ruleName,
      resource: resourceLogicalId ?? '',
    })),
  );
}
