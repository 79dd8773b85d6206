import { checkDeployment, FAULT } from '../../lib/check/check-artifact';
import type { CheckedClaim } from '../../lib/check/checked-claim';
import { deploymentsOf } from '../../lib/artifact/role';
import type { ClaimResult } from '../../lib/artifact/claim';
import type { Edit } from './edits';
import { type Example, exampleArtifact } from './examples';

/** A fault, and the claims that it breaks or leaves unproven: `unprivileged broken`. */
export type Fault = readonly [what: string, edit: Edit, expected: readonly string[]];

/** What deciders come to about an example, edited before it is read: accepted risks left out. */
export function decided(example: Example, deciders: readonly CheckedClaim[], edit?: Edit): readonly ClaimResult[] {
  const artifact = exampleArtifact(example, edit);
  const results = deploymentsOf(artifact).flatMap((server) =>
    checkDeployment({ deployment: { artifact, server }, prefix: '' }, deciders),
  );
  const faults = results.filter(({ evidence }) => evidence.startsWith(FAULT));
  if (faults.length > 0) throw new Error(faults.map(({ id, evidence }) => `${id}: ${evidence}`).join('\n'));
  return results.filter(({ verdict }) => verdict !== 'accepted');
}

/** Each claim that does not hold, with its verdict and evidence, as lines. */
export function complaints(results: readonly ClaimResult[]): readonly string[] {
  return results
    .filter(({ verdict }) => verdict === 'broken' || verdict === 'unproven')
    .map(({ id, verdict, subject, evidence }) => `${id} ${verdict} ${subject}: ${evidence}`);
}

/** Claim and verdict of each complaint about an edited example, each once. */
export function complained(example: Example, deciders: readonly CheckedClaim[], edit: Edit): readonly string[] {
  const lines = complaints(decided(example, deciders, edit)).map((line) => line.split(' ').slice(0, 2).join(' '));
  return [...new Set(lines)].toSorted();
}
