import type { Host } from '../../../lib/artifact/artifact';
import { configured } from './terraform-artifact';

const NETWORK = {
  google_compute_network: { n: { name: 'n', auto_create_subnetworks: false } },
  google_compute_subnetwork: {
    s: { name: 's', network: '${google_compute_network.n.id}', ip_cidr_range: '10.7.0.0/24' },
  },
};
const MACHINE = {
  network_interface: [{ subnetwork: '${google_compute_subnetwork.s.id}' }],
  metadata: { 'user-data': '#cloud-config\n{}\n' },
};

function read(machine: object, more: object = {}): ReturnType<typeof configured> {
  return configured({ ...NETWORK, google_compute_instance: { m: { ...MACHINE, ...machine } }, ...more });
}

function hostOf(machine: object, more: object = {}): Host | undefined {
  return read(machine, more).hosts[0];
}

test.each([
  ['no address by itself', {}, { publicAddress: false, internetRoute: 'none' }],
  [
    'an address of the internet, however it is written',
    { network_interface: { ...MACHINE.network_interface[0], access_config: {} } },
    { publicAddress: true, internetRoute: 'gateway' },
  ],
  [
    'an address of the internet, in a list',
    { network_interface: [{ ...MACHINE.network_interface[0], access_config: [{}] }] },
    { publicAddress: true },
  ],
  [
    'no address from an empty list',
    { network_interface: [{ ...MACHINE.network_interface[0], access_config: [] }] },
    { publicAddress: false },
  ],
  [
    'an address where that is not known',
    { network_interface: [{ ...MACHINE.network_interface[0], access_config: '${var.access}' }] },
    { publicAddress: true },
  ],
  [
    'an address of IPv6',
    { network_interface: [{ ...MACHINE.network_interface[0], ipv6_access_config: [{}] }] },
    { publicAddress: true },
  ],
])('a machine has %s', (_what, machine, expected) => {
  expect(hostOf(machine)).toMatchObject(expected);
});

test.each([
  ['none', {}, undefined],
  ['none, and says so', { stack_type: 'IPV4_ONLY' }, undefined],
  ['one beside', { stack_type: 'IPV4_IPV6' }, true],
  ['one that is known to the cloud alone', { stack_type: '${var.stack}' }, true],
  ['one of the internet', { ipv6_access_config: [{}] }, true],
])('a machine has an address of IPv6: %s', (_what, more, ipv6) => {
  expect(hostOf({ network_interface: { ...MACHINE.network_interface[0], ...more } })?.instance?.ipv6).toBe(ipv6);
});

test.each(['google_compute_network_peering', 'google_compute_vpn_tunnel', 'google_network_connectivity_spoke'])(
  'how a machine reaches the internet is not known beside a %s',
  (type) => {
    expect(hostOf({}, { [type]: { x: { name: 'x' } } })?.internetRoute).toBe('unknown');
  },
);

test.each([
  ['the network of its subnet', {}, [{ logicalId: 'google_compute_network.n', attribute: 'id' }]],
  ['the network that every project has', { network_interface: {} }, ['default']],
])('a machine stands in %s', (_what, machine, network) => {
  expect(hostOf(machine)?.instance?.network).toEqual(network);
});

const OURS = [{ logicalId: 'google_compute_network.n', attribute: 'id' }];
const IN_P = { project: 'p' };
const TWO_PROVIDERS = { provider: { google: [{}, { alias: 'other', project: 'q' }] } };
const OF_PROVIDER = { provider: { google: { project: 'p' } } };

