import type { CheckedClaim } from '../../checked-claim';
import type { Finding } from '../../finding';
import { decideFrontAddresses, decideFrontCaches, decideFrontRegions, decideFrontTls } from './front-hardening';
import { decideLent } from './lent-machine';
import { type GoogleServer, googleServer } from './google-server';

const BESIDE: readonly (readonly [id: string, decide: (server: GoogleServer) => readonly Finding[]])[] = [
  ['tls-outside', decideFrontTls],
  ['ingress-authenticated', decideFrontCaches],
  ['no-public-address', decideFrontAddresses],
  ['rules-exact', decideFrontRegions],
  ['deploy-drains', decideLent],
];

/** What Google's balancers and machines add to claims that are decided by the proxy, by rules, and by what runs. */
export const GOOGLE_CLAIMS: readonly CheckedClaim[] = BESIDE.map(([id, decide]) => ({
  id,
  isBeside: true,
  decide: (deployment) => {
    const server = googleServer(deployment);
    const found = server === undefined ? [] : decide(server);
    const subject = deployment.server?.host.id ?? deployment.artifact.name;
    return found.length > 0
      ? found
      : [{ verdict: 'not-applicable', subject, evidence: 'no balancer of Google leads to the server' }];
  },
}));
