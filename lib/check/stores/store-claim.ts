import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';

/** A claim about what stands around a deployment; where the file has nothing of that kind it does not apply. */
export function storeClaim(
  id: string,
  decide: (deployment: CheckedDeployment) => readonly Finding[],
  nothing = 'the file has nothing of this kind that the deployment uses',
): CheckedClaim {
  return {
    id,
    decide: (deployment) => {
      const found = decide(deployment);
      const subject = deployment.server?.host.id ?? deployment.artifact.name;
      return found.length > 0 ? found : [{ verdict: 'not-applicable', subject, evidence: nothing }];
    },
  };
}
