import type { CheckedClaim } from '../../checked-claim';
import { admittedBy } from '../admission/admission';
import { describeRequest } from '../describe-request';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import { authorityOf, type ClientDemand, clientDemand, isVerifiedElsewhere } from '../model/client-demand';
import type { Chain, Listener } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { doorsOf, waysOf } from '../ways';

/** As long as a revocation may take to arrive, and the connection then to end. */
const LONGEST_CONNECTION_SECONDS = 3_600;

/** Whether certificates of clients are verified by authority, name, time and revocation, with every connection. */
export const CLIENT_CERTIFICATE_REQUIRED: CheckedClaim = proxyClaim({
  id: 'client-certificate-required',
  judge: (proxy) => {
    const judged = doorsOf(proxy).flatMap((listener) =>
      listener.chains.flatMap((chain) => judgeChain(listener, chain)),
    );
    return judged.length > 0 ? judged : [notApplicable('callers show tokens, not client certificates')];
  },
  withoutProxy: notApplicable('no proxy stands before the server, so no certificates are asked for'),
});

function judgeChain(listener: Listener, chain: Chain): readonly Judgement[] {
  const name = `listener ${listener.name}`;
  const demand = clientDemand(chain.tls);
  if (isVerifiedElsewhere(chain.tls)) return [unproven(`${name} says in a file alone how it verifies certificates`)];
  if (demand === undefined) {
    return chain.tls?.flag('require_client_certificate') === true
      ? [broken(`${name} demands a certificate and compares it with nothing: none at all will do`)]
      : [];
  }
  const faults = [
    ...faultsOf(demand),
    ...(takesTokens(chain) ? [] : faultsOfHandshake(demand)),
    ...faultsOfConnections(chain),
    ...faultsOfNames(listener, chain, demand),
  ];
  if (faults.length > 0) return faults.map((fault) => broken(`${name} ${fault}`));
  return [holds(`${name} verifies authority, name, time and revocation of each certificate`)];
}

function faultsOf({ validation, file }: ClientDemand): readonly string[] {
  const list = file?.below('sds_config', 'path_config_source')?.text('path');
  const authority = authorityOf(validation);
  const stated = authority?.text('inline_string');
  return [
    ...(authority === undefined ? ['names no authority, so that nobody is asked for a certificate'] : []),
    ...(stated !== undefined && !stated.includes('-----BEGIN CERTIFICATE-----')
      ? ['names an authority that is no certificate']
      : []),
    ...(validation.text('trust_chain_verification') === 'ACCEPT_UNTRUSTED'
      ? ['takes certificates of any authority']
      : []),
    ...(validation.flag('allow_expired_certificate') ? ['takes certificates whose time is over'] : []),
    ...(list === undefined
      ? [
          validation.has('crl')
            ? 'revokes by a list that changes with a deployment alone'
            : 'revokes nothing: it has no revocation list',
        ]
      : []),
  ];
}

/** Who may show a token in the place of a certificate comes without one, or with one of any name. */
function takesTokens({ http }: Chain): boolean {
  return (http?.filters ?? []).some(({ type }) => type === 'JwtAuthentication');
}

/** Who can show nothing but a certificate has no business behind the handshake without it. */
function faultsOfHandshake({ required, validation }: ClientDemand): readonly string[] {
  const names = validation.count('match_typed_subject_alt_names') + validation.count('match_subject_alt_names');
  return [
    ...(required ? [] : ['lets in who shows no certificate: require_client_certificate is not true']),
    ...(names > 0 ? [] : ['compares no name in the handshake: any certificate of the authority gets a connection']),
  ];
}

/** What a connection was admitted with is not asked for again. */
function faultsOfConnections({ tls, http }: Chain): readonly string[] {
  const life = http?.manager.message('common_http_protocol_options')?.number('max_connection_duration') ?? 0;
  return [
    ...(tls?.flag('disable_stateless_session_resumption') === true
      ? []
      : ['resumes sessions by tickets: certificates revoked since still pass']),
    ...(tls?.flag('disable_stateful_session_resumption') === true
      ? []
      : ['resumes sessions: certificates revoked since still pass']),
    ...(life > 0 && life <= LONGEST_CONNECTION_SECONDS
      ? []
      : [
          'lets a connection outlive the revocation of its certificate: max_connection_duration is not set, or longer than an hour',
        ]),
  ];
}

/** The handshake compares names, or every request that shows nothing else is admitted by name. */
function faultsOfNames(listener: Listener, chain: Chain, { validation }: ClientDemand): readonly string[] {
  const matchers = [
    ...validation.messages('match_typed_subject_alt_names').map((each) => each.message('matcher')),
    ...validation.messages('match_subject_alt_names'),
  ];
  if (matchers.some((matcher) => matcher?.text('exact') === undefined))
    return ['compares the name of a certificate with a pattern'];
  if (matchers.length > 0) return [];
  const nameless = waysOf(listener)
    .filter((placed) => placed.chain === chain && placed.way.action !== undefined)
    .flatMap(({ way }) => admittedBy(chain, way))
    .find(
      ({ state, demands }) =>
        state.certificate === 'verified' && state.token.kind !== 'verified' && demands.length === 0,
    );
  return nameless === undefined ? [] : [`takes any certificate of the authority: ${describeRequest(nameless) ?? ''}`];
}
