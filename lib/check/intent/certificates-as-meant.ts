import type { CheckedClaim } from '../checked-claim';
import { admittedBy } from '../proxy/admission/admission';
import { broken, type Judgement } from '../proxy/judgement';
import { authorityOf, clientDemand } from '../proxy/model/client-demand';
import { doorsOf, waysOf } from '../proxy/ways';
import { compared, doorOf, listed, proxyIntentClaim } from './intent-claim';

const NAMED = /^the certificate of (\S+)$/;
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Whether certificates of those authorities and names are admitted that were given, and no other. */
export const CERTIFICATES_AS_MEANT: CheckedClaim = proxyIntentClaim('client-certificate-required', (intent, proxy) => {
  const doors = doorsOf(proxy).flatMap((listener) =>
    listener.chains.flatMap((chain) => {
      const demand = clientDemand(chain.tls);
      return demand === undefined ? [] : [{ listener, chain, demand }];
    }),
  );
  if (doors.length === 0) return [];
  const wrong = doors.flatMap(({ listener, chain, demand: { validation } }): readonly Judgement[] => {
    const kind = listener.kind === 'operators' ? 'operators' : 'callers';
    const meant = doorOf(intent, kind)?.auth.find(({ method }) => method === 'mutualTls');
    const { names = [], ca = '' } = meant ?? {};
    const matched = [
      ...validation.messages('match_typed_subject_alt_names').map((each) => each.message('matcher')),
      ...validation.messages('match_subject_alt_names'),
    ].flatMap((matcher) => matcher?.text('exact') ?? []);
    const granted = waysOf(listener)
      .filter((placed) => placed.chain === chain)
      .flatMap(({ way }) => admittedBy(chain, way))
      .flatMap(({ demands }) => demands.flatMap((demand) => NAMED.exec(demand)?.[1] ?? []));
    const more = [...new Set([...matched, ...granted])].filter((name) => !names.includes(name));
    const known = certificatesIn(ca);
    const others = certificatesIn(authorityOf(validation)?.text('inline_string') ?? '').filter(
      (each) => !known.includes(each),
    );
    const at = `listener ${listener.name}`;
    return [
      ...(more.length > 0
        ? [broken(`${at} admits the certificates of ${more.join(', ')}, where ${listed(names)} was asked for`)]
        : []),
      ...(others.length > 0
        ? [broken(`${at} trusts ${others.length} authorities that were not given, beside ${known.length} that were`)]
        : []),
    ];
  });
  return compared(wrong, 'the certificates of the named callers are admitted');
});

/** Line breaks and blanks mean nothing in them. */
function certificatesIn(pem: string): readonly string[] {
  return (pem.match(CERTIFICATE) ?? []).map((each) => each.replaceAll(/\s/g, ''));
}
