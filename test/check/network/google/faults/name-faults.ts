import type { Edit } from '../../../edits';
import type { Fault } from '../../../decided';
import { addition, NETWORK } from '../parts';

const ZONE = '${google_dns_managed_zone.Network_PrivateAccess_Googleapis_Zone_4E3F85C2.name}';
const OPEN = ['egress-closed broken'];
const record = (body: object): Edit =>
  addition('google_dns_record_set', {
    managed_zone: ZONE,
    name: 'secretmanager.googleapis.com.',
    type: 'A',
    ttl: 60,
    rrdatas: ['203.0.113.9'],
    ...body,
  });
const zone = (body: object): Edit =>
  addition('google_dns_managed_zone', {
    name: 'fault',
    dns_name: '.',
    visibility: 'private',
    private_visibility_config: { networks: [{ network_url: NETWORK }] },
    ...body,
  });
const rewriting =
  (dns_name: string): Edit =>
  (file) => {
    addition('google_dns_response_policy', { response_policy_name: 'fault', networks: [{ network_url: NETWORK }] })(
      file,
    );
    addition('google_dns_response_policy_rule', {
      response_policy: '${google_dns_response_policy.Fault.response_policy_name}',
      dns_name,
      local_data: { local_datas: [{ name: dns_name, type: 'A', rrdatas: ['203.0.113.9'] }] },
    })(file);
  };

/** Faults in how names of Google's are resolved. */
export const NAME_FAULTS: readonly Fault[] = [
  ['a name of Google leads elsewhere', record({}), OPEN],
  ['a name of Google is another name', record({ type: 'CNAME', rrdatas: ['stranger.example.net.'] }), OPEN],
  ['what a name of Google leads to is not known', record({ rrdatas: ['${var.address}'] }), ['egress-closed unproven']],
  [
    'every name is asked of others',
    zone({ forwarding_config: { target_name_servers: [{ ipv4_address: '203.0.113.9' }] } }),
    OPEN,
  ],
  [
    "Google's names are those of another network",
    zone({
      dns_name: 'run.app.',
      peering_config: { target_network: { network_url: 'projects/other/global/networks/n' } },
    }),
    OPEN,
  ],
  ['answers are rewritten', rewriting('oauth2.googleapis.com.'), OPEN],
  [
    'other servers are asked',
    addition('google_dns_policy', {
      name: 'fault',
      networks: [{ network_url: NETWORK }],
      alternative_name_server_config: { target_name_servers: [{ ipv4_address: '203.0.113.9' }] },
    }),
    OPEN,
  ],
];

/** Names that are nobody's business, and right answers. */
export const RIGHT_NAMES: readonly (readonly [what: string, edit: Edit])[] = [
  ['another name of Google leads to Google', record({ rrdatas: ['199.36.153.5'] })],
  ['a record of another kind', record({ type: 'TXT', rrdatas: ['"v=spf1 -all"'] })],
  [
    'a zone of somebody else',
    zone({
      dns_name: 'corp.example.com.',
      forwarding_config: { target_name_servers: [{ ipv4_address: '10.0.0.53' }] },
    }),
  ],
  ['answers about other names', rewriting('ads.example.com.')],
];
