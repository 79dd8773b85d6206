import { type Node, nodes, removeMember } from '../../envoy';
import { listenerTo } from '../../listener-of-operators';
import { the } from '../../template';
import { accountOfService, add, type Configuration, machineAccount, type Properties, theOne } from '../configuration';
import { editBootstrap } from '../machine';
import type { GoogleMutant } from '../mutant';

const INVOKER = 'roles/run.invoker';
const STRANGER = 'serviceAccount:batch@example-project.iam.gserviceaccount.com';
const METADATA_PORT = 80;
const ID_TOKEN = '/computeMetadata/v1/instance/service-accounts/default/identity';

/** Who may call a service, from where, with which token. */
export const CLOUD_RUN_MUTANTS: readonly GoogleMutant[] = [
  {
    id: 'everybody-may-call-the-service',
    guard: 'the exact invoker of the service',
    attack: 'cloud-run-without-token',
    edit: (configuration) => admit(configuration, 'allUsers'),
  },
  {
    id: 'everybody-may-call-services-of-the-project',
    guard: 'the want of invokers of all services of the project',
    attack: 'cloud-run-without-token',
    edit: (configuration) =>
      add(configuration, 'google_project_iam_member', {
        project: 'example-project',
        role: INVOKER,
        member: 'allUsers',
      }),
  },
  {
    id: 'everybody-may-call-services-of-the-folder',
    guard: 'the want of invokers of all services of a folder',
    attack: 'cloud-run-without-token',
    edit: (configuration) =>
      add(configuration, 'google_folder_iam_member', { folder: 'folders/1234', role: INVOKER, member: 'allUsers' }),
  },
  {
    id: 'everybody-with-an-account-may-call-the-service',
    guard: 'the exact invoker of the service, for accounts of Google,',
    attack: 'cloud-run-token-of-stranger',
    edit: (configuration) => admit(configuration, 'allAuthenticatedUsers'),
  },
  {
    id: 'another-account-may-call-the-service',
    guard: "the server's account as the one invoker of the service",
    attack: 'cloud-run-token-of-neighbour',
    edit: (configuration) => admit(configuration, STRANGER),
  },
  {
    id: 'another-account-may-call-services-of-the-project',
    guard: 'the want of invokers of all services of the project, for one account,',
    attack: 'cloud-run-token-of-neighbour',
    edit: (configuration) =>
      add(configuration, 'google_project_iam_member', { project: 'example-project', role: INVOKER, member: STRANGER }),
  },
  {
    id: 'service-may-call-itself',
    guard: "the service's own account as no invoker",
    attack: 'cloud-run-token-of-neighbour',
    edit: (configuration) => admit(configuration, `serviceAccount:${accountOfService(configuration)}`),
  },
  {
    id: 'invokers-not-checked',
    guard: 'the check of invokers',
    attack: 'cloud-run-token-forged',
    edit: (configuration) => (service(configuration)['invoker_iam_disabled'] = true),
  },
  {
    id: 'service-on-the-internet',
    guard: 'the internal ingress of the service',
    attack: 'cloud-run-from-internet',
    edit: (configuration) => (service(configuration)['ingress'] = 'INGRESS_TRAFFIC_ALL'),
  },
  {
    id: 'service-in-http1',
    guard: 'HTTP/2 as the language of the service',
    attack: 'cloud-run-http1-at-container',
    edit: (configuration) => addServiceInHttp1(configuration),
  },
  ...(['roles/iam.serviceAccountOpenIdTokenCreator', 'roles/iam.serviceAccountTokenCreator'] as const).map(
    (role): GoogleMutant => ({
      id: `tokens-made-by-another-account-as-${role.split('.').at(-1)}`,
      guard: "the machine's account as the one that makes tokens of whom it calls as",
      attack: 'cloud-run-token-by-minting',
      example: 'Storefront',
      edit: (configuration) => {
        const { service_account_id: target } = theOne(configuration, 'google_service_account_iam_member');
        const member = { service_account_id: target, role, member: STRANGER };
        add(configuration, 'google_service_account_iam_member', member);
      },
    }),
  ),
  {
    id: 'tokens-of-the-machine-made-by-another-account',
    guard: "the machine's account as nobody's to act as",
    attack: 'cloud-run-token-by-minting',
    edit: (configuration) =>
      add(configuration, 'google_project_iam_member', {
        project: 'example-project',
        role: 'roles/iam.serviceAccountTokenCreator',
        member: STRANGER,
      }),
  },
  {
    id: 'audience-of-everybody',
    guard: 'audiences that are for this service alone',
    attack: 'cloud-run-token-for-another',
    edit: (configuration) => (service(configuration)['custom_audiences'] = ['https://www.googleapis.com/']),
  },
  {
    id: 'audience-rewritten',
    guard: "the proxy's care to leave the audience as the server asks for it, and audiences of the service alone,",
    attack: 'cloud-run-audience-of-server',
    edit: (configuration) => {
      service(configuration)['custom_audiences'] = ['https://billing.example.com'];
      editBootstrap(configuration, (bootstrap) => {
        const { match, route } = routeOf(listenerTo(bootstrap, METADATA_PORT)) as { match: Node; route: Node };
        match['prefix'] = ID_TOKEN;
        route['prefix_rewrite'] = `${ID_TOKEN}?audience=https%3A%2F%2Fbilling.example.com&asked=`;
      });
    },
  },
  {
    id: 'proxy-adds-a-token',
    guard: 'the server as the one that shows tokens to a service, and the allow-list of request headers,',
    attack: 'cloud-run-token-in-journal',
    edit: (configuration) =>
      editBootstrap(configuration, (bootstrap) => {
        removeMember(bootstrap, 'request_mutations');
        const header = { key: 'x-serverless-authorization', value: 'Bearer of-the-proxy' };
        const route = routeOf(listenerTo(bootstrap, 8080));
        route['request_headers_to_add'] = [{ header }];
      }),
  },
];

function service(configuration: Configuration): Properties {
  return theOne(configuration, 'google_cloud_run_v2_service');
}

function admit(configuration: Configuration, member: string): void {
  const { members } = theOne(configuration, 'google_cloud_run_v2_service_iam_binding');
  (members as string[]).push(member);
}

/** A second service, for the first has to be spoken to. */
function addServiceInHttp1(configuration: Configuration): void {
  const second = structuredClone(service(configuration));
  second['name'] = 'second';
  const { containers } = second['template'] as { containers: { ports: Properties }[] };
  for (const { ports } of containers) ports['name'] = 'http1';
  add(configuration, 'google_cloud_run_v2_service', second);
  add(configuration, 'google_cloud_run_v2_service_iam_binding', {
    name: 'second',
    location: 'europe-west3',
    project: 'example-project',
    role: INVOKER,
    members: [`serviceAccount:${String(machineAccount(configuration))}`],
  });
}

function routeOf(listener: Node): Node {
  return the(
    nodes(listener).filter((node) => 'match' in node && 'route' in node),
    'route',
  );
}
