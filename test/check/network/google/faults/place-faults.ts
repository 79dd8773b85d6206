import { both } from '../../../edits';
import type { Fault } from '../../../decided';
import { addition, type Block, change, NETWORK, onInterface, part, rule, tcp } from '../parts';

const WORLD = { source_ranges: ['0.0.0.0/0'] };
const instance = (changes: Record<string, unknown>): Fault[1] => change('instance_template', '', changes);

const userData =
  (from: string | RegExp, to: string): Fault[1] =>
  (file) => {
    const metadata = part(file, 'instance_template')['metadata'] as Record<string, string>;
    const before = metadata['user-data'] as string;
    metadata['user-data'] = before.replace(from, to);
    if (metadata['user-data'] === before) throw new Error(`the machine does not say ${String(from)}`);
  };

/** Faults of both examples in where the machine stands, and what leads there. */
export const PLACE_FAULTS: readonly Fault[] = [
  ['an address of the internet', onInterface({ access_config: [{}] }), ['no-public-address broken']],
  [
    'an address of the internet that is named',
    onInterface({ access_config: [{ nat_ip: '203.0.113.7' }] }),
    ['no-public-address broken'],
  ],
  [
    'an address of IPv6 on the internet',
    onInterface({ stack_type: 'IPV4_IPV6', ipv6_access_config: [{ network_tier: 'PREMIUM' }] }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'no-public-address broken'],
  ],
  [
    'an address of IPv6, out of which nothing denies',
    onInterface({ stack_type: 'IPV4_IPV6' }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken'],
  ],
  [
    'a second interface',
    (file) => {
      const machine = part(file, 'instance_template');
      machine['network_interface'] = [...([machine['network_interface']].flat() as unknown[]), { network: 'default' }];
    },
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'egress-closed unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'internal-endpoints-unreachable unproven',
      'metadata-unreachable unproven',
      'metrics-closed unproven',
      'no-public-address unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
    ],
  ],
  [
    'another network',
    onInterface({ network: 'projects/example-project/global/networks/default', subnetwork: undefined }),
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'egress-closed unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'internal-endpoints-unreachable unproven',
      'metrics-closed unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
    ],
  ],
  [
    'another account, that no rule is about',
    instance({
      service_account: [{ email: 'other@example-project.iam.gserviceaccount.com', scopes: ['cloud-platform'] }],
    }),
    ['bind-narrow unproven', 'egress-closed unproven', 'internal-endpoints-unreachable unproven'],
  ],
  [
    'no account',
    instance({ service_account: undefined }),
    ['bind-narrow broken', 'egress-closed broken', 'internal-endpoints-unreachable broken'],
  ],
  [
    'the admin port is published',
    userData('--publish=443:8443', '--publish=443:8443 --publish=9070:9070'),
    ['bind-narrow broken'],
  ],
  [
    'the admin port is published in the place of the ingress',
    userData('--publish=443:8443', '--publish=443:9070'),
    ['admin-closed broken', 'bind-narrow broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'the fabric port is published and open',
    both(userData('--publish=443:8443', '--publish=443:8443 --publish=5122:5122'), rule({ ...tcp('5122'), ...WORLD })),
    ['bind-narrow broken', 'fabric-cluster-only broken', 'metrics-closed broken', 'rules-exact broken'],
  ],
  [
    'a route to the internet by somebody else',
    addition('google_compute_route', {
      name: 'fault',
      network: NETWORK,
      dest_range: '199.36.153.0/24',
      next_hop_ip: '10.20.0.9',
      priority: 100,
    }),
    ['egress-closed broken'],
  ],
  [
    "the subnet has no private access to Google's services",
    change('subnetwork', '', { private_ip_google_access: false }),
    ['egress-closed unproven'],
  ],
  [
    'containers reach the metadata server',
    userData('! --uid-owner 65532', '! --uid-owner 65531'),
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'egress-closed unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'internal-endpoints-unreachable unproven',
      'metadata-unreachable unproven',
      'metrics-closed unproven',
      'no-public-address unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
    ],
  ],
  [
    'the project changes metadata',
    addition('google_compute_project_metadata_item', { key: 'startup-script', value: 'true' }),
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'egress-closed unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'internal-endpoints-unreachable unproven',
      'metadata-unreachable unproven',
      'metrics-closed unproven',
      'no-public-address unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
      'services-egress-bounded unproven',
    ],
  ],
  [
    'a policy of firewalls is asked, too',
    addition('google_compute_network_firewall_policy_rule', { firewall_policy: 'x', priority: 1 }),
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'egress-closed unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'internal-endpoints-unreachable unproven',
      'metadata-unreachable unproven',
      'metrics-closed unproven',
      'no-public-address unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
      'services-egress-bounded unproven',
    ],
  ],
  [
    'a target instance hands packets on',
    addition('google_compute_target_instance', { name: 'fault', instance: 'x', zone: 'europe-west3-a' }),
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'metrics-closed unproven',
      'no-public-address unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
    ],
  ],
  [
    'Private Service Connect lets others in',
    addition('google_compute_service_attachment', { name: 'fault' }),
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'metrics-closed unproven',
      'no-public-address unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
    ],
  ],
  [
    'packets are copied to somebody',
    addition('google_compute_packet_mirroring', { name: 'fault' }),
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'egress-closed unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'internal-endpoints-unreachable unproven',
      'metadata-unreachable unproven',
      'metrics-closed unproven',
      'no-public-address unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
      'services-egress-bounded unproven',
    ],
  ],
  [
    'a service sends whatever it likes into the network',
    serviceEgress('ALL_TRAFFIC', []),
    ['services-egress-bounded broken'],
  ],
  [
    'a service sends to every private address',
    serviceEgress('PRIVATE_RANGES_ONLY', ['greeter']),
    ['services-egress-bounded broken'],
  ],
  [
    'a service sends into a network that only the cloud knows',
    serviceEgress('ALL_TRAFFIC', [], '${var.network}'),
    ['services-egress-bounded broken'],
  ],
  [
    'a balancer forwards the admin port, which is open',
    both(
      addition('google_compute_forwarding_rule', (file) => {
        const backend = Object.keys(
          (file['resource'] as Record<string, object>)['google_compute_region_backend_service'] ?? {},
        )[0];
        return {
          name: 'fault',
          load_balancing_scheme: 'EXTERNAL',
          ports: ['9070'],
          backend_service:
            backend === undefined
              ? '${google_compute_region_backend_service.Added.id}'
              : `\${google_compute_region_backend_service.${backend}.id}`,
        };
      }),
      addition(
        'google_compute_region_backend_service',
        (file) => ({
          name: 'fault',
          load_balancing_scheme: 'EXTERNAL',
          protocol: 'TCP',
          health_checks: [
            `\${google_compute_health_check.${Object.keys((file['resource'] as Record<string, object>)['google_compute_health_check'] ?? {})[0] ?? ''}.id}`,
          ],
          backend: [
            {
              group: `\${google_compute_instance_group_manager.${Object.keys((file['resource'] as Record<string, object>)['google_compute_instance_group_manager'] ?? {})[0] ?? ''}.instance_group}`,
            },
          ],
        }),
        'Added',
      ),
      rule({ ...tcp('9070'), ...WORLD }),
    ),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
];

function serviceEgress(egress: string, tags: readonly string[], network = NETWORK): Fault[1] {
  return (file) => {
    const [service] = Object.values(
      (file['resource'] as Record<string, Record<string, Block>>)['google_cloud_run_v2_service'] ?? {},
    );
    (service as Block)['template'].vpc_access = { egress, network_interfaces: [{ network, tags }] };
  };
}
