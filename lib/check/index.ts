import { packageVersion } from '../artifact/package-version';
import { readArtifacts } from '../artifact/read';
import { checkDeployment } from './check-artifact';
import { CHECKED_CLAIMS } from './checked-claims';
import { chooseClaims } from './choose-claims';
import { findDeployments } from './find-deployments';
import { placesOf } from './places';
import { type CheckReport, type CheckResult, summarise } from './report';

export type { Verdict } from '../artifact/claim';
export { UnreadableError } from '../artifact/unreadable-error';
export { UnknownClaimError } from './choose-claims';
export { diff, type DiffOptions } from './diff/diff';
export type { Change, DiffReport } from './diff/diff-report';
export type { CheckPart, CheckReport, CheckResult, CheckSummary } from './report';

/** What to check. */
export interface CheckOptions {
  /**
   * A folder of synthesised output (`cdk.out`, `cdktf.out`), one CloudFormation template as JSON or YAML, one `cdk.tf.json`, or one plan of
   * Terraform as JSON; or several of these, each of which must hold a deployment.
   */
  readonly path: string | readonly string[];
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
 * @throws UnreadableError when a path holds no deployment, UnknownClaimError when `only` names no claim
 */
export function check({ path, stack, only }: CheckOptions): CheckReport {
  const started = performance.now();
  const deciders = chooseClaims(only, CHECKED_CLAIMS);
  const paths = typeof path === 'string' ? [path] : path;
  const found = findDeployments(
    paths.map((each) => ({ path: each, artifacts: readArtifacts(each) })),
    stack,
  );
  const parts = [...new Set(found.map(({ name }) => name))].map((name) => ({
    artifact: name,
    claims: distinct(
      found
        .filter((each) => each.name === name)
        .flatMap((each) => checkDeployment(each, deciders, placesOf(each.deployment.artifact))),
    ),
  }));
  const claims = parts.flatMap((part) => part.claims);
  return {
    tool: 'portcullis',
    version: packageVersion(),
    artifact: paths.join(', '),
    claims,
    summary: { ...summarise(claims), durationMs: Math.round(performance.now() - started) },
    ...(parts.length > 1 && {
      checks: parts.map((part) => ({ artifact: part.artifact, summary: summarise(part.claims) })),
    }),
  };
}

/** What is about the file stands once, although each server of the file was asked about it. */
function distinct(rows: readonly CheckResult[]): readonly CheckResult[] {
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];
}
