import type { Artifact } from '../artifact/artifact';
import { restateContainer } from '../artifact/role';
import { operatorsPort } from './admin-door/operators-port';
import { chooseAttacks } from './choose-attacks';
import { claimResults } from './claim-results';
import { findTargets, type Target } from './find-targets';
import { parameterDefaults } from './parameter-defaults';
import type { OnProgress } from './progress';
import type { Prover } from './proof-task';
import { type DeploymentProof, type ProofReport, summarise } from './report';
import type { Toolchain, ToolchainOptions } from './toolchain/toolchain';

/** What is to be proven. */
export interface ProofRequest {
  /** What was given, for the report and for messages. */
  readonly path: string;
  readonly artifacts: readonly Artifact[];
  readonly version: string;
  readonly only?: readonly string[];
  readonly stack?: string;
  readonly slow: boolean;
  readonly onProgress: OnProgress;
}

/** Who does the work. */
export interface ProofMeans {
  readonly install: (options: ToolchainOptions) => Promise<Toolchain>;
  readonly prove: Prover;
}

/**
 * Proves every deployment of the artifacts, one after another, and puts what was found into one report.
 *
 * @throws UnreadableError when there is no deployment, and UnknownAttackError
 */
export async function proveArtifacts(request: ProofRequest, means: ProofMeans): Promise<ProofReport> {
  const started = performance.now();
  const targets = findTargets(request);
  // what does not exist is said before anything begins
  chooseAttacks(request.only);
  const parts: ProofReport[] = [];
  for (const [index, target] of targets.entries()) {
    request.onProgress({ kind: 'deployment', subject: target.subject, index: index + 1, total: targets.length });
    parts.push(await proveTarget(target, request, means));
  }
  return merge(parts, targets, request, performance.now() - started);
}

async function proveTarget(target: Target, request: ProofRequest, means: ProofMeans): Promise<ProofReport> {
  const started = performance.now();
  const proof = await proofOf(target, request, means);
  const asked = request.only === undefined ? {} : { asked: chooseAttacks(request.only).map(({ claim }) => claim) };
  const claims = claimResults({ ...target, proof, ...asked });
  const summary = summarise(claims, proof.attacks, performance.now() - started);
  const { attacks, skipped, emulated } = proof;
  const replaced = [...missingRisks(target), ...parameterDefaults(target.artifact, target.prefix), ...proof.replaced];
  return { ...head(request), claims, attacks, skipped, emulated, replaced, summary };
}

/** What is missing on this machine, and a deployment that does not boot, leave claims unproven: neither is an error of the command. */
async function proofOf(target: Target, request: ProofRequest, means: ProofMeans): Promise<DeploymentProof> {
  const attacks = chooseAttacks(request.only).map((attack) => attack.id);
  const { artifact, host, subject } = target;
  try {
    const toolchain = await means.install({
      restateVersion: restateContainer(host)?.image.tag ?? '',
      restateCli: operatorsPort(host) !== undefined,
      onStep: (text) => request.onProgress({ kind: 'step', text }),
    });
    return await means.prove(
      { artifact, host: host.id, subject, attacks, slow: request.slow, toolchain },
      request.onProgress,
    );
  } catch (error) {
    // an error that crosses from the sandbox keeps its name, not its class
    if (!(error instanceof Error) || error.name !== 'CannotProveError') throw error;
    return { attacks: [], skipped: [], emulated: [], replaced: [], failure: error.message };
  }
}

/** Said whatever was found: nobody shall take the want of accepted risks for the want of risks. */
function missingRisks({ artifact, prefix }: Target): readonly string[] {
  return artifact.acceptedElsewhere === true
    ? [
        `accepted risks of ${prefix}${artifact.name}: a plan carries none, so that those of the app are missing; give the cdk.tf.json to have them`,
      ]
    : [];
}

function head({ version, path }: ProofRequest): Pick<ProofReport, 'tool' | 'version' | 'artifact'> {
  return { tool: 'portcullis', version, artifact: path };
}

function merge(
  parts: readonly ProofReport[],
  targets: readonly Target[],
  request: ProofRequest,
  durationMs: number,
): ProofReport {
  const claims = parts.flatMap((part) => part.claims);
  const attacks = parts.flatMap((part) => part.attacks);
  const summaries = parts.map(({ summary }, index) => {
    const { artifact, subject } = targets[index] as Target;
    return { artifact: artifact.name, subject, summary };
  });
  return {
    ...head(request),
    claims,
    attacks,
    skipped: parts.flatMap((part) => part.skipped),
    emulated: [...new Set(parts.flatMap((part) => part.emulated))],
    replaced: [...new Set(parts.flatMap((part) => part.replaced))],
    summary: summarise(claims, attacks, durationMs),
    ...(parts.length > 1 ? { proofs: summaries } : {}),
  };
}
