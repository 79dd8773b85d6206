import type { CatalogueClaim } from './catalogue-claim';
import { CLOUD_RUN } from './sources';

/** Services of Cloud Run, and the credentials that the server calls them with. */
export const CLOUD_RUN_CLAIMS: readonly CatalogueClaim[] = [
  {
    id: 'cloud-run-private',
    statement: 'ingress is internal and the invoker check is on',
    source: `${CLOUD_RUN} (S2.3)`,
    fix: 'set ingress to INGRESS_TRAFFIC_INTERNAL_ONLY, leave invoker_iam_disabled out, and grant no role to allUsers or allAuthenticatedUsers',
    attacked: 'calls the service from the internet, and without a token',
    decided:
      'reads from where each service takes requests, whether it asks for a token, and whether everybody may call it',
  },
  {
    id: 'cloud-run-http2',
    statement: 'the service port is h2c end to end, and HTTP/1 in its place fails before anything is called',
    source: `${CLOUD_RUN} (S2.2)`,
    fix: "name the container's port h2c",
    attacked: 'offers the container HTTP/1 where it is to be called in HTTP/2',
    decided: "reads the name of the port of each service's container",
  },
  {
    id: 'cloud-run-invoker-exact',
    statement:
      "by every path (service, project, folder, organization, custom role, token minting, impersonation) only Restate's identity can invoke",
    source: `${CLOUD_RUN} (S2.9)`,
    fix: "give roles/run.invoker on the service to the account that Restate calls as, by one authoritative binding, and nobody else a role that holds run.routes.invoke, or that makes tokens in that account's name",
    attacked: 'calls with tokens of a stranger and of the neighbours, and tries to mint and to impersonate',
    decided:
      'follows every grant, on whatever it is, for who may call each service, have a token made or act as somebody who may',
  },
  {
    id: 'cloud-run-token-audience',
    statement: "the token's audience is the canonical service URL, and no other is taken",
    source: `${CLOUD_RUN} (S2.6)`,
    fix: "register the service under its own run.app URL, or name that as audience; name no custom audience that is another's",
    attacked: 'shows tokens for other audiences to the front end',
    decided: 'reads for which names each service takes tokens beside its own URL, and whose those are',
  },
  {
    id: 'credential-source-fits',
    statement: 'the credential source can mint what registration asks for, ambient or impersonated',
    source: `${CLOUD_RUN} (S2.5, S2.8)`,
    fix: 'give the machine of Restate a service account, and where it calls as another one roles/iam.serviceAccountOpenIdTokenCreator on that',
    decided:
      "follows the account of the server's machine, or its file of credentials, to one that may call each service",
  },
  {
    id: 'cloud-run-token-not-persisted',
    statement:
      "the minted token is in no journal and reaches no handler; the Authorization that a registration sets arrives unchanged, and a caller's own token for the front end never does",
    source: `${CLOUD_RUN} (S2.4)`,
    fix: 'register with GoogleIdToken, which uses X-Serverless-Authorization, in place of a token of your own; forward that header from no caller',
    attacked: 'asks the journal and the handler for the token that was minted',
  },
  {
    id: 'credential-missing-fails-closed',
    statement: 'without credentials no unauthenticated request leaves, and calls go on when there are some again',
    source: `${CLOUD_RUN} (S2.4, S2.10)`,
    fix: 'register with GoogleIdToken',
    attacked: 'takes the source of credentials away, and watches what leaves',
  },
  {
    id: 'authentication-change-forced',
    statement: 'changed authentication is re-registered with force',
    source: `${CLOUD_RUN} (S2.7)`,
    fix: 'register again with force',
    attacked: 'no attack yet: where something registers services, it is unproven',
    decided: 'looks for something in the file that registers services',
  },
  {
    id: 'federation-keyless',
    statement: 'Restate outside Google holds no service-account key',
    source: `${CLOUD_RUN} (S2.8)`,
    fix: 'make no google_service_account_key; let the workload outside Google in by workload identity federation',
    decided: 'looks for keys of the accounts that the server calls as, and for a file of credentials beside it',
  },
];
