import type { ClaimResult, Verdict } from '../artifact/claim';
import type { PlaceName } from './attack';

/** The control of an attack, as it went. */
export interface ControlResult {
  readonly from: PlaceName;
  readonly attempt: string;
  readonly observed: string;
  readonly verdict: 'succeeded' | 'failed';
}

/** An attack that was run, and what came of it. */
export interface AttackResult {
  /** Stable, kebab-case; distinct within a deployment. */
  readonly id: string;
  readonly claim: string;
  /** Logical id of the attacked deployment, prefixed by the stack when several are reported. */
  readonly subject: string;
  readonly from: PlaceName;
  readonly attempt: string;
  readonly expected: string;
  readonly observed: string;
  /** Who refused; absent where nobody could be named, or nobody did. */
  readonly refusedBy?: string;
  readonly verdict: 'holds' | 'broken' | 'unproven';
  readonly control: ControlResult;
  /** Wall time of attack and control, in milliseconds. */
  readonly durationMs: number;
  /** Present where a first try showed nothing, neither way in nor refusal, and this is the second. */
  readonly secondTry?: true;
}

/** An attack that was not run, and why. */
export interface SkippedAttack {
  readonly id: string;
  readonly claim: string;
  readonly subject: string;
  readonly verdict: 'not-applicable';
  /** `needs --slow`, or why it does not apply to this deployment. */
  readonly reason: string;
}

/** What the proof of one deployment found, before its claims are judged. */
export interface DeploymentProof {
  readonly attacks: readonly AttackResult[];
  readonly skipped: readonly SkippedAttack[];
  /** What stands in for something of the cloud, one by one. */
  readonly emulated: readonly string[];
  /** Values of the artifact that were replaced for the run, one by one. */
  readonly replaced: readonly string[];
  /** Why nothing could be attacked: the deployment did not boot, or this machine has no namespaces. */
  readonly failure?: string;
}

/** How many claims came to what. */
export type Summary = Readonly<Record<Verdict, number>> & {
  /** How many attacks were run. */
  readonly attacks: number;
  /** How many of them were refused, by somebody who could be named. */
  readonly refused: number;
  /** Wall time in milliseconds. */
  readonly durationMs: number;
  /** What the command exits with: 0 when every claim that applies holds or is accepted, else 1. */
  readonly exitCode: 0 | 1;
};

/** One deployment of several in a report. */
export interface ProofPart {
  /** Name of the stack. */
  readonly artifact: string;
  /** Logical id of the deployment. */
  readonly subject: string;
  readonly summary: Summary;
}

/** What `portcullis prove` found: the JSON that it prints. */
export interface ProofReport {
  readonly tool: 'portcullis';
  readonly version: string;
  /** The path that was given. */
  readonly artifact: string;
  readonly claims: readonly ClaimResult[];
  readonly attacks: readonly AttackResult[];
  readonly skipped: readonly SkippedAttack[];
  readonly emulated: readonly string[];
  /** As in {@link DeploymentProof}, and before those that a plan carries no accepted risks, and each parameter that was taken at its default. */
  readonly replaced: readonly string[];
  readonly summary: Summary;
  /** A summary for each deployment, where there are several. */
  readonly proofs?: readonly ProofPart[];
}

/** Counts verdicts. Whatever is neither held nor accepted makes the exit code 1, and so does no attack at all: neither is silence. */
export function summarise(
  claims: readonly ClaimResult[],
  attacks: readonly AttackResult[],
  durationMs: number,
): Summary {
  const count = (verdict: Verdict): number => claims.filter((claim) => claim.verdict === verdict).length;
  const failed = count('broken') + count('unproven');
  return {
    holds: count('holds'),
    broken: count('broken'),
    unproven: count('unproven'),
    accepted: count('accepted'),
    'not-applicable': count('not-applicable'),
    attacks: attacks.length,
    refused: attacks.filter((attack) => attack.verdict === 'holds').length,
    durationMs: Math.round(durationMs),
    exitCode: claims.length > 0 && attacks.length > 0 && failed === 0 ? 0 : 1,
  };
}
