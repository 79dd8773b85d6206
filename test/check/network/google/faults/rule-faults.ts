import { both } from '../../../edits';
import type { Fault } from '../../../decided';
import { change, MACHINE, removal, rule, tcp } from '../parts';

const from = (...source_ranges: readonly string[]): Record<string, unknown> => ({ source_ranges });
const out = (...destination_ranges: readonly string[]): Record<string, unknown> => ({
  direction: 'EGRESS',
  destination_ranges,
});

/** Faults in the firewall of both examples. */
export const RULE_FAULTS: readonly Fault[] = [
  [
    'the admin port from the world',
    rule({ ...tcp('9070'), ...from('0.0.0.0/0') }),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'the admin port from the world in halves',
    rule({ ...tcp('9070'), ...from('0.0.0.0/1', '128.0.0.0/1') }),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'the admin port from halves in two rules',
    both(rule({ ...tcp('9070'), ...from('0.0.0.0/1') }), rule({ ...tcp('9070'), ...from('128.0.0.0/1') }, 'Other')),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'the admin port from everybody because nobody is named',
    rule(tcp('9070')),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'the admin port from a private range',
    rule({ ...tcp('9070'), ...from('10.0.0.0/8') }),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'the fabric port from the world',
    rule({ ...tcp('5122'), ...from('0.0.0.0/0') }),
    ['fabric-cluster-only broken', 'metrics-closed broken', 'rules-exact broken'],
  ],
  [
    'admin and fabric from halves of the world',
    rule({ ...tcp('9070', '5122'), ...from('0.0.0.0/1', '128.0.0.0/1') }),
    [
      'admin-closed broken',
      'fabric-cluster-only broken',
      'metrics-closed broken',
      'registration-by-deployers-only broken',
      'rules-exact broken',
    ],
  ],
  [
    "the server's own ingress from a neighbour",
    rule({ ...tcp('8080'), ...from('10.30.0.5/32') }),
    ['ingress-no-bypass broken', 'rules-exact broken'],
  ],
  [
    'a stretch of ports from a private range',
    rule({ ...tcp('5000-9999'), ...from('10.0.0.0/8') }),
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
    'every port of tcp',
    rule({ ...tcp(), ...from('10.30.0.0/16') }),
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
    'every protocol',
    rule({ allow: [{ protocol: 'all' }], ...from('10.30.0.0/16') }),
    [
      'admin-closed broken',
      'fabric-cluster-only broken',
      'ingress-no-bypass broken',
      'metrics-closed broken',
      'registration-by-deployers-only broken',
      'rules-exact broken',
    ],
  ],
  ['ICMP', rule({ allow: [{ protocol: 'icmp' }], ...from('10.30.0.0/16') }), ['rules-exact broken']],
  ['the shell of the machine by tunnel', rule({ ...tcp('22'), ...from('35.235.240.0/20') }), ['rules-exact broken']],
  ['the shell of the machine from the world', rule({ ...tcp('22'), ...from('0.0.0.0/0') }), ['rules-exact broken']],
  [
    'a port behind which nothing listens',
    rule({ ...tcp('8444', '3389'), ...from('10.30.0.0/24') }),
    ['registration-by-deployers-only unproven', 'rules-exact broken'],
  ],
  ['callers from a private range', rule({ ...tcp('443'), ...from('10.0.0.0/8') }), ['rules-exact broken']],
  ['callers from the world', rule({ ...tcp('443'), ...from('0.0.0.0/0') }), ['rules-exact broken']],
  ['health from the world', rule({ ...tcp('8081'), ...from('0.0.0.0/0') }), ['rules-exact broken']],
  [
    'health from a neighbour',
    change('firewall', 'Restate_Firewall_Health', { source_ranges: ['35.191.0.0/16', '10.20.0.0/24'] }),
    ['rules-exact broken'],
  ],
  [
    'the rule for health opens callers, too',
    change('firewall', 'Restate_Firewall_Health', tcp('8081', '9070')),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'the rule for health opens every port',
    change('firewall', 'Restate_Firewall_Health', tcp()),
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
    'a rule for the whole network',
    rule({ ...tcp('9070'), ...from('10.0.0.0/8'), target_service_accounts: undefined }),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'a rule for the tag of the machine',
    both(
      rule({ ...tcp('9070'), ...from('10.0.0.0/8'), target_service_accounts: undefined, target_tags: ['server'] }),
      change('instance_template', '', { tags: ['server'] }),
    ),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
  [
    'a rule for an account that only the cloud knows',
    rule({ ...tcp('9070'), ...from('10.0.0.0/8'), target_service_accounts: ['${var.account}'] }),
    ['admin-closed unproven', 'registration-by-deployers-only unproven', 'rules-exact unproven'],
  ],
  [
    'denials are asked after a rule of the network',
    both(
      rule({ allow: [{ protocol: 'all' }], ...from('10.0.0.0/8'), target_service_accounts: undefined, priority: 999 }),
    ),
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
    'the denial of what comes in is off, and the whole network is open',
    both(
      change('firewall', 'Restate_Firewall_DenyIn', { disabled: true }),
      rule({
        allow: [{ protocol: 'all' }],
        ...from('10.0.0.0/8'),
        target_service_accounts: undefined,
        priority: 65_534,
      }),
    ),
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
    'the denial of what goes out is gone',
    removal('firewall', 'Restate_Firewall_DenyOut'),
    ['egress-closed broken', 'internal-endpoints-unreachable broken'],
  ],
  [
    'the denial of what goes out is off',
    change('firewall', 'Restate_Firewall_DenyOut', { disabled: true }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken'],
  ],
  [
    'the denial of what goes out is about tcp alone',
    change('firewall', 'Restate_Firewall_DenyOut', { deny: [{ protocol: 'tcp' }] }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken'],
  ],
  [
    'the denial of what goes out is about half of the world',
    change('firewall', 'Restate_Firewall_DenyOut', { destination_ranges: ['0.0.0.0/1'] }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken'],
  ],
  [
    'the denial of what goes out is about another account',
    change('firewall', 'Restate_Firewall_DenyOut', {
      target_service_accounts: ['other@example-project.iam.gserviceaccount.com'],
    }),
    ['egress-closed unproven', 'internal-endpoints-unreachable unproven'],
  ],
  [
    'the denial of what goes out is about a tag that nobody wears',
    change('firewall', 'Restate_Firewall_DenyOut', { target_service_accounts: undefined, target_tags: ['nobody'] }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken'],
  ],
  [
    'the denial of what goes out allows',
    change('firewall', 'Restate_Firewall_DenyOut', { deny: undefined, allow: [{ protocol: 'all' }] }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'rules-exact broken'],
  ],
  [
    'the denial of what goes out is about what comes in',
    change('firewall', 'Restate_Firewall_DenyOut', {
      direction: 'INGRESS',
      destination_ranges: undefined,
      source_ranges: ['0.0.0.0/0'],
    }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken'],
  ],
  [
    'the denial of what goes out is of another network',
    change('firewall', 'Restate_Firewall_DenyOut', { network: 'projects/example-project/global/networks/another' }),
    ['egress-closed unproven', 'internal-endpoints-unreachable unproven'],
  ],
  [
    'everything is let out before it is denied',
    rule({ allow: [{ protocol: 'all' }], ...out('0.0.0.0/0') }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'rules-exact broken'],
  ],
  [
    'everything of tcp is let out in halves',
    rule({ ...tcp(), ...out('0.0.0.0/1', '128.0.0.0/1') }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'rules-exact broken'],
  ],
  [
    'port 443 of private addresses is let out',
    rule({ ...tcp('443'), ...out('10.0.0.0/8') }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'rules-exact broken'],
  ],
  [
    'its own subnet is let out',
    rule({ ...tcp('9080'), ...out('10.20.0.0/24', '10.40.0.0/24') }),
    ['internal-endpoints-unreachable broken'],
  ],
  [
    'port 80 of the world is let out',
    rule({ ...tcp('80'), ...out('0.0.0.0/0') }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'rules-exact broken'],
  ],
  [
    'UDP is let out to one address',
    rule({ allow: [{ protocol: 'udp', ports: ['53'] }], ...out('8.8.8.8/32') }),
    ['egress-closed broken', 'rules-exact broken'],
  ],
  [
    'another protocol is let out',
    rule({ allow: [{ protocol: 'esp' }], ...out('10.30.0.1/32') }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'rules-exact broken'],
  ],
  [
    'many ports of a service are let out',
    rule({ ...tcp('9000-9999'), ...out('10.30.4.0/24') }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'rules-exact broken'],
  ],
  [
    "the way to Google's services is wider",
    change('firewall', 'Restate_Firewall_ToGoogle', { destination_ranges: ['199.36.0.0/16'], ...tcp('443', '80') }),
    ['egress-closed broken', 'rules-exact broken'],
  ],
  [
    "the way to Google's services is every port",
    change('firewall', 'Restate_Firewall_ToGoogle', tcp()),
    ['egress-closed broken', 'rules-exact broken'],
  ],
  [
    'what goes out is let out by an account that only the cloud knows',
    rule({ ...tcp('22'), ...out('10.0.0.0/8'), target_service_accounts: ['${var.account}'] }),
    ['egress-closed unproven', 'internal-endpoints-unreachable unproven', 'rules-exact unproven'],
  ],
  [
    'a rule that is not read',
    rule({ ...tcp('443'), source_ranges: '${var.ranges}' }),
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
    'own account comes to the admin door',
    rule({ ...tcp('8444'), source_service_accounts: [MACHINE] }),
    ['admin-closed broken', 'registration-by-deployers-only broken'],
  ],
  [
    'callers of every address of IPv6 beside their own',
    change('firewall', 'Restate_Firewall_CallersByRange', { source_ranges: ['10.30.0.0/16', '::/0'] }),
    ['rules-exact broken'],
  ],
  ['probes of every address of IPv6', rule({ ...tcp('8081'), ...from('2000::/3') }), ['rules-exact broken']],
  [
    'callers are let in to every machine',
    change('firewall', 'Restate_Firewall_CallersByRange', { target_service_accounts: undefined }),
    ['rules-exact broken'],
  ],
  [
    "the way to Google's services is a port of shells, too",
    change('firewall', 'Restate_Firewall_ToGoogle', tcp('443', '22')),
    ['egress-closed broken', 'rules-exact broken'],
  ],
  [
    "the way to Google's services leads around them, too",
    change('firewall', 'Restate_Firewall_ToGoogle', { destination_ranges: ['199.36.153.0/24'] }),
    ['egress-closed broken', 'rules-exact broken'],
  ],
  [
    'one address is let out to as a shell',
    rule({ ...tcp('22'), ...out('203.0.113.7/32') }),
    ['egress-closed broken', 'rules-exact broken'],
  ],
];
