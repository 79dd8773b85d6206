import { clientCertificateDemandOf } from '../../lib/artifact/client-certificates';

const listener = (context: object, rest: object = {}) => ({
  static_resources: {
    listeners: [{ filter_chains: [{ transport_socket: { typed_config: { common_tls_context: context, ...rest } } }] }],
  },
});
const names = [{ san_type: 'DNS', matcher: { exact: 'shop.example.com' } }];
const file = {
  name: 'revocation',
  sds_config: { path_config_source: { path: '/run/list/sds.json', watched_directory: { path: '/run/list' } } },
};

test('a listener that asks for tokens alone demands no certificate', () => {
  expect(clientCertificateDemandOf(listener({ tls_certificates: [] }))).toBeUndefined();
  expect(clientCertificateDemandOf({})).toBeUndefined();
});

test.each<[string, object, object]>([
  [
    'names and a list of the node',
    listener(
      {
        combined_validation_context: {
          default_validation_context: { trusted_ca: {}, match_typed_subject_alt_names: names },
          validation_context_sds_secret_config: file,
        },
      },
      { require_client_certificate: true },
    ),
    { required: true, names: ['shop.example.com'], file: { path: '/run/list/sds.json', secret: 'revocation' } },
  ],
  ['an authority alone', listener({ validation_context: { trusted_ca: {} } }), { required: false, names: [] }],
  ['nothing in particular', listener({}, { require_client_certificate: true }), { required: true, names: [] }],
])('a demand for %s is read', (_what, bootstrap, demand) => {
  expect(clientCertificateDemandOf(bootstrap as Parameters<typeof clientCertificateDemandOf>[0])).toEqual(demand);
});

test('what the proxy demands of its upstreams is no demand of its callers', () => {
  const upstream = { common_tls_context: { validation_context: { trusted_ca: {} } } };
  expect(clientCertificateDemandOf({ static_resources: { clusters: [upstream] } })).toBeUndefined();
});
