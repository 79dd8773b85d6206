import { join } from 'node:path';
import { readArtifacts } from '../artifact/read';
import { findIsolation } from './sandbox/isolation';
import { runInSandbox } from './sandbox/sandbox';
import { packageVersion } from '../artifact/package-version';
import type { OnProgress, ProgressEvent } from './progress';
import type { Prover } from './proof-task';
import { proveArtifacts } from './prove-artifacts';
import type { DeploymentProof, ProofReport } from './report';
import { installToolchain } from './toolchain/toolchain';

export type { ClaimResult, Verdict } from '../artifact/claim';
export { UnreadableError } from '../artifact/unreadable-error';
export { UnknownAttackError } from './choose-attacks';
export { keep, type KeepOptions } from './keep';
export type { KeptAdminDoor, KeptDeployment, KeptService } from './kept-deployment';
export { type ListedAttack, listAttacks } from './list-attacks';
export type { OnProgress, ProgressEvent } from './progress';
export type { AttackResult, ControlResult, ProofPart, ProofReport, SkippedAttack, Summary } from './report';

/** What to prove, and how. */
export interface ProveOptions {
  /** A folder of synthesised output (`cdk.out`, `cdktf.out`), one CloudFormation template as JSON or YAML, one `cdk.tf.json`, or one plan of Terraform as JSON. */
  readonly path: string;
  /**
   * Ids of the attacks to run, each with its control. Claims that none of them tests are left out of the report.
   *
   * @default - every attack
   */
  readonly only?: readonly string[];
  /**
   * Name of the one stack to look at.
   *
   * @default - every stack that holds a deployment
   */
  readonly stack?: string;
  /**
   * Also run the attacks that only the real timers can show, which takes minutes.
   *
   * @default false
   */
  readonly slow?: boolean;
  /** Told what is going on. */
  readonly onProgress?: OnProgress;
  /** Ends the proof at once, leaving nothing behind. */
  readonly signal?: AbortSignal;
}

/** Far beyond what a proof takes; it only has to end at all. */
const TIMEOUT_MS = { normal: 240_000, slow: 1_200_000 };

/**
 * Boots every deployment of what was synthesised from the real servers, attacks it, and says what held.
 *
 * Needs Linux with network namespaces; where they are not to be had, every claim that applies is `unproven`, with the reason. Nothing is
 * left behind: no process, namespace, link, mount or file, however it ends.
 *
 * @throws UnreadableError when the path holds no deployment, UnknownAttackError when `only` names none
 */
export async function prove(options: ProveOptions): Promise<ProofReport> {
  const onProgress = options.onProgress ?? (() => undefined);
  const slow = options.slow ?? false;
  return proveArtifacts(
    {
      path: options.path,
      artifacts: readArtifacts(options.path),
      version: packageVersion(),
      slow,
      onProgress,
      ...(options.only === undefined ? {} : { only: options.only }),
      ...(options.stack === undefined ? {} : { stack: options.stack }),
    },
    {
      install: async (wanted) => {
        await findIsolation();
        return installToolchain(wanted);
      },
      prove: sandboxedProver(slow ? TIMEOUT_MS.slow : TIMEOUT_MS.normal, options.signal),
    },
  );
}

function sandboxedProver(timeoutMs: number, signal: AbortSignal | undefined): Prover {
  return async (task, onProgress) => {
    const proof = await runInSandbox({
      module: join(__dirname, 'sandboxed-proof.js'),
      input: task,
      timeoutMs,
      onEvent: (event) => onProgress(event as ProgressEvent),
      ...(signal === undefined ? {} : { signal }),
    });
    return proof as DeploymentProof;
  };
}
