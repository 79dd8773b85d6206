import type { Artifact } from '../../artifact/artifact';
import type { RestateDeployment } from '../../artifact/role';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';

/** The one finding about a server, whose subject is its host. */
export type ServerFinding = Pick<Finding, 'verdict' | 'evidence' | 'fix'>;

/** A claim about the server itself; without one in the file it does not apply. */
export function serverClaim(
  id: string,
  decide: (server: RestateDeployment, artifact: Artifact) => ServerFinding,
): CheckedClaim {
  return {
    id,
    decide: ({ artifact, server }) => {
      if (server === undefined) {
        return [{ verdict: 'not-applicable', subject: artifact.name, evidence: 'no host of this file runs a server' }];
      }
      return [{ ...decide(server, artifact), subject: server.host.id }];
    },
  };
}
