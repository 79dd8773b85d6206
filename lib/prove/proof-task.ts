import type { Artifact } from '../artifact/artifact';
import type { OnProgress } from './progress';
import type { DeploymentProof } from './report';
import type { Toolchain } from './toolchain/toolchain';

/** What the half of a proof that runs in the sandbox is told. Plain JSON. */
export interface ProofTask {
  readonly artifact: Artifact;
  /** Logical id of the host to boot. */
  readonly host: string;
  /** Name of the deployment in the results. */
  readonly subject: string;
  /** Ids of the attacks to run. */
  readonly attacks: readonly string[];
  readonly slow: boolean;
  readonly toolchain: Toolchain;
}

/** Boots a deployment, attacks it and takes it down. */
export type Prover = (task: ProofTask, onProgress: OnProgress) => Promise<DeploymentProof>;
