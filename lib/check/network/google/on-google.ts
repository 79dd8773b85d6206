import type { CheckedDeployment } from '../../checked-deployment';
import type { Finding } from '../../finding';
import { decideAdminClosed, decideRegistration } from './admin-doors';
import { decideEgressClosed, decideInternalEndpoints } from './egress';
import { type GoogleServer, googleServer } from './google-server';
import { decideMetadata } from './metadata';
import { decideNoPublicAddress } from './public-address';
import { decideRulesAlone } from './rules-alone';
import { decideRulesExact } from './rules-exact';
import { decideBindNarrow, decideFabric, decideMetrics, decideNoBypass } from './server-doors';
import { decideServicesEgress } from './services-egress';

const WITH_SERVER: ReadonlyMap<string, (server: GoogleServer) => readonly Finding[]> = new Map([
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
  ['no-public-address', decideNoPublicAddress],
]);

/** The claims that rules alone decide, each by the port of the server that it is about. */
const WITHOUT_SERVER: ReadonlyMap<string, 'admin' | 'fabric'> = new Map([
  ['admin-closed', 'admin'],
  ['registration-by-deployers-only', 'admin'],
  ['fabric-cluster-only', 'fabric'],
  ['metrics-closed', 'fabric'],
]);

/** Decides a claim about the network of a deployment on Google Cloud. */
export function onGoogle(claim: string, deployment: CheckedDeployment): readonly Finding[] {
  const { artifact } = deployment;
  if (claim === 'services-egress-bounded') return decideServicesEgress(artifact);
  const server = googleServer(deployment);
  if (server !== undefined) return WITH_SERVER.get(claim)?.(server) ?? [];
  const door = WITHOUT_SERVER.get(claim);
  return door === undefined
    ? [{ verdict: 'not-applicable', subject: artifact.name, evidence: 'it deploys no machine that runs Restate' }]
    : decideRulesAlone(artifact, door);
}
