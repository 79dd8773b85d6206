import type { CheckedClaim } from '../../checked-claim';
import type { Message } from '../fields/message';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import { clientDemand } from '../model/client-demand';
import type { Http, Listener, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { doorsOf, waysTo } from '../ways';
import { type LogCommand, type LogFormat, logFormatOf } from './log-fields';

/** Commands that say nothing that a caller keeps secret. */
const HARMLESS =
  /^(?:START_TIME|PROTOCOL|RESPONSE_CODE|RESPONSE_CODE_DETAILS|RESPONSE_FLAGS(?:_LONG)?|DURATION|REQUEST_DURATION|RESPONSE_DURATION|ROUNDTRIP_DURATION|BYTES_RECEIVED|BYTES_SENT|CONNECTION_ID|STREAM_ID|UNIQUE_ID|HOSTNAME|UPSTREAM_(?:HOST|CLUSTER|LOCAL_ADDRESS|TRANSPORT_FAILURE_REASON)|DOWNSTREAM_(?:REMOTE_ADDRESS(?:_WITHOUT_PORT)?|REMOTE_PORT|DIRECT_REMOTE_ADDRESS(?:_WITHOUT_PORT)?|DIRECT_REMOTE_PORT|LOCAL_ADDRESS(?:_WITHOUT_PORT)?|LOCAL_PORT|TLS_VERSION|TLS_CIPHER|PEER_URI_SAN|PEER_DNS_SAN|PEER_SUBJECT|PEER_ISSUER|PEER_SERIAL|PEER_FINGERPRINT_256|PEER_CERT_V_START|PEER_CERT_V_END|TRANSPORT_FAILURE_REASON)|CONNECTION_TERMINATION_DETAILS|ROUTE_NAME|VIRTUAL_CLUSTER_NAME|REQUESTED_SERVER_NAME|ACCESS_LOG_TYPE)$/;
const REQUEST_HEADERS = /^(?::METHOD|:AUTHORITY|:SCHEME|X-REQUEST-ID|USER-AGENT|CONTENT-TYPE|CONTENT-LENGTH)$/i;
const ANSWER_HEADERS = /^(?:X-RESTATE-ID|CONTENT-TYPE|CONTENT-LENGTH|RETRY-AFTER|X-RESTATE-ERROR-SOURCE)$/i;
const CLAIMS = /:(?:sub|exp|iat|nbf|jti|iss|aud|azp|client_id|scope|groups)$/;
const DECISION = /^envoy\.filters\.http\.rbac:\w*(?:effective_policy_id|engine_result)$/;
const DEBUG = /(?:^|[:,])(?:trace|debug)$/;

/** Whether nothing that one could call with is written down. */
export const LOGS_HOLD_NO_CREDENTIAL: CheckedClaim = proxyClaim({
  id: 'logs-hold-no-credential',
  judge: (proxy) => [
    ...judgeLevels(proxy),
    ...logsOf(proxy).flatMap(judgeLog),
    ...waysTo(proxy, 'ingress').flatMap(judgeOrder),
  ],
  withoutProxy: notApplicable('no proxy stands before the server, so none writes a log'),
  minds: () => true,
});

function logsOf({ listeners }: Proxy): readonly (LogFormat & { readonly name: string })[] {
  return listeners.flatMap(({ name, message, chains }) =>
    [
      ...message.messages('access_log'),
      ...chains.flatMap(({ http }) => http?.manager.messages('access_log') ?? []),
    ].map((log) => ({
      name: `log of listener ${name}`,
      ...logFormatOf(log),
    })),
  );
}

function judgeLevels({ startup: { logLevels } }: Proxy): readonly Judgement[] {
  const loud = logLevels.flatMap((level) => level.split(',')).filter((level) => DEBUG.test(level));
  return loud.length > 0
    ? [broken(`the proxy logs at level ${loud.join(', ')}, which prints headers`)]
    : [holds("the proxy's own log prints no headers")];
}

function judgeLog({ name, commands, unknown }: ReturnType<typeof logsOf>[number]): readonly Judgement[] {
  const judged = commands.flatMap((command) => judgeCommand(name, command));
  return [
    ...unknown.map((each) => unproven(`${name}: ${each}`)),
    ...judged,
    ...(judged.length + unknown.length === 0 ? [holds(`${name} has neither query nor credential in it`)] : []),
  ];
}

function judgeCommand(log: string, { name, parameter }: LogCommand): readonly Judgement[] {
  const names = parameter.split('?');
  const written = `%${name}${parameter === '' ? '' : `(${parameter})`}%`;
  const isHarmless =
    HARMLESS.test(name) ||
    (name === 'PATH' && /^NQ(?::|$)/.test(parameter)) ||
    (name === 'REQ_WITHOUT_QUERY' && /^(?:X-ENVOY-ORIGINAL-PATH|:PATH)$/i.test(names.join(''))) ||
    (name === 'REQ' && names.every((each) => REQUEST_HEADERS.test(each))) ||
    (name === 'RESP' && names.every((each) => ANSWER_HEADERS.test(each))) ||
    (name === 'DYNAMIC_METADATA' &&
      (DECISION.test(parameter) || (parameter.split(':').length >= 3 && CLAIMS.test(parameter))));
  if (isHarmless) return [];
  const isKnown =
    /^(?:REQ|RESP|TRAILER|PATH|QUERY_PARAMS?|DYNAMIC_METADATA|FILTER_STATE|REQUEST_HEADERS_BYTES|ENVIRONMENT|DOWNSTREAM_PEER_CERT)$/.test(
      name,
    );
  return [
    isKnown
      ? broken(`${log} has ${written} in it, which may hold a credential`)
      : unproven(`${log} has ${written} in it, which is not understood`),
  ];
}

/** The limit of bodies writes the path of what it refuses, query and all. */
function judgeOrder({ way, name }: ReturnType<typeof waysTo>[number]): readonly Judgement[] {
  const order = way.filters.map(({ type }) => type);
  const limit = order.indexOf('BodySizeLimit');
  const rules = order.indexOf('RBAC');
  return limit !== -1 && limit < rules
    ? [
        broken(
          `${name}: the body limit stands before the filter that refuses queries, and logs the path of what it refuses with its query`,
        ),
      ]
    : [];
}

/** Whether every refusal can be told from the log. */
export const REFUSAL_NAMED: CheckedClaim = proxyClaim({
  id: 'refusal-named',
  judge: (proxy) => {
    const judged = doorsOf(proxy).flatMap((listener) => [
      ...listener.chains.flatMap(({ http }) => (http === undefined ? [] : [judgeRefusals(listener.name, http)])),
      ...judgeHandshakes(listener),
    ]);
    return judged.length > 0 ? judged : [notApplicable('no listener of the proxy leads to the server')];
  },
  withoutProxy: broken('no proxy stands before the server that would say why it refuses'),
  minds: () => true,
});

const REFUSAL: readonly (readonly [what: string, command: RegExp])[] = [
  ['the status', /^RESPONSE_CODE$/],
  ['why', /^RESPONSE_CODE_DETAILS$/],
  ['the path', /^(?:PATH|REQ_WITHOUT_QUERY)$/],
  ['from where', /^DOWNSTREAM_(?:DIRECT_)?REMOTE_ADDRESS(?:_WITHOUT_PORT)?$/],
];

const FAILED_HANDSHAKE = /^(?:DOWNSTREAM_TRANSPORT_FAILURE_REASON|CONNECTION_TERMINATION_DETAILS)$/;

function judgeRefusals(name: string, { manager }: Http): Judgement {
  const logs = manager
    .messages('access_log')
    .map(logFormatOf)
    .filter(({ complete }) => complete);
  const missing = REFUSAL.filter(
    ([, pattern]) => !logs.some(({ commands }) => commands.some((command) => pattern.test(command.name))),
  );
  if (logs.length === 0) return broken(`listener ${name} writes no line for each request`);
  return missing.length > 0
    ? broken(`the log of listener ${name} does not say ${missing.map(([what]) => what).join(', ')}`)
    : holds(`the log of listener ${name} says what was answered, and why`);
}

/** Who is refused for a certificate is refused before there is a request, of which alone the other logs write. */
function judgeHandshakes({ name, message, chains }: Listener): readonly Judgement[] {
  if (!chains.some(({ tls }) => clientDemand(tls)?.required === true)) return [];
  const logs = message
    .messages('access_log')
    .filter((log) => logFormatOf(log).commands.some((command) => FAILED_HANDSHAKE.test(command.name)));
  if (logs.length === 0) return [broken(`no log of listener ${name} says whose certificate was refused, and why`)];
  return [
    logs.some(tellsFailures)
      ? holds(`a log of listener ${name} says why a handshake failed`)
      : unproven(
          `the log of listener ${name} that says why a handshake failed is filtered in a way that is not understood`,
        ),
  ];
}

/** Of all connections, or of those alone that failed. */
function tellsFailures(log: Message): boolean {
  return !log.has('filter') || log.below('filter', 'extension_filter', 'typed_config')?.text('expression') === FAILED;
}

const FAILED = "connection.transport_failure_reason != ''";
