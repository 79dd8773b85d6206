import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { App } from 'aws-cdk-lib';
import type { Finding } from './finding';
import type { FindingsByFile, Scanner } from './scanner';
import { versionOfPackage } from './version-of-package';

const NAME = 'cfn-guard';
const PACKAGE = '@cdklabs/cdk-validator-cfnguard';
const TYPES = /AWS::\w+::\w+/g;

/** cfn-guard with the rules of AWS Control Tower that its plugin brings. */
export const CFN_GUARD: Scanner = {
  name: NAME,
  runs: 'the rules of AWS Control Tower',
  version: () => versionOfPackage(PACKAGE),
  reads: ['cloudformation'],
  batch: 10,
  scan,
};

function scan(files: readonly string[]): FindingsByFile {
  const types = new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(TYPES) ?? []));
  const validator = new CfnGuardValidator({
    controlTowerRulesEnabled: false,
    rules: rulesAbout(types),
    maxBuffer: 1 << 29,
  });
  const found = new Map<string, Finding[]>(files.map((file) => [file, []]));
  const { violations } = validator.validate({ templatePaths: [...files], appConstruct: new App() });
  for (const { ruleName, violatingResources } of violations) {
    for (const { resourceLogicalId, templatePath } of violatingResources) {
      found.get(templatePath ?? '')?.push({ tool: NAME, rule: ruleName, resource: resourceLogicalId ?? '' });
    }
  }
  return found;
}

/** The files of rules that can apply: each names the types that it is about, and skips every other. All of them take seconds a template. */
function rulesAbout(types: ReadonlySet<string>): string[] {
  const folder = join(dirname(require.resolve(`${PACKAGE}/package.json`)), 'rules/control-tower/cfn-guard');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter(
      (file) =>
        file.endsWith('.guard') && (readFileSync(file, 'utf8').match(TYPES) ?? []).some((type) => types.has(type)),
    );
}
