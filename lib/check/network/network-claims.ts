import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { decideAdminClosed, decideRegistration } from './aws/admin-doors';
import { type AwsServer, awsServer } from './aws/aws-server';
import { decideEgressClosed, decideInternalEndpoints } from './aws/egress';
import { openedPorts } from './aws/opened-ports';
import { decideMetadata } from './aws/metadata';
import { decideNoPublicAddress } from './aws/public-address';
import { decideRulesExact } from './aws/rules-exact';
import { decideServicesEgress } from './aws/services-egress';
import { decideBindNarrow, decideFabric, decideMetrics, decideNoBypass } from './aws/server-doors';
import { onGoogle } from './google/on-google';

type Decide = (server: AwsServer) => readonly Finding[];

const ON_AWS: ReadonlyMap<string, Decide> = new Map<string, Decide>([
  ['admin-closed', decideAdminClosed],
  ['registration-by-deployers-only', decideRegistration],
  ['fabric-cluster-only', decideFabric],
  ['metrics-closed', decideMetrics],
  ['ingress-no-bypass', decideNoBypass],
  ['bind-narrow', decideBindNarrow],
  ['rules-exact', decideRulesExact],
  ['egress-closed', decideEgressClosed],
  ['internal-endpoints-unreachable', decideInternalEndpoints],
  ['metadata-unreachable', decideMetadata],
  ['services-egress-bounded', decideServicesEgress],
  ['no-public-address', decideNoPublicAddress],
]);

/** The claims about who reaches what over the network. */
export const NETWORK_CLAIMS: readonly CheckedClaim[] = [...ON_AWS].map(([id, decide]) => ({
  id,
  decide: (deployment) =>
    deployment.artifact.firewall === undefined ? onAws(id, deployment, decide) : onGoogle(id, deployment),
}));

function onAws(id: string, deployment: CheckedDeployment, decide: Decide): readonly Finding[] {
  const found = awsServer(deployment);
  if (found !== undefined) return decide(found);
  const opened = openedPorts(id, deployment.artifact);
  return opened.length > 0
    ? opened
    : [
        {
          verdict: 'not-applicable',
          subject: deployment.artifact.name,
          evidence: 'it deploys no host that runs Restate',
        },
      ];
}