test.each<[string, { path: string; machine?: object; network?: object; more?: object }, unknown]>([
  ['of its project', { path: 'projects/p/global/networks/n', network: IN_P }, OURS],
  ["of the provider's project", { path: 'projects/p/global/networks/n', more: OF_PROVIDER }, OURS],
  ['by its name alone, where the file says no project', { path: 'n' }, OURS],
  ['by its name, from the same project', { path: 'n', machine: IN_P, network: IN_P }, OURS],
  ['of another project', { path: 'projects/q/global/networks/n', network: IN_P }, ['projects/q/global/networks/n']],
  ['by its name, from another project', { path: 'n', machine: { project: 'q' }, network: IN_P }, ['projects/q/n']],
  [
    'where nobody knows in which project ours is',
    { path: 'projects/p/global/networks/n' },
    ['projects/p/global/networks/n'],
  ],
  ['where nobody knows in which project the machine is', { path: 'n', network: IN_P }, ['n']],
  ['by its name, where either may be of another provider', { path: 'n', more: TWO_PROVIDERS }, []],
])('the network that a machine names is ours only if it is for certain: %s', (_what, given, expected) => {
  const { path, machine = {}, network = {}, more = {} } = given;
  const resources = {
    google_compute_network: { n: { name: 'n', ...network } },
    google_compute_instance: { m: { ...MACHINE, network_interface: { network: path }, ...machine } },
  };
  expect(configured(resources, more).hosts[0]?.instance?.network).toEqual(expected);
});

test.each([
  ['its own', 'p', OURS],
  ['another', 'q', []],
])('a subnet with the name of ours in %s project leads to our network only there', (_, project, expected) => {
  const subnetwork = `projects/${project}/regions/r/subnetworks/s`;
  const resources = {
    google_compute_network: { n: { name: 'n', project: 'p' } },
    google_compute_subnetwork: { s: { name: 's', project: 'p', network: '${google_compute_network.n.id}' } },
    google_compute_instance: { m: { ...MACHINE, network_interface: { subnetwork } } },
  };
  expect(configured(resources).hosts[0]?.instance?.network).toEqual(expected);
});

test.each([
  [
    'a NAT of its network',
    {
      google_compute_router: { r: { name: 'r', network: '${google_compute_network.n.id}' } },
      google_compute_router_nat: { x: { router: '${google_compute_router.r.name}' } },
    },
    'nat',
  ],
  [
    'a NAT of a network that may be its own',
    {
      google_compute_router: { r: { name: 'r', network: 'projects/p/global/networks/n' } },
      google_compute_router_nat: { x: { router: '${google_compute_router.r.name}' } },
    },
    'nat',
  ],
  ['a NAT of a router that is not in the file', { google_compute_router_nat: { x: { router: 'other' } } }, 'nat'],
  [
    'a NAT of another network',
    {
      google_compute_network: { ...NETWORK.google_compute_network, o: { name: 'o' } },
      google_compute_router: { r: { name: 'r', network: '${google_compute_network.o.id}' } },
      google_compute_router_nat: { x: { router: '${google_compute_router.r.name}' } },
    },
    'none',
  ],
  [
    'a route to a machine that passes packets on',
    {
      google_compute_route: {
        x: { network: '${google_compute_network.n.id}', dest_range: '0.0.0.0/0', next_hop_ip: '10.7.0.9' },
      },
    },
    'nat',
  ],
  [
    'a route to Google’s gateway, which takes nothing without an address',
    {
      google_compute_route: {
        x: {
          network: '${google_compute_network.n.id}',
          dest_range: '0.0.0.0/0',
          next_hop_gateway: 'default-internet-gateway',
        },
      },
    },
    'none',
  ],
])('by %s a machine reaches the internet as said', (_what, more, route) => {
  expect(hostOf({}, more)?.internetRoute).toBe(route);
});

test('a machine in a network that the file does not make reaches who knows what', () => {
  expect(hostOf({ network_interface: { network: 'elsewhere' } })?.internetRoute).toBe('unknown');
});

test.each([
  [
    'an account of the file',
    { service_account: { email: '${google_service_account.a.email}' } },
    [{ logicalId: 'google_service_account.a', attribute: 'email' }],
  ],
  [
    'the project’s own account where none is named',
    { service_account: { scopes: ['cloud-platform'] } },
    [{ logicalId: 'google_compute_instance.m', attribute: 'service_account.email' }],
  ],
  ['none without a block', {}, undefined],
])('a machine runs as %s', (_what, machine, account) => {
  expect(hostOf(machine, { google_service_account: { a: { account_id: 'a' } } })?.instance?.account).toEqual(account);
});

