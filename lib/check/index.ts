import { packageVersion } from '../artifact/package-version';
import { readArtifacts } from '../artifact/read';
import { checkDeployment } from './check-artifact';
import { CHECKED_CLAIMS } from './checked-claims';
import { findDeployments } from './find-deployments';
import { type CheckReport, summarise } from './report';

export type { ClaimResult, Verdict } from '../artifact/claim';
export { UnreadableError } from '../artifact/unreadable-error';
export type { CheckReport, CheckSummary } from './report';

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
}

/**
 * Decides from the files alone what holds of every deployment in them: who can reach each door, what it admits, who may do what.
 *
 * Fails closed: what a file does not say, or says in a way that is not understood, leaves the claims that rest on it `unproven`.
 *
 * @throws UnreadableError when the path holds no deployment
 */
export function check({ path, stack }: CheckOptions): CheckReport {
  const started = performance.now();
  const artifacts = readArtifacts(path);
  const found = findDeployments({ path, artifacts, ...(stack !== undefined && { stack }) });
  const rows = found.flatMap((each) => checkDeployment(each, CHECKED_CLAIMS));
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
