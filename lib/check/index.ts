import { packageVersion } from '../artifact/package-version';
import { readArtifacts } from '../artifact/read';
import { checkDeployment } from './check-artifact';
import { CHECKED_CLAIMS } from './checked-claims';
import { chooseClaims } from './choose-claims';
import { findDeployments } from './find-deployments';
import { placesOf } from './places';
import { type CheckReport, summarise } from './report';

export type { Verdict } from '../artifact/claim';
export { UnreadableError } from '../artifact/unreadable-error';
export { UnknownClaimError } from './choose-claims';
export type { CheckReport, CheckResult, CheckSummary } from './report';

/** What to check. */
export interface CheckOptions {
  /** A folder of synthesised output (`cdk.out`, `cdktf.out`), one CloudFormation template as JSON or YAML, one `cdk.tf.json`, or one plan of Terraform as JSON. */
  readonly path: string;
  /**
   * Name of the one stack to look at.
   *
   * @default - every stack that holds a deployment
   */
  readonly stack?: string;
  /**
   * Ids of the claims to decide.
   *
   * @default - every claim that the files can show
   */
  readonly only?: readonly string[];
}

/**
 * Decides from the files alone what holds of every deployment in them: who can reach each door, what it admits, who may do what.
 *
 * Fails closed: what a file does not say, or says in a way that is not understood, leaves the claims that rest on it `unproven`.
 *
 * @throws UnreadableError when the path holds no deployment, UnknownClaimError when `only` names none
 */
export function check({ path, stack, only }: CheckOptions): CheckReport {
  const started = performance.now();
  const deciders = chooseClaims(only, CHECKED_CLAIMS);
  const artifacts = readArtifacts(path);
  const found = findDeployments({ path, artifacts, ...(stack !== undefined && { stack }) });
  const rows = found.flatMap((each) => checkDeployment(each, deciders, placesOf(each.deployment.artifact)));
  // what is about the file stands once, although each server of the file was asked about it
  const claims = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
  return {
    tool: 'portcullis',
    version: packageVersion(),
    artifact: path,
    claims,
    summary: summarise(claims, performance.now() - started),
  };
}
