import { parseTemplateText } from '../../../lib/artifact/template-text';
import { readTerraform } from '../../../lib/artifact/terraform/read-terraform';
import { checkDeployment } from '../../../lib/check/check-artifact';
import { CLOUD_RUN_CLAIMS } from '../../../lib/check/cloud-run/cloud-run-claims';
import { findDeployments } from '../../../lib/check/find-deployments';
import { complaints } from '../decided';
import type { Edit } from '../edits';
import { both, set } from '../edits';
import type { EditedFile } from '../examples';
import { drop, one, onProject, put } from '../google-edits';

/** As people write it: a private service, and the account of a Restate that runs elsewhere. */
const WRITTEN: EditedFile = {
  resource: {
    google_service_account: { restate: { account_id: 'restate' }, greeter: { account_id: 'greeter' } },
    google_cloud_run_v2_service: {
      greeter: {
        name: 'greeter',
        location: 'europe-west3',
        ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
        template: {
          service_account: '${google_service_account.greeter.email}',
          containers: [{ image: 'example/greeter', ports: [{ name: 'h2c', container_port: 9080 }] }],
        },
      },
    },
    google_cloud_run_v2_service_iam_member: {
      restate: {
        name: '${google_cloud_run_v2_service.greeter.name}',
        location: 'europe-west3',
        role: 'roles/run.invoker',
        member: '${google_service_account.restate.member}',
      },
    },
  },
};

function complained(edit: Edit = () => undefined): readonly string[] {
  const file = structuredClone(WRITTEN);
  edit(file);
  const content = parseTemplateText(JSON.stringify(file), 'main.tf.json') as Parameters<
    typeof readTerraform
  >[0]['content'];
  const artifact = readTerraform({ name: 'written', file: 'main.tf.json', format: 'terraform', content });
  const [found] = findDeployments([{ path: 'main.tf.json', artifacts: [artifact] }]);
  if (found === undefined) throw new Error('nothing was found to check');
  const lines = complaints(checkDeployment(found, CLOUD_RUN_CLAIMS));
  return [...new Set(lines.map((line) => line.split(' ').slice(0, 2).join(' ')))].toSorted();
}

const SERVICE = one('cloud_run_v2_service');
const MEMBER = 'cloud_run_v2_service_iam_member';
const PRIVATE = 'cloud-run-private broken';
const EXACT = 'cloud-run-invoker-exact broken';

test('a private service that one account may call holds', () => {
  expect(complained()).toEqual([]);
});

test.each<readonly [string, Edit, readonly string[]]>([
  ['a member that is everybody', set(one(MEMBER), { member: 'allUsers' }), [EXACT, PRIVATE]],
  [
    'a binding for everybody',
    both(
      drop(MEMBER),
      put('cloud_run_v2_service_iam_binding', {
        name: '${google_cloud_run_v2_service.greeter.name}',
        role: 'roles/run.invoker',
        members: ['allUsers'],
      }),
    ),
    [EXACT, PRIVATE],
  ],
  ['no check of who calls', set(SERVICE, { invoker_iam_disabled: true }), [PRIVATE, 'cloud-run-token-audience broken']],
  ['ingress from everywhere', set(SERVICE, { ingress: 'INGRESS_TRAFFIC_ALL' }), [PRIVATE]],
  ['HTTP/1', (file) => (SERVICE(file)['template'].containers[0].ports[0].name = 'http1'), ['cloud-run-http2 broken']],
  ['the role for everybody on the project', onProject('roles/run.invoker', 'allUsers'), [EXACT, PRIVATE]],
  ['the role for somebody on the project', onProject('roles/run.invoker'), [EXACT]],
  [
    'tokens of Restate for every account',
    put('service_account_iam_member', {
      service_account_id: '${google_service_account.restate.name}',
      role: 'roles/iam.serviceAccountTokenCreator',
      member: 'allAuthenticatedUsers',
    }),
    [EXACT],
  ],
  [
    'a key of Restate',
    put('service_account_key', { service_account_id: '${google_service_account.restate.name}' }),
    [EXACT, 'federation-keyless broken'],
  ],
  ['nobody who calls', drop(MEMBER), ['cloud-run-invoker-exact unproven']],
  [
    'two who call',
    put(MEMBER, {
      name: '${google_cloud_run_v2_service.greeter.name}',
      role: 'roles/run.invoker',
      member: '${google_service_account.greeter.member}',
    }),
    [EXACT],
  ],
])('%s does not pass', (_, edit, expected) => {
  expect(complained(edit)).toEqual([...expected].toSorted());
});
