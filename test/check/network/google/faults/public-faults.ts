import type { Fault } from '../../../decided';
import { both } from '../../../edits';
import { change, removal, rule, tcp } from '../parts';

const WORLD = { source_ranges: ['0.0.0.0/0'] };

/** Of the example behind Google's global balancer, which fetches keys. */
export const PUBLIC_FAULTS: readonly Fault[] = [
  [
    'callers come past the balancer',
    change('firewall', 'Restate_Firewall_Front', WORLD),
    ['ingress-no-bypass broken', 'rules-exact broken'],
  ],
  [
    'a neighbour comes past the balancer',
    rule({ ...tcp('443'), source_ranges: ['10.0.0.5/32'] }),
    ['ingress-no-bypass broken', 'rules-exact broken'],
  ],
  [
    'machines with a tag come past the balancer',
    rule({ ...tcp('443'), source_tags: ['shop'] }),
    ['ingress-no-bypass broken', 'rules-exact broken'],
  ],
  [
    'the balancer leads to the port of health',
    change('instance_group_manager', '', { named_port: [{ name: 'ingress', port: 8081 }] }),
    ['rules-exact broken'],
  ],
  [
    'the balancer leads to the admin port',
    change('instance_group_manager', '', { named_port: [{ name: 'ingress', port: 9070 }] }),
    ['rules-exact broken'],
  ],
  [
    'the balancer leads to a bucket, too',
    change('url_map', '', { default_service: '${google_compute_backend_bucket.b.id}' }),
    ['rules-exact broken'],
  ],
  [
    'the way to the issuer is every port',
    change('firewall', 'Restate_Firewall_ToIssuer', tcp()),
    ['egress-closed broken', 'rules-exact broken'],
  ],
  [
    'the way to the issuer is plaintext',
    change('firewall', 'Restate_Firewall_ToIssuer', tcp('80', '443')),
    ['egress-closed broken', 'rules-exact broken'],
  ],
  [
    'the way to the issuer is into the network, too',
    change('firewall', 'Restate_Firewall_ToIssuer', { destination_ranges: ['0.0.0.0/0'] }),
    ['egress-closed broken', 'internal-endpoints-unreachable broken', 'rules-exact broken'],
  ],
  [
    'the way to the issuer is UDP',
    change('firewall', 'Restate_Firewall_ToIssuer', { allow: [{ protocol: 'udp', ports: ['443'] }] }),
    ['egress-closed broken', 'rules-exact broken'],
  ],
  [
    'the denial of what comes in comes after a rule of the network',
    both(
      removal('firewall', 'Restate_Firewall_DenyIn'),
      rule({ ...tcp('9070'), source_ranges: ['10.0.0.0/8'], target_service_accounts: undefined, priority: 65_535 }),
    ),
    ['admin-closed broken', 'registration-by-deployers-only broken', 'rules-exact broken'],
  ],
];
