import type { Verdict } from '../artifact/claim';
import type { Observation } from './attack';
import type { AttackResult, SkippedAttack } from './report';

/**
 * What an attack shows. One that succeeded breaks its claim whatever the control did, unless it only waited for what did not come: with
 * a control that failed, too, the deployment was too slow for both, or dead. One that did not succeed proves nothing unless its control
 * succeeded (else the door may just be dead) and somebody can be named who refused it (else the packet may just be lost).
 */
export function attackVerdict(attack: Observation, control: Observation): AttackResult['verdict'] {
  if (attack.succeeded && !(attack.byWaiting === true && !control.succeeded)) return 'broken';
  if (!control.succeeded || attack.refusedBy === undefined) return 'unproven';
  return 'holds';
}

/** A verdict and its witness. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly evidence: string;
}

/** What the attacks on a claim add up to: the worst of them. `undefined` where there are none. */
export function judge(attacks: readonly AttackResult[], skipped: readonly SkippedAttack[]): Judgement | undefined {
  const broken = attacks.filter((attack) => attack.verdict === 'broken');
  if (broken.length > 0) return { verdict: 'broken', evidence: broken.map(breach).join('; ') };
  const unproven = attacks.filter((attack) => attack.verdict === 'unproven');
  if (unproven.length > 0) return { verdict: 'unproven', evidence: unproven.map(doubt).join('; ') };
  const left = skipped.map((attack) => `${attack.id}: ${attack.reason}`);
  if (attacks.length > 0) return { verdict: 'holds', evidence: [...attacks.map(refusal), ...left].join('; ') };
  return left.length > 0 ? { verdict: 'not-applicable', evidence: [...new Set(left)].join('; ') } : undefined;
}

function breach(attack: AttackResult): string {
  return `${attack.id} from ${attack.from}: ${attack.observed}`;
}

function doubt(attack: AttackResult): string {
  const { id, observed, control } = attack;
  if (control.verdict === 'failed') return `${id}: its control failed: ${control.observed}`;
  return `${id}: nobody can be named who refused it: ${observed}`;
}

function refusal(attack: AttackResult): string {
  return `${attack.id} refused by ${attack.refusedBy}`;
}