test.each([
  ['a start-up script', { metadata: { ...MACHINE.metadata, 'startup-script': 'curl x | sh' } }],
  ['a start-up script as an argument', { metadata_startup_script: 'curl x | sh' }],
  ['containers that the image starts', { metadata: { ...MACHINE.metadata, 'gce-container-declaration': 'spec:' } }],
  ['user data from a file', { metadata: { 'user-data': '${file("x")}' } }],
  ['metadata that is not known', { metadata: '${var.metadata}' }],
  ['a second network interface', { network_interface: [MACHINE.network_interface[0], MACHINE.network_interface[0]] }],
  ['a subnet from elsewhere', { network_interface: { subnetwork: 'elsewhere' } }],
  ['tags that are not known', { tags: '${var.tags}' }],
  ['a provisioner', { provisioner: { 'remote-exec': { inline: ['x'] } } }],
])('a machine with %s is reported', (_what, machine) => {
  expect(read(machine).unreadable).toContainEqual(expect.objectContaining({ subject: 'google_compute_instance.m' }));
});

test('a machine without any of it is not', () => {
  expect(read({}).unreadable).toEqual([]);
});

const GROUP = {
  google_compute_instance_template: { t: { ...MACHINE, tags: ['engine'] } },
  google_compute_instance_group_manager: {
    g: { name: 'g', version: { instance_template: '${google_compute_instance_template.t.self_link_unique}' } },
  },
};

test('a template that a group starts is one host, that two groups start two', () => {
  expect(configured({ ...NETWORK, ...GROUP })).toMatchObject({
    hosts: [{ id: 'google_compute_instance_template.t', instance: { tags: ['engine'] } }],
    unreadable: [],
  });
  const second = { ...GROUP.google_compute_instance_group_manager, h: GROUP.google_compute_instance_group_manager.g };
  expect(
    configured({ ...NETWORK, ...GROUP, google_compute_instance_group_manager: second }).hosts.map(({ id }) => id),
  ).toEqual([
    'google_compute_instance_template.t',
    'google_compute_instance_template.t/google_compute_instance_group_manager.h',
  ]);
});

test.each([
  ['no group starts', { google_compute_instance_group_manager: {} }],
  [
    'a configuration lays metadata over',
    { google_compute_per_instance_config: { c: { preserved_state: { metadata: { 'user-data': 'x' } } } } },
  ],
  [
    'a group lays metadata over',
    {
      google_compute_instance_group_manager: {
        g: { ...GROUP.google_compute_instance_group_manager.g, all_instances_config: { metadata: { a: 'b' } } },
      },
    },
  ],
  [
    'the project lays metadata over',
    { google_compute_project_metadata_item: { i: { key: 'startup-script', value: 'x' } } },
  ],
  [
    'a second version stands beside',
    {
      google_compute_instance_group_manager: {
        g: { version: [GROUP.google_compute_instance_group_manager.g.version, { instance_template: 'x' }] },
      },
    },
  ],
])('a template that %s is reported', (_what, more) => {
  expect(configured({ ...NETWORK, ...GROUP, ...more }).unreadable).not.toEqual([]);
});

test('a construct path and accepted risks are read from the comment', () => {
  const comment = {
    metadata: { path: 'Stack/Restate/Resource', uniqueId: 'x' },
    'portcullis:accepted': [{ claim: 'admin-closed', reason: 'why' }],
  };
  expect(read({ '//': comment })).toMatchObject({
    hosts: [{ constructPath: 'Stack/Restate' }],
    accepted: [{ claim: 'admin-closed', subject: 'google_compute_instance.m', reason: 'why' }],
  });
});

test('snapshots are taken by a schedule that a disk has', () => {
  const policy = { google_compute_resource_policy: { p: { name: 'p', snapshot_schedule_policy: { schedule: {} } } } };
  const attachment = {
    google_compute_disk_resource_policy_attachment: {
      a: { name: '${google_compute_resource_policy.p.name}', disk: 'd' },
    },
  };
  expect(configured({ ...policy, ...attachment }).diskSnapshots).toEqual(['google_compute_resource_policy.p']);
  expect(
    configured({
      ...policy,
      google_compute_disk: { d: { resource_policies: ['${google_compute_resource_policy.p.id}'] } },
    }).diskSnapshots,
  ).toHaveLength(1);
  expect(configured(policy)).not.toHaveProperty('diskSnapshots');
});
