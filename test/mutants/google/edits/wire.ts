import { allowOldTls, speakBoth } from '../../edits/wire';
import { listenerOfOperators, listenerTo } from '../../listener-of-operators';
import { theOne } from '../configuration';
import { editBootstrap, editRun, replaceWord } from '../machine';
import type { GoogleMutant } from '../mutant';

const INGRESS_PORT = 8080;

/**
 * What stands on the wire and at the proxy's own interfaces. A balancer without TLS is not among it: Google has one at a port of its own
 * alone, and a second port leaves `tls-outside` unproven.
 */
export const WIRE_MUTANTS: readonly GoogleMutant[] = [
  {
    id: 'old-tls-at-proxy',
    guard: 'the oldest TLS version of the proxy',
    attack: 'old-tls-to-proxy',
    edit: (configuration) =>
      editBootstrap(configuration, (bootstrap) => allowOldTls(listenerTo(bootstrap, INGRESS_PORT))),
  },
  {
    id: 'old-tls-at-operators-listener',
    guard: "the oldest TLS version of the proxy's listener for operators",
    attack: 'old-tls-to-proxy',
    edit: (configuration) => editBootstrap(configuration, (bootstrap) => allowOldTls(listenerOfOperators(bootstrap))),
  },
  {
    id: 'old-tls-at-balancer',
    guard: 'the oldest TLS version of the TLS policy of the balancer',
    attack: 'old-tls-to-balancer',
    example: 'Storefront',
    edit: (configuration) => {
      const policy = theOne(configuration, 'google_compute_ssl_policy');
      policy['min_tls_version'] = 'TLS_1_0';
      policy['profile'] = 'COMPATIBLE';
    },
  },
  {
    id: 'no-policy-at-balancer',
    guard: 'the TLS policy of the balancer',
    attack: 'old-tls-to-balancer',
    example: 'Storefront',
    edit: (configuration) => delete theOne(configuration, 'google_compute_target_https_proxy')['ssl_policy'],
  },
  {
    id: 'plaintext-at-proxy',
    guard: "TLS as the one language of the proxy's port",
    attack: 'plaintext-to-proxy',
    edit: (configuration) =>
      editBootstrap(configuration, (bootstrap) => speakBoth(listenerTo(bootstrap, INGRESS_PORT))),
  },
  {
    id: 'proxy-admin-on-loopback',
    guard: "the want of the proxy's admin interface",
    attack: 'proxy-admin-interface',
    edit: (configuration) =>
      editBootstrap(configuration, (bootstrap) => {
        bootstrap['admin'] = { address: { socket_address: { address: '127.0.0.1', port_value: 9901 } } };
      }),
  },
  {
    id: 'proxy-hot-restart',
    guard: "the switch against the proxy's shared sockets",
    attack: 'proxy-shared-sockets',
    edit: (configuration) =>
      editRun(configuration, 'envoy', (words) => replaceWord(words, /^--disable-hot-restart$/, undefined)),
  },
  {
    id: 'proxy-logs-everything',
    guard: 'the log level of the proxy',
    attack: 'credentials-in-logs',
    edit: (configuration) =>
      editRun(configuration, 'envoy', (words) => (words[words.indexOf('--log-level') + 1] = 'debug')),
  },
];
