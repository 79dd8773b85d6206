import { dirname, resolve } from 'node:path';
import { packageVersion } from '../artifact/package-version';
import { readArtifacts } from '../artifact/read';
import { CLAIMS } from '../claims/claims';
import { checkDeployment } from './check-artifact';
import { CHECKED_CLAIMS } from './checked-claims';
import { findDeployments } from './find-deployments';
import { placesOf } from './places';
import type { CheckResult } from './report';

/** What AWS CDK tells a plugin: the absolute paths of the templates that it wrote. */
export interface CdkValidationContext {
  readonly templatePaths: string[];
}

/** A resource of which a claim does not hold. */
export interface CdkViolatingResource {
  readonly resourceLogicalId: string;
  readonly locations: string[];
  readonly templatePath: string;
}

/** A claim that is broken or unproven. */
export interface CdkViolation {
  /** Id of the claim. */
  readonly ruleName: string;
  /** What must hold, and the witness that it does not. */
  readonly description: string;
  readonly fix: string;
  /** Of what is unproven, too: CDK lets warnings pass as soon as an app has acknowledged anything. */
  readonly severity: 'error';
  readonly violatingResources: CdkViolatingResource[];
}

/** What the plugin found. */
export interface CdkValidationReport {
  readonly success: boolean;
  readonly violations: CdkViolation[];
  readonly pluginVersion: string;
}

/**
 * Fails the synthesis of an AWS CDK app whose deployments of Restate are not what the claims say: decides every claim of `portcullis check`
 * over the templates that were just written. A risk that was accepted in code fails nothing.
 *
 * It has the shape of a validation plugin and imports nothing of CDK, so that this half of the package stays without it.
 *
 * @example
 * Validations.of(app).addPlugins(new PortcullisValidation());
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class PortcullisValidation {
  public readonly name: string = 'portcullis';
  public readonly version: string = packageVersion();
  public readonly ruleIds: string[] = [...new Set(CHECKED_CLAIMS.map(({ id }) => id))];

  /** @throws UnreadableError when none of the templates deploys anything of Restate */
  public validate({ templatePaths }: CdkValidationContext): CdkValidationReport {
    const wanted = new Set(templatePaths.map((path) => resolve(path)));
    const folders = [...new Set([...wanted].map(dirname))];
    // by folder, because stacks that are deployed together add rules to each other
    const artifacts = folders
      .flatMap((folder) => readArtifacts(folder))
      .filter(({ file }) => wanted.has(resolve(file)));
    const found = findDeployments([{ path: folders.join(', '), artifacts }]);
    const violations = found.flatMap(({ deployment }) => {
      const { file } = deployment.artifact;
      return checkDeployment({ deployment, prefix: '' }, CHECKED_CLAIMS, placesOf({ file }))
        .filter(({ verdict }) => verdict === 'broken' || verdict === 'unproven')
        .map((row) => violation(row, resolve(file)));
    });
    return { success: violations.length === 0, violations, pluginVersion: this.version };
  }
}

function violation({ id, verdict, subject, evidence, fix, source }: CheckResult, templatePath: string): CdkViolation {
  const statement = CLAIMS.find((claim) => claim.id === id)?.statement ?? id;
  return {
    ruleName: id,
    description: `${statement}: ${verdict}: ${evidence}`,
    fix,
    severity: 'error',
    violatingResources: [{ resourceLogicalId: subject.split('/')[0] ?? subject, locations: [source], templatePath }],
  };
}
