import type { Fault } from '../../../decided';
import { both } from '../../../edits';
import { addition, change, MACHINE, NETWORK, rule, tcp } from '../parts';

const WORLD = { source_ranges: ['0.0.0.0/0'] };

/** Of the example behind an internal balancer that hands packets on, with a door for operators. */
export const INTERNAL_FAULTS: readonly Fault[] = [
  [
    'operators from the world',
    change('firewall', 'Restate_Firewall_OperatorsByTunnel', WORLD),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'operators from halves of the world',
    change('firewall', 'Restate_Firewall_OperatorsByTunnel', {
      source_ranges: ['35.235.240.0/20', '0.0.0.0/1', '128.0.0.0/1'],
    }),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'operators from a private range',
    change('firewall', 'Restate_Firewall_OperatorsByTunnel', { source_ranges: ['35.235.240.0/20', '10.0.0.0/8'] }),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'operators from the own subnet',
    change('firewall', 'Restate_Firewall_OperatorsByTunnel', { source_ranges: ['10.20.0.0/24'] }),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'operators are the machine itself',
    change('firewall', 'Restate_Firewall_OperatorsByTunnel', {
      source_ranges: undefined,
      source_service_accounts: [MACHINE],
    }),
    ['admin-closed broken', 'registration-by-deployers-only broken'],
  ],
  [
    'operators are a service',
    change('firewall', 'Restate_Firewall_OperatorsByTunnel', {
      source_ranges: undefined,
      source_service_accounts: ['${google_service_account.Greeter_Account_8A574C5F.email}'],
    }),
    ['admin-closed broken', 'registration-by-deployers-only broken'],
  ],
  [
    'operators are callers',
    change('firewall', 'Restate_Firewall_OperatorsByTunnel', {
      source_ranges: undefined,
      source_service_accounts: ['shop@example-project.iam.gserviceaccount.com'],
    }),
    ['registration-by-deployers-only unproven'],
  ],
  [
    'callers come to the door of operators',
    change('firewall', 'Restate_Firewall_CallersByRange', tcp('443', '8444')),
    ['registration-by-deployers-only unproven', 'rules-exact broken'],
  ],
  [
    'a caller by account comes to the admin port',
    change('firewall', 'Restate_Firewall_CallersByAccount0', tcp('9070')),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'anybody opens tunnels',
    (file) => {
      Object.assign(tunnel(file), { member: 'allAuthenticatedUsers' });
    },
    ['admin-closed broken', 'registration-by-deployers-only broken'],
  ],
  [
    'the machine opens tunnels',
    (file) => {
      Object.assign(tunnel(file), { member: `serviceAccount:${MACHINE}` });
    },
    ['admin-closed broken', 'registration-by-deployers-only broken'],
  ],
  [
    'whoever only the cloud knows opens tunnels',
    (file) => {
      Object.assign(tunnel(file), { member: '${var.member}' });
    },
    ['admin-closed unproven', 'registration-by-deployers-only unproven'],
  ],
  [
    'everybody of a domain opens tunnels',
    (file) => {
      Object.assign(tunnel(file), { member: 'domain:example.com' });
    },
    ['admin-closed broken', 'registration-by-deployers-only broken'],
  ],
  ...[
    undefined,
    { expression: 'true' },
    { expression: 'destination.port > 0' },
    { expression: '${var.condition}' },
  ].map((condition, index): Fault => [
    `tunnels lead to more ports (${index})`,
    (file) => {
      Object.assign(tunnel(file), { condition });
    },
    ['rules-exact broken'],
  ]),
  [
    'who opens tunnels may do more',
    (file) => {
      Object.assign(tunnel(file), { role: 'roles/iap.admin' });
    },
    ['rules-exact broken'],
  ],
  [
    'anybody opens tunnels to every machine',
    addition('google_iap_tunnel_iam_member', { member: 'allUsers', role: 'roles/iap.tunnelResourceAccessor' }),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'nobody says who opens tunnels',
    (file) => {
      delete (file['resource'] as Record<string, unknown>)['google_iap_tunnel_instance_iam_member'];
    },
    ['admin-closed unproven', 'registration-by-deployers-only unproven'],
  ],
  [
    'callers from every private range',
    change('firewall', 'Restate_Firewall_CallersByRange', {
      source_ranges: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
    }),
    ['rules-exact broken'],
  ],
  [
    'callers from halves of the world',
    change('firewall', 'Restate_Firewall_CallersByRange', { source_ranges: ['0.0.0.0/1', '128.0.0.0/1'] }),
    ['rules-exact broken'],
  ],
  [
    'callers by tunnel',
    change('firewall', 'Restate_Firewall_CallersByRange', { source_ranges: ['35.235.240.0/20'] }),
    ['rules-exact broken'],
  ],
  [
    'callers on every protocol',
    change('firewall', 'Restate_Firewall_CallersByRange', { allow: [{ protocol: 'all' }] }),
    [
      'admin-closed broken',
      'fabric-cluster-only broken',
      'ingress-no-bypass broken',
      'metrics-closed broken',
      'registration-by-deployers-only broken',
      'rules-exact broken',
    ],
  ],
  [
    'the balancer has an address of the internet',
    change('forwarding_rule', '', { load_balancing_scheme: 'EXTERNAL' }),
    ['no-public-address broken'],
  ],
  [
    'the balancer forwards the admin port',
    change('forwarding_rule', '', { ports: ['443', '9070'] }),
    ['rules-exact broken'],
  ],
  [
    'the balancer forwards every port',
    change('forwarding_rule', '', { ports: undefined, all_ports: true }),
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'egress-closed unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'internal-endpoints-unreachable unproven',
      'metrics-closed unproven',
      'no-public-address unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
    ],
  ],
  [
    'the balancer forwards every protocol',
    change('forwarding_rule', '', { ip_protocol: 'L3_DEFAULT' }),
    [
      'admin-closed unproven',
      'bind-narrow unproven',
      'egress-closed unproven',
      'fabric-cluster-only unproven',
      'ingress-no-bypass unproven',
      'internal-endpoints-unreachable unproven',
      'metrics-closed unproven',
      'no-public-address unproven',
      'registration-by-deployers-only unproven',
      'rules-exact unproven',
    ],
  ],
  [
    'the network keeps a route to the internet',
    change('network', '', { delete_default_routes_on_create: false }),
    ['egress-closed broken'],
  ],
  [
    'a route leads to the whole internet',
    change('route', 'Network_PrivateAccess', { dest_range: '0.0.0.0/0' }),
    ['egress-closed broken'],
  ],
  [
    'a NAT leads to the internet',
    both(
      addition('google_compute_router', { name: 'fault', network: NETWORK }),
      addition('google_compute_router_nat', { name: 'fault', router: '${google_compute_router.Fault.name}' }),
    ),
    ['egress-closed broken'],
  ],
  [
    'port 443 of the world is let out, where no keys are fetched',
    rule({ ...tcp('443'), direction: 'EGRESS', destination_ranges: ['0.0.0.0/0'] }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'rules-exact broken'],
  ],
  [
    'callers of the rule are a tag of nobody, on the port of health',
    rule({ ...tcp('8081'), source_tags: ['x'] }),
    ['rules-exact broken'],
  ],
];

function tunnel(file: Parameters<Fault[1]>[0]): Record<string, unknown> {
  const all = (file['resource'] as Record<string, Record<string, Record<string, unknown>>>)[
    'google_iap_tunnel_instance_iam_member'
  ];
  const [found] = Object.values(all ?? {});
  if (found === undefined) throw new Error('the example has no tunnel');
  return found;
}
