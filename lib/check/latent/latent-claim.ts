import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import type { RestateDeployment } from '../../artifact/role';
import type { Wrong } from '../server/wrong';

/** Something that is wrong, about the server's host where no other subject is named. */
export type Latent = Wrong & { readonly subject?: string };

/** Decides part of a claim by what harms nobody today and lets somebody in as soon as one thing beside it changes: nothing to say where there is none. */
export function latentClaim(
  id: string,
  find: (server: RestateDeployment, deployment: CheckedDeployment) => readonly Latent[],
): CheckedClaim {
  return {
    id,
    isBeside: true,
    decide: (deployment) => {
      const { artifact, server } = deployment;
      const subject = server?.host.id ?? artifact.name;
      const found = server === undefined ? [] : find(server, deployment);
      return found.length > 0
        ? found.map((each): Finding => ({ ...each, subject: each.subject ?? subject }))
        : [{ verdict: 'not-applicable', subject, evidence: 'nothing waits there for one thing more to change' }];
    },
  };
}
