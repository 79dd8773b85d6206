import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { PrivateNetwork, type IPrivateNetwork, type PrivateNetworkProps } from '../../lib/google/private-network';
import { refusal } from '../core/refusal';
import { lineOf, newStack, onlyOf, resourcesOf, type Resources } from './network-of';

const PROPS: PrivateNetworkProps = { cidr: '10.20.0.0/24', region: 'europe-west1' };

const networkOf = (props: Partial<PrivateNetworkProps> = {}): Resources =>
  resourcesOf((stack) => new PrivateNetwork(stack, 'Network', { ...PROPS, ...props }));

const routesOf = (resources: Resources): string[] =>
  Object.values(resources['google_compute_route'] ?? {})
    .map((route) => lineOf(route, 'dest_range', 'next_hop_gateway', 'tags'))
    .sort();

/** Names and what they lead to in each private zone. */
function recordsOf(resources: Resources): string[] {
  const zones = Object.values(resources['google_dns_managed_zone'] ?? {});
  expect(zones.map(({ visibility }) => visibility)).toEqual(zones.map(() => 'private'));
  return Object.values(resources['google_dns_record_set'] ?? {})
    .map((record) => lineOf(record, 'name', 'type', 'rrdatas'))
    .sort();
}

describe('a private network', () => {
  test('has one IPv4 subnet, and no route but that to the services of Google', () => {
    const resources = networkOf();
    expect(onlyOf(resources, 'google_compute_network')).toMatchObject({
      auto_create_subnetworks: false,
      delete_default_routes_on_create: true,
    });
    expect(onlyOf(resources, 'google_compute_subnetwork')).toMatchObject({
      ip_cidr_range: '10.20.0.0/24',
      region: 'europe-west1',
      stack_type: 'IPV4_ONLY',
      private_ip_google_access: true,
    });
    expect(routesOf(resources)).toEqual(['199.36.153.4/30 default-internet-gateway']);
    expect(Object.keys(resources)).not.toEqual(expect.arrayContaining(['google_compute_router_nat']));
  });

  test('leads every name of Google that a server needs to the four addresses that have a route', () => {
    const addresses = '199.36.153.4 199.36.153.5 199.36.153.6 199.36.153.7';
    expect(recordsOf(networkOf())).toEqual([
      '*.googleapis.com. CNAME restricted.googleapis.com.',
      '*.pkg.dev. CNAME pkg.dev.',
      '*.run.app. CNAME run.app.',
      `pkg.dev. A ${addresses}`,
      `restricted.googleapis.com. A ${addresses}`,
      `run.app. A ${addresses}`,
    ]);
  });

  test('shows its zones to itself alone', () => {
    for (const zone of Object.values(networkOf()['google_dns_managed_zone'] ?? {})) {
      const { networks } = zone['private_visibility_config'] as { networks: { network_url: string }[] };
      expect(networks).toEqual([{ network_url: expect.stringMatching(/^\$\{google_compute_network\.\w+\.id\}$/) }]);
    }
  });

  test('logs every connection with all that is known of it, and every name that is asked for', () => {
    const resources = networkOf();
    const { log_config } = onlyOf(resources, 'google_compute_subnetwork');
    expect(log_config).toMatchObject({ flow_sampling: 1, metadata: 'INCLUDE_ALL_METADATA' });
    expect(onlyOf(resources, 'google_dns_policy')).toMatchObject({ enable_logging: true });
  });

  test('keeps a part of the flow logs when that is asked for', () => {
    const { log_config } = onlyOf(networkOf({ flowLogSampling: 0.5 }), 'google_compute_subnetwork');
    expect(log_config).toMatchObject({ flow_sampling: 0.5 });
  });

  test("reaches the internet by a logged NAT of its subnet when internet is 'nat'", () => {
    const resources = networkOf({ internet: 'nat' });
    expect(routesOf(resources)).toEqual([
      '0.0.0.0/0 default-internet-gateway',
      '199.36.153.4/30 default-internet-gateway',
    ]);
    expect(onlyOf(resources, 'google_compute_router_nat')).toMatchObject({
      source_subnetwork_ip_ranges_to_nat: 'LIST_OF_SUBNETWORKS',
      subnetwork: [{ source_ip_ranges_to_nat: ['PRIMARY_IP_RANGE'] }],
      log_config: { enable: true, filter: 'ALL' },
    });
  });

  test('makes no rule of the firewall: they are made around machines', () => {
    expect(networkOf({ internet: 'nat' })['google_compute_firewall']).toBeUndefined();
  });

  test('names its resources as Google allows', () => {
    const names = Object.entries(networkOf({ internet: 'nat' }))
      .filter(([type]) => type.startsWith('google_compute') || type === 'google_dns_managed_zone')
      .flatMap(([, ofType]) => Object.values(ofType).map(({ name }) => name));
    expect(names).toHaveLength(9);
    for (const name of names) expect(name).toMatch(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/);
  });

  test('of others is taken as it is, also where its ids are known at deployment alone', () => {
    const { id } = new ComputeNetwork(newStack(), 'Shared', { name: 'shared' });
    const attributes: IPrivateNetwork = { networkId: id, subnetworkId: id, ...PROPS, internet: 'nat' };
    expect(PrivateNetwork.fromAttributes(attributes)).toEqual(attributes);
  });
});

