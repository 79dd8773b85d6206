import { boot } from './boot';
import { chooseAttacks } from './choose-attacks';
import type { ProofTask } from './proof-task';
import type { ProgressEvent } from './progress';
import type { DeploymentProof } from './report';
import { runAttacks } from './run';
import type { SandboxContext } from './sandbox/inner-main';

/** The half of a proof that runs in the sandbox: boots a deployment and attacks it. Whatever it started ends with the sandbox. */
export async function sandboxed(input: unknown, context: SandboxContext): Promise<DeploymentProof> {
  const task = input as ProofTask;
  const onProgress = (event: ProgressEvent): void => context.emit(event);
  const host = task.artifact.hosts.find(({ id }) => id === task.host);
  if (host === undefined) throw new Error(`the artifact has no host ${task.host}`);
  onProgress({ kind: 'step', text: 'booting the servers' });
  const deployment = await boot(task.artifact, host, {
    toolchain: task.toolchain,
    allUsers: context.allUsers,
    slow: task.slow,
  });
  const { subject } = task;
  const result = await runAttacks(deployment, chooseAttacks(task.attacks), { subject, onProgress });
  return { ...result, emulated: deployment.emulated, replaced: deployment.replaced };
}
