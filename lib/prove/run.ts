import type { Attack, Attempt, Observation, PlaceName } from './attack';
import { straightPlace } from './attacks/ingress-door';
import { mapBounded, within } from './bounded';
import type { Deployment } from './deployment';
import type { OnProgress } from './progress';
import { redact } from './redact';
import type { AttackResult, SkippedAttack } from './report';
import { attackVerdict } from './verdict';

/** How attacks are run. */
export interface RunOptions {
  /** Name of the deployment in the results. */
  readonly subject: string;
  /**
   * How many attacks run at once. They wait far more than they compute.
   *
   * @default 10
   */
  readonly concurrency?: number;
  /**
   * How long one attempt may take, in milliseconds; what takes longer is `unproven`.
   *
   * @default 20000, for an exclusive attack, which may wait out a stop time, 100000, with the real timers 420000
   */
  readonly attemptTimeoutMs?: number;
  readonly onProgress?: OnProgress;
}

/** What was run and what was not. */
export interface RunResult {
  readonly attacks: readonly AttackResult[];
  readonly skipped: readonly SkippedAttack[];
}

/** Runs the attacks that apply, several at a time, those that want the deployment for themselves at the end and one by one. */
export async function runAttacks(
  deployment: Deployment,
  attacks: readonly Attack[],
  options: RunOptions,
): Promise<RunResult> {
  const skipped: SkippedAttack[] = [];
  const chosen = attacks.filter((attack) => {
    const reason = reasonToSkip(attack, deployment);
    if (reason === undefined) return true;
    skipped.push({ id: attack.id, claim: attack.claim, subject: options.subject, verdict: 'not-applicable', reason });
    return false;
  });
  let done = 0;
  const runOne = async (attack: Attack): Promise<AttackResult> => {
    const result = await runAttack(deployment, attack, options);
    done += 1;
    options.onProgress?.({ kind: 'attack', id: attack.id, verdict: result.verdict, done, total: chosen.length });
    return result;
  };
  const shared = chosen.filter((attack) => attack.exclusive !== true);
  const exclusive = chosen.filter((attack) => attack.exclusive === true);
  const together = await mapBounded(shared, options.concurrency ?? 10, runOne);
  const settled = await tryAgain(together, (id) => runAgain(deployment, shared, id, options));
  return { attacks: [...settled, ...(await mapBounded(exclusive, 1, runOne))], skipped };
}

/** More than these are no hiccup of a busy machine but a deployment that does not work, where trying again only costs time. */
const MOST_SECOND_TRIES = 6;

/**
 * Gives the few attacks that showed nothing a second try, alone, before the exclusive ones, which leave another server than they found
 * and get none. One that succeeded is never tried again, so nothing broken can heal.
 */
async function tryAgain(
  results: readonly AttackResult[],
  run: (id: string) => Promise<AttackResult>,
): Promise<readonly AttackResult[]> {
  const unproven = results.filter(({ verdict }) => verdict === 'unproven');
  if (unproven.length > MOST_SECOND_TRIES) return results;
  const second = await mapBounded(unproven, 1, ({ id }) => run(id));
  return results.map((result) => second.find(({ id }) => id === result.id) ?? result);
}

async function runAgain(
  deployment: Deployment,
  attacks: readonly Attack[],
  id: string,
  options: RunOptions,
): Promise<AttackResult> {
  const attack = attacks.find((each) => each.id === id)!;
  return { ...(await runAttack(deployment, attack, options)), secondTry: true };
}

function reasonToSkip(attack: Attack, deployment: Deployment): string | undefined {
  const reason = attack.notApplicable?.(deployment);
  if (reason !== undefined) return reason;
  return attack.slow === true && !deployment.slow ? 'needs --slow' : undefined;
}

async function runAttack(deployment: Deployment, attack: Attack, options: RunOptions): Promise<AttackResult> {
  const timeoutMs =
    options.attemptTimeoutMs ?? (deployment.slow ? 420_000 : attack.exclusive === true ? 100_000 : 20_000);
  const started = performance.now();
  const control = await observe(deployment, attack.control, timeoutMs);
  const seen = await observe(deployment, attack, timeoutMs);
  return {
    id: attack.id,
    claim: attack.claim,
    subject: options.subject,
    from: placeOf(attack, deployment),
    attempt: attack.attempt,
    expected: attack.expected,
    observed: seen.observed,
    ...(!seen.succeeded && seen.refusedBy !== undefined ? { refusedBy: seen.refusedBy } : {}),
    verdict: attackVerdict(seen, control),
    control: {
      from: placeOf(attack.control, deployment),
      attempt: attack.control.attempt,
      observed: control.observed,
      verdict: control.succeeded ? 'succeeded' : 'failed',
    },
    durationMs: Math.round(performance.now() - started),
  };
}

/** Where an attempt is really made from. */
function placeOf({ from, straight, ownAddress }: Attempt, deployment: Deployment): PlaceName {
  return straight === true ? straightPlace(deployment, ownAddress) : from;
}

/** An attempt that throws or hangs came to nothing that could be attributed, so it is reported without `refusedBy`. */
async function observe(deployment: Deployment, attempt: Attempt, timeoutMs: number): Promise<Observation> {
  const late = (): Observation => ({ succeeded: false, observed: `no outcome within ${timeoutMs / 1000} s` });
  try {
    const seen = await within(attempt.run(deployment), timeoutMs, late);
    const observed = redact(seen.observed, deployment.secrets);
    return seen.refusedBy === undefined
      ? { ...seen, observed }
      : { ...seen, observed, refusedBy: redact(seen.refusedBy, deployment.secrets) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { succeeded: false, observed: redact(`could not be tried: ${message}`, deployment.secrets) };
  }
}
