import type { CatalogueClaim } from './catalogue-claim';
import { CLOUD_RUN } from './sources';

/** Services of Cloud Run, and the credentials that the server calls them with. */
export const CLOUD_RUN_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'cloud-run-private',
    statement: 'ingress is internal and the invoker check is on',
    source: `${CLOUD_RUN} (S2.3)`,
    fix: 'set ingress to INGRESS_TRAFFIC_INTERNAL_ONLY, leave invoker_iam_disabled out, and grant no role to allUsers or allAuthenticatedUsers',
  },
  {
    id: 'cloud-run-http2',
    statement: 'the service port is h2c end to end, and HTTP/1 in its place fails before anything is called',
    source: `${CLOUD_RUN} (S2.2)`,
    fix: "name the container's port h2c",
  },
  {
    id: 'cloud-run-invoker-exact',
    statement:
      "by every path (service, project, folder, organization, custom role, token minting, impersonation) only Restate's identity can invoke",
    source: `${CLOUD_RUN} (S2.9)`,
    fix: "give roles/run.invoker on the service to the account that Restate calls as, by one authoritative binding, and nobody else a role that holds run.routes.invoke, or that makes tokens in that account's name",
  },
  {
    id: 'cloud-run-token-audience',
    statement: "the token's audience is the canonical service URL, and no other is taken",
    source: `${CLOUD_RUN} (S2.6)`,
    fix: "register the service under its own run.app URL, or name that as audience; name no custom audience that is another's",
  },
  {
    id: 'cloud-run-token-not-persisted',
    statement:
      "the minted token is in no journal and reaches no handler; the Authorization that a registration sets arrives unchanged, and a caller's own token for the front end never does",
    source: `${CLOUD_RUN} (S2.4)`,
    fix: 'register with GoogleIdToken, which uses X-Serverless-Authorization, in place of a token of your own; forward that header from no caller',
  },
  {
    id: 'credential-missing-fails-closed',
    statement: 'without credentials no unauthenticated request leaves, and calls go on when there are some again',
    source: `${CLOUD_RUN} (S2.4, S2.10)`,
    fix: 'register with GoogleIdToken',
  },
  {
    id: 'authentication-change-forced',
    statement: 'changed authentication is re-registered with force',
    source: `${CLOUD_RUN} (S2.7)`,
    fix: 'register again with force',
  },
];
