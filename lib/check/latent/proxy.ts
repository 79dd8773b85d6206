import type { CheckedClaim } from '../checked-claim';
import type { Message } from '../proxy/fields/message';
import { broken, type Judgement, notApplicable, unproven } from '../proxy/judgement';
import type { Filter, Proxy } from '../proxy/model/proxy';
import { proxyClaim } from '../proxy/proxy-claim';
import { tokenProviders } from '../proxy/claims/token-providers';
import { doorsOf, filtersOf, openWays, waysOf } from '../proxy/ways';

const JWT = 'JwtAuthentication';
/** Envoy's own bound is 100. */
const MOST_HEADERS = 200;
const TOO_MANY_REQUESTS = 429;
const GOOD_CURVES = /^(?:X25519(?:MLKEM768)?|P-(?:256|384|521))(?::(?:X25519(?:MLKEM768)?|P-(?:256|384|521)))*$/;

/** What the proxy is told that another filter, or a default of its own, makes good: beside the deciders of the same claims. */
export const PROXY_WORDS: readonly CheckedClaim[] = [
  beside('api-key-not-stored', denyingNobody),
  beside('headers-allow-listed', (proxy) => [...tokensLedOn(proxy), ...headersAdded(proxy)]),
  beside('ingress-authenticated', preflights),
  beside('forwarded-identity-not-trusted', foreignIds),
  beside('rate-bounded', answersOfLimits),
  beside('slow-client-bounded', manyHeaders),
  beside('no-request-smuggling', sentAgain),
  beside('results-closed', answersItself),
  beside('secrets-by-reference', wordsOutOfEnvironment),
  beside('tls-outside', weakCurves),
  beside('client-certificate-required', leafAlone),
  beside('upstream-verified', renegotiating),
];

function beside(id: string, judge: (proxy: Proxy) => readonly Judgement[]): CheckedClaim {
  return {
    ...proxyClaim({
      id,
      judge,
      withoutProxy: notApplicable('no proxy stands before the server'),
      minds: () => false,
    }),
    isBeside: true,
  };
}

/** What denies by words about a token stands behind the filter that writes them, and reads what it writes. */
function denyingNobody(proxy: Proxy): readonly Judgement[] {
  return doorsOf(proxy).flatMap((listener) =>
    waysOf(listener).flatMap(({ way, name }) =>
      way.filters.flatMap(({ settings }, index) => {
        const rules = settings.type === 'RBAC' ? settings.message('rules') : undefined;
        if (rules?.text('action') !== 'DENY') return [];
        const written = writtenBefore(way.filters.slice(0, index));
        return rules
          .entries('policies')
          .filter(([, policy]) => policy.messages('principals').some((each) => readsUnwritten(each, written)))
          .map(([policy]) => broken(`${name}: ${policy} denies by what nobody has written before it, and so nobody`));
      }),
    ),
  );
}

function writtenBefore(filters: readonly Filter[]): ReadonlySet<string> {
  const writers = filters.filter(({ settings }) => settings.type === JWT);
  return new Set(
    writers.flatMap(({ settings }) =>
      settings
        .entries('providers')
        .map(([, provider]) => `envoy.filters.http.jwt_authn ${provider.text('payload_in_metadata') ?? ''}`),
    ),
  );
}

function readsUnwritten(principal: Message, written: ReadonlySet<string>): boolean {
  const own = principal.message('metadata') ?? principal.below('sourced_metadata', 'metadata_matcher');
  const below = ['and_ids', 'or_ids'].flatMap((name) => principal.message(name)?.messages('ids') ?? []);
  const not = principal.message('not_id');
  const [first] = own?.messages('path') ?? [];
  const isUnwritten = own !== undefined && !written.has(`${own.text('filter') ?? ''} ${first?.text('key') ?? ''}`);
  return isUnwritten || [...below, ...(not === undefined ? [] : [not])].some((each) => readsUnwritten(each, written));
}

/** What was verified has done its work; behind the filter nobody needs it. */
function tokensLedOn(proxy: Proxy): readonly Judgement[] {
  return tokenProviders(proxy).flatMap(({ name, settings }) => [
    ...(settings.flag('forward') ? [broken(`provider ${name} leads the token on behind the filter (forward)`)] : []),
    ...(settings.has('forward_payload_header') || settings.count('claim_to_headers') > 0
      ? [broken(`provider ${name} writes what tokens say into headers`)]
      : []),
  ]);
}

