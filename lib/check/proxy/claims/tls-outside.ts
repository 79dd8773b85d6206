import type { CheckedClaim } from '../../checked-claim';
import type { CheckedDeployment } from '../../checked-deployment';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import type { Chain, Listener, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { judgeFrontPolicy } from './front-policy';
import { type Front, frontsOf } from './fronts';
import { oldVersion } from './upstream-tls';

/** Suites without forward secrecy, or with ciphers that are broken. */
const WEAK_SUITE = /RC4|3DES|DES-CBC|NULL|EXPORT|MD5|^(?:AES|CAMELLIA|SEED|PSK)|CBC|-SHA$|-SHA256$|-SHA384$/;
const STRONG_SUITE = /^\[?(?:ECDHE-(?:ECDSA|RSA)-(?:AES(?:128|256)-GCM-SHA(?:256|384)|CHACHA20-POLY1305)[|\]]?)+/;
const WEAK_SIGNATURE = /sha1|md5/i;

/** Whether what leaves the host is encrypted well, up to the balancer and before it. */
export const TLS_OUTSIDE: CheckedClaim = proxyClaim({
  id: 'tls-outside',
  judge: (proxy, deployment) => {
    const listeners = proxy.listeners.filter(({ local, kind }) => !local && kind !== 'health');
    return listeners.length > 0
      ? listeners.flatMap((listener) => judgeListener(listener, proxy, deployment))
      : [notApplicable('no listener of the proxy leads to the server')];
  },
  withoutProxy: broken('no proxy stands before the server, which speaks no TLS to callers'),
});

function judgeListener(listener: Listener, proxy: Proxy, { artifact }: CheckedDeployment): readonly Judgement[] {
  const fronts = frontsOf(artifact, proxy.host, listener.port);
  return [
    ...listener.chains.map((chain) => judgeChain(listener, chain)),
    ...fronts.map((each) => judgeFront(each, listener)),
  ];
}

function judgeChain({ name }: Listener, { tls }: Chain): Judgement {
  const where = `listener ${name}`;
  if (tls === undefined) return broken(`${where} is not encrypted`);
  if (tls.type !== 'DownstreamTlsContext') return unproven(`${where} is encrypted in a way that is not understood`);
  const parameters = tls.below('common_tls_context', 'tls_params');
  const old = oldVersion(parameters);
  if (old !== undefined) return broken(`${where} speaks ${old}`);
  // TLS 1.2 today and 1.0 in older versions, by TlsParameters in Envoy's transport_sockets/tls/v3/common.proto.
  const least = parameters?.text('tls_minimum_protocol_version') ?? 'TLS_AUTO';
  const weak = (parameters?.texts('cipher_suites') ?? []).filter(
    (suite) => WEAK_SUITE.test(suite) && !STRONG_SUITE.test(suite),
  );
  if (weak.length > 0) return broken(`${where} speaks ${weak.join(', ')}`);
  const signatures = (parameters?.texts('signature_algorithms') ?? []).filter((each) => WEAK_SIGNATURE.test(each));
  if (signatures.length > 0) return broken(`${where} takes signatures by ${signatures.join(', ')}`);
  if (least === 'TLS_AUTO') return unproven(`${where} leaves the oldest version of TLS to the proxy's own default`);
  return holds(`${where} speaks ${least} or later`);
}

function judgeFront({ balancer, listener }: Front, door: Listener): Judgement {
  const where = `balancer ${balancer.id}, port ${listener.port}`;
  const { protocol } = listener;
  if (protocol === 'TCP') return holds(`${where} passes TLS on to listener ${door.name}`);
  if (protocol === 'TLS' || protocol === 'HTTPS') return judgeFrontPolicy(where, listener);
  return protocol === 'unknown' ? unproven(`${where} speaks what is not known`) : broken(`${where} speaks ${protocol}`);
}
