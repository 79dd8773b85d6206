import { GOOGLE_CLAIMS } from '../../../../lib/check/network/google/google-claims';
import { complained, type Fault } from '../../decided';
import type { Example } from '../../examples';
import { change, part } from './parts';

const TLS = ['tls-outside broken'];
const ADDRESS = ['no-public-address broken'];
const policy = (changes: object): Fault[1] => change('ssl_policy', '', changes);
const STRONG = 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384';

const PUBLIC: readonly Fault[] = [
  ['takes every cipher', policy({ profile: 'COMPATIBLE' }), TLS],
  ['takes what it is told nothing about', policy({ profile: undefined }), TLS],
  [
    'takes a weak cipher of its own',
    policy({ profile: 'CUSTOM', custom_features: [STRONG, 'TLS_RSA_WITH_AES_128_CBC_SHA'] }),
    TLS,
  ],
  [
    'takes ciphers that only the cloud knows',
    policy({ profile: 'CUSTOM', custom_features: ['${var.cipher}'] }),
    ['tls-outside unproven'],
  ],
  ['takes a profile of which nobody heard', policy({ profile: 'FAST' }), ['tls-outside unproven']],
  ['takes requests before a handshake', change('target_https_proxy', '', { tls_early_data: 'PERMISSIVE' }), TLS],
  ['speaks plain HTTP to the machine', change('backend_service', '', { protocol: 'HTTP' }), TLS],
  ['keeps answers', change('backend_service', '', { enable_cdn: true }), ['ingress-authenticated broken']],
  [
    'keeps answers as somebody says',
    change('backend_service', '', { enable_cdn: '${var.cdn}' }),
    ['ingress-authenticated unproven'],
  ],
];

const INTERNAL: readonly Fault[] = [
  ['has an address of the internet', change('address', '', { address_type: 'EXTERNAL' }), ADDRESS],
  [
    'leads to what faces the internet',
    change('region_backend_service', '', { load_balancing_scheme: 'EXTERNAL' }),
    ADDRESS,
  ],
  [
    'takes callers of every region',
    change('forwarding_rule', '', { allow_global_access: true }),
    ['rules-exact broken'],
  ],
  [
    'gives its one machine an address of the internet',
    (file) => {
      part(file, 'per_instance_config')['preserved_state'].external_ip = [{ interface_name: 'nic0' }];
    },
    ADDRESS,
  ],
  [
    'gives its machines addresses of the internet',
    change('instance_group_manager', '', { stateful_external_ip: [{ interface_name: 'nic0' }] }),
    ADDRESS,
  ],
];

const LENT: readonly Fault[] = [
  [
    'may be taken away',
    change('instance_template', '', { scheduling: { preemptible: true } }),
    ['deploy-drains broken'],
  ],
  [
    'is what is left over',
    change('instance_template', '', { scheduling: { provisioning_model: 'SPOT' } }),
    ['deploy-drains broken'],
  ],
  [
    'is as somebody says',
    change('instance_template', '', { scheduling: { preemptible: '${var.cheap}' } }),
    ['deploy-drains unproven'],
  ],
];

const HARMLESS: readonly (readonly [what: string, example: Example, edit: Fault[1]])[] = [
  ['takes modern ciphers', 'Storefront', policy({ profile: 'MODERN' })],
  ['takes a strong cipher of its own', 'Storefront', policy({ profile: 'CUSTOM', custom_features: [STRONG] })],
  ['speaks HTTP/1 over TLS to the machine', 'Storefront', change('backend_service', '', { protocol: 'HTTPS' })],
  [
    'takes callers of every region of its network',
    'Invoices',
    (file) => {
      change('forwarding_rule', '', { allow_global_access: true })(file);
      const subnet = part(file, 'subnetwork');
      (file['resource'] as Record<string, Record<string, object>>)['google_compute_subnetwork']!['Other'] = {
        ...subnet,
        name: 'other',
        region: 'europe-west1',
        ip_cidr_range: '10.21.0.0/24',
      };
    },
  ],
];

test.each(PUBLIC)('a global balancer that %s does not pass', (_, edit, expected) => {
  expect(complained('Storefront', GOOGLE_CLAIMS, edit)).toEqual(expected);
});

test.each(LENT)('a machine that %s does not pass', (_, edit, expected) => {
  expect(complained('Invoices', GOOGLE_CLAIMS, edit)).toEqual(expected);
});

test.each(INTERNAL)('an internal balancer that %s does not pass', (_, edit, expected) => {
  expect(complained('Invoices', GOOGLE_CLAIMS, edit)).toEqual(expected);
});

test.each(HARMLESS)('one that %s passes', (_, example, edit) => {
  expect(complained(example, GOOGLE_CLAIMS, edit)).toEqual([]);
});