describe('a private network refuses', () => {
  test.each<[what: string, props: Partial<PrivateNetworkProps>, code: string]>([
    ['an impossible block', { cidr: '10.10.0.0/99' }, 'CidrInvalid'],
    ['a block with bits outside its prefix', { cidr: '10.20.0.1/24' }, 'CidrInvalid'],
    ['a block that is known at deployment alone', { cidr: '${TfToken[TOKEN.4]}' }, 'ValueNotConcrete'],
    ['a block of IPv6', { cidr: 'fd00:1::/64' }, 'SubnetRangeInvalid'],
    ['a public block', { cidr: '8.8.8.0/24' }, 'SubnetRangeInvalid'],
    ['the addresses of private access', { cidr: '199.36.153.0/24' }, 'SubnetRangeInvalid'],
    ['link-local addresses', { cidr: '169.254.0.0/16' }, 'SubnetRangeInvalid'],
    ['a block wider than a server needs', { cidr: '10.0.0.0/15' }, 'SubnetRangeInvalid'],
    ['a block narrower than Google takes', { cidr: '10.20.0.0/30' }, 'SubnetRangeInvalid'],
    ['the network of the container runtime', { cidr: '172.17.4.0/24' }, 'SubnetRangeInvalid'],
    ['the network of the containers', { cidr: '172.18.0.0/16' }, 'SubnetRangeInvalid'],
    ['a zone for a region', { region: 'europe-west1-b' }, 'RegionInvalid'],
    ['an empty region', { region: '' }, 'RegionInvalid'],
    ['an unknown way out', { internet: 'gateway' as never }, 'InternetAccessInvalid'],
    ['flow logs of nothing', { flowLogSampling: 0 }, 'SamplingInvalid'],
    ['flow logs of more than all', { flowLogSampling: 1.1 }, 'SamplingInvalid'],
    ['flow logs of no number', { flowLogSampling: Number.NaN }, 'SamplingInvalid'],
    ['a word that nobody reads', { subnets: 2 } as never, 'OptionUnknown'],
  ])('%s', (_, props, code) => {
    expect(refusal(() => networkOf(props)).code).toBe(code);
  });

  test.each<[what: string, attributes: Partial<IPrivateNetwork>, code: string]>([
    ['a public block of others', { cidr: '8.8.8.0/24' }, 'SubnetRangeInvalid'],
    ['a zone of others', { region: 'europe-west1-b' }, 'RegionInvalid'],
    ['an unknown way out of others', { internet: 'yes' as never }, 'InternetAccessInvalid'],
    ['a word that nobody reads', { vpc: 'x' } as never, 'OptionUnknown'],
  ])('%s', (_, attributes, code) => {
    const whole: IPrivateNetwork = { networkId: 'n', subnetworkId: 's', ...PROPS, internet: 'none', ...attributes };
    expect(refusal(() => PrivateNetwork.fromAttributes(whole)).code).toBe(code);
  });
});