function headersAdded(proxy: Proxy): readonly Judgement[] {
  return openWays(proxy).flatMap(({ way, name }) =>
    way.headerRules.some((rule) => rule.count('request_headers_to_add') > 0)
      ? [unproven(`${name} adds headers to what callers send, which the server takes for theirs`)]
      : [],
  );
}

function preflights(proxy: Proxy): readonly Judgement[] {
  return filtersOf(doorsOf(proxy), JWT).some(({ settings }) => settings.flag('bypass_cors_preflight'))
    ? [broken('whatever looks like a preflight is let past the filter of tokens (bypass_cors_preflight)')]
    : [];
}

function foreignIds(proxy: Proxy): readonly Judgement[] {
  return managers(proxy).flatMap(({ listener, manager }) =>
    manager.flag('preserve_external_request_id')
      ? [broken(`listener ${listener} takes the ids of requests from callers (preserve_external_request_id)`)]
      : [],
  );
}

function answersOfLimits(proxy: Proxy): readonly Judgement[] {
  return filtersOf(doorsOf(proxy), 'LocalRateLimit').flatMap(({ settings }) => {
    const status = settings.json('status') as { readonly code?: unknown } | undefined;
    const code = settings.message('status')?.number('code') ?? status?.code ?? TOO_MANY_REQUESTS;
    return code === TOO_MANY_REQUESTS || code === 'TooManyRequests'
      ? []
      : [broken(`whoever sends too much is answered with ${JSON.stringify(code)}, which nobody takes for a refusal`)];
  });
}

function manyHeaders(proxy: Proxy): readonly Judgement[] {
  return managers(proxy).flatMap(({ listener, manager }) => {
    const count = manager.message('common_http_protocol_options')?.number('max_headers_count') ?? 0;
    return count > MOST_HEADERS ? [broken(`listener ${listener} takes ${count} headers a request`)] : [];
  });
}

/** A call that was answered too late may have been taken all the same. */
function sentAgain(proxy: Proxy): readonly Judgement[] {
  return openWays(proxy).flatMap(({ way, name }) =>
    way.action?.has('retry_policy') === true || way.headerRules.some((rule) => rule.has('retry_policy'))
      ? [broken(`${name} sends requests again by itself (retry_policy): the server may take one call twice`)]
      : [],
  );
}

/** A door leads to the server, or nowhere: other answers are of nobody who knows what a caller may see. */
function answersItself(proxy: Proxy): readonly Judgement[] {
  return doorsOf(proxy)
    .flatMap(waysOf)
    .flatMap(({ way, name }) =>
      way.route.has('redirect') ? [unproven(`${name} sends callers elsewhere, with what they carry`)] : [],
    );
}

function wordsOutOfEnvironment(proxy: Proxy): readonly Judgement[] {
  return openWays(proxy).flatMap(({ way, name }) => {
    const body = way.route.below('direct_response', 'body');
    return body !== undefined && (body.has('environment_variable') || body.has('filename'))
      ? [broken(`${name} answers with what stands in its environment, or in a file of its container`)]
      : [];
  });
}

function weakCurves(proxy: Proxy): readonly Judgement[] {
  return doorsOf(proxy).flatMap((listener) =>
    listener.chains.flatMap(({ tls }) =>
      (tls?.below('common_tls_context', 'tls_params')?.texts('ecdh_curves') ?? [])
        .filter((curve) => !GOOD_CURVES.test(curve))
        .map((curve) => unproven(`listener ${listener.name} agrees on keys by ${curve}`)),
    ),
  );
}

function leafAlone(proxy: Proxy): readonly Judgement[] {
  return doorsOf(proxy).flatMap((listener) =>
    listener.chains.flatMap(({ tls }) => {
      const common = tls?.message('common_tls_context');
      const context =
        common?.message('validation_context') ??
        common?.below('combined_validation_context', 'default_validation_context');
      return context?.flag('only_verify_leaf_cert_crl') === true
        ? [broken(`listener ${listener.name} asks of the last certificate alone whether it was revoked`)]
        : [];
    }),
  );
}

function renegotiating(proxy: Proxy): readonly Judgement[] {
  return [...proxy.clusters.values()].flatMap(({ name, tls }) =>
    tls?.flag('allow_renegotiation') === true
      ? [broken(`cluster ${name} lets its server agree on other keys and certificates later (allow_renegotiation)`)]
      : [],
  );
}

function managers(proxy: Proxy): readonly { readonly listener: string; readonly manager: Message }[] {
  return doorsOf(proxy).flatMap((listener) =>
    listener.chains.flatMap(({ http }) =>
      http === undefined ? [] : [{ listener: listener.name, manager: http.manager }],
    ),
  );
}
