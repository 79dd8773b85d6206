import { configured, planned } from './terraform-artifact';

const TEMPLATE = {
  google_compute_instance_template: { t: { network_interface: {}, metadata: { 'user-data': '#cloud-config\n{}\n' } } },
};
const MANAGER = { version: [{ instance_template: '${google_compute_instance_template.t.id}' }] };

function concerning(resources: Parameters<typeof configured>[0]): readonly (string | undefined)[] {
  return configured({ ...TEMPLATE, google_compute_instance_group_manager: { g: MANAGER }, ...resources })
    .unreadable.filter(({ concerns }) => concerns === 'template')
    .map(({ subject }) => subject);
}

test.each<[string, Parameters<typeof configured>[0], string]>([
  [
    'a group lays metadata over its template',
    {
      google_compute_instance_group_manager: {
        g: { ...MANAGER, all_instances_config: { metadata: { 'user-data': '#cloud-config\n' } } },
      },
    },
    'google_compute_instance_group_manager.g',
  ],
  [
    'a machine of a group has metadata of its own',
    { google_compute_per_instance_config: { c: { preserved_state: { metadata: { 'startup-script': 'x' } } } } },
    'google_compute_per_instance_config.c',
  ],
  [
    'a machine is made from an image of another',
    { google_compute_instance_from_machine_image: { m: { name: 'm' } } },
    'google_compute_instance_from_machine_image.m',
  ],
  [
    'a resource runs a provisioner, whatever it is',
    { terraform_data: { d: { provisioner: [{ 'local-exec': { command: 'gcloud' } }] } } },
    'terraform_data.d',
  ],
  [
    'machines are changed from outside',
    { google_os_config_os_policy_assignment: { p: { name: 'p' } } },
    'google_os_config_os_policy_assignment.p',
  ],
  [
    'a deployment of another tool is made',
    { google_deployment_manager_deployment: { d: { name: 'd' } } },
    'google_deployment_manager_deployment.d',
  ],
])('nothing is certain where %s', (_what, resources, subject) => {
  expect(concerning(resources)).toEqual([subject]);
});

test('nothing of it is reported where nothing of it is there', () => {
  expect(concerning({})).toEqual([]);
});

test('a plan tells of provisioners, too', () => {
  const resource = { address: 'terraform_data.d', type: 'terraform_data', provisioners: [{ type: 'local-exec' }] };
  const inner = { module: { resources: [resource] } };
  const configuration = { root_module: { resources: [resource], module_calls: { m: inner } } };
  expect(planned({ configuration }).unreadable.map(({ subject }) => subject)).toEqual([
    'terraform_data.d',
    'module.m.terraform_data.d',
  ]);
});

test('a revision that is served in place of the one that the file says leaves its service open', () => {
  const service = { name: 's', template: { containers: [{ image: 'i' }] } };
  const served = (traffic: object): readonly string[] =>
    configured({ google_cloud_run_v2_service: { s: { ...service, traffic: [traffic] } } }).unreadable.map(
      ({ reason }) => reason,
    );
  expect(served({ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100 })).toEqual([]);
  expect(served({ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: 's-1', percent: 100 })).toEqual([
    'traffic[0].revision is a revision that is served in place of this one, and stands in no file',
  ]);
});

test('a key of an account is reported', () => {
  const { unreadable } = configured({ google_service_account_key: { k: { service_account_id: 'x' } } });
  expect(unreadable.map(({ subject }) => subject)).toEqual(['google_service_account_key.k']);
});
