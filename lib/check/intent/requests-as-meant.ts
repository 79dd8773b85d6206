import type { Intent, IntendedCaller } from '../../artifact/intent';
import { QUERY_PARAMETERS } from '../../core/forwarding';
import type { CheckedClaim } from '../checked-claim';
import { admittedBy, headerOf, pathsOf } from '../proxy/admission/admission';
import type { Clause } from '../proxy/admission/clause';
import { isAnonymous } from '../proxy/admission/credential-state';
import { languageOfMatcher } from '../proxy/admission/string-matcher';
import { describeRequest } from '../proxy/describe-request';
import { broken, type Judgement, unproven } from '../proxy/judgement';
import { both, eitherOf, except, type Language, matching, NOTHING } from '../proxy/language/language';
import { allTextsOf, exampleOf } from '../proxy/language/texts-of';
import { waysTo } from '../proxy/ways';
import { compared, listed, proxyIntentClaim } from './intent-claim';

const MOST_ORIGINS = 500;
const KEY = "(?:[A-Za-z0-9_.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+";
const BY_SCOPE = /^scope (\S+)$/;
const BY_CERTIFICATE = /^the certificate of (\S+)$/;
const BY_SEVERAL = /^(?:any )?(?:scope|a certificate|the certificate)\b/;

/** Whether each caller reaches the handlers that it was granted, and no other. */
export const GRANTS_AS_MEANT: CheckedClaim = proxyIntentClaim(
  'scope-per-handler',
  ({ ingress: { callers } }, proxy) => {
    const ways = waysTo(proxy, 'ingress');
    if (ways.length === 0 || callers === undefined) return [];
    const wrong = ways.flatMap(({ chain, way, name }) =>
      admittedBy(chain, way)
        .filter(({ state }) => !isAnonymous(state))
        .flatMap((clause) => judgeGrant(clause, callers, name)),
    );
    return compared(wrong, `${callers.length} grants reach their handlers alone`);
  },
);

function judgeGrant(clause: Clause, callers: readonly IntendedCaller[], name: string): readonly Judgement[] {
  const unclear = clause.demands.find(
    (demand) => BY_SEVERAL.test(demand) && !BY_SCOPE.test(demand) && !BY_CERTIFICATE.test(demand),
  );
  if (unclear !== undefined) return [unproven(`${name}: who is admitted by ${unclear} cannot be compared`)];
  const granted = callers.filter((caller) =>
    clause.demands.some(
      (demand) =>
        (caller.scope !== undefined && BY_SCOPE.exec(demand)?.[1] === caller.scope) ||
        (caller.certificate !== undefined && BY_CERTIFICATE.exec(demand)?.[1] === caller.certificate),
    ),
  );
  const beyond = except(eitherOf(...granted.flatMap(grantedPaths)));
  const example = exampleOf(both(pathsOf(clause), beyond));
  if (example === 'none') return [];
  const request = `${name}: ${describeRequest(clause, beyond) ?? 'a request'}`;
  const asked = `where ${listed(granted.flatMap(grantWords))} was asked for`;
  return [
    example === 'unknown' || clause.unknown.length > 0
      ? unproven(`${request}, ${asked}`)
      : broken(`${request}, ${asked}`),
  ];
}

const PATHS = new WeakMap<IntendedCaller, readonly Language[]>();

function grantedPaths(caller: IntendedCaller): readonly Language[] {
  const known = PATHS.get(caller);
  if (known !== undefined) return known;
  const made = caller.handlers.map(({ service, object, workflow, handlers }) => {
    const of = exact(service ?? object ?? workflow ?? '');
    const named = `(?:${handlers.map(exact).join('|')})(?:/send)?(?:\\?[!-~]*)?`;
    return handlers.length === 0
      ? NOTHING
      : matching(service === undefined ? `/${of}/${KEY}/${named}` : `/${of}/${named}`);
  });
  PATHS.set(caller, made);
  return made;
}

function grantWords({ handlers }: IntendedCaller): readonly string[] {
  return handlers.flatMap(({ service, object, workflow, handlers: named }) =>
    named.map((handler) => `${service ?? object ?? workflow}/${handler}`),
  );
}

/** A text, as an expression. */
function exact(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_-]/g, (character) => `\\${character}`);
}

/** Whether those parameters of the query pass that were named, and no other. */
export const QUERY_AS_MEANT: CheckedClaim = proxyIntentClaim(
  'query-allow-listed',
  ({ ingress: { forwardQuery } }, proxy) => {
    const ways = waysTo(proxy, 'ingress');
    if (ways.length === 0) return [];
    const beyond = except(withQuery(forwardQuery));
    const wrong = ways.flatMap(({ chain, way, name }) =>
      admittedBy(chain, way)
        .filter((clause) => exampleOf(both(pathsOf(clause), beyond)) !== 'none')
        .slice(0, 1)
        .map((clause) => {
          const request = `${name}: ${describeRequest(clause, beyond) ?? 'a request'}, where the parameters ${listed(forwardQuery)} were asked for`;
          return clause.unknown.length > 0 ? unproven(request) : broken(request);
        }),
    );
    return compared(wrong, `the parameters ${listed(forwardQuery)} pass alone`);
  },
);

function withQuery(names: readonly string[]): Language {
  const shapes: Readonly<Record<string, string>> = QUERY_PARAMETERS;
  const parameters = names.map((name) => `${exact(name)}=${shapes[name] ?? '[^&;#]*'}`).join('|');
  return matching(parameters === '' ? '[^?#]*' : `[^?#]*(?:\\?(?:${parameters}))?`);
}

/** Whether pages of those origins call that were named, and of no other. */
export const ORIGINS_AS_MEANT: CheckedClaim = proxyIntentClaim('cors-owned', ({ ingress: { corsOrigins } }, proxy) => {
  const ways = waysTo(proxy, 'ingress');
  if (ways.length === 0) return [];
  const wrong = ways.flatMap(({ chain, way, name }) => {
    const preflights = (way.cors?.messages('allow_origin_string_match') ?? []).map(languageOfMatcher);
    const calls = admittedBy(chain, way).map((clause) => headerOf(clause, 'origin').values);
    const named = [...preflights, ...calls].flatMap((origins) => {
      const all = origins === undefined ? 'unknown' : allTextsOf(origins, MOST_ORIGINS);
      // What is no list is the own decider's to judge.
      return typeof all === 'string' ? [] : all;
    });
    const more = [...new Set(named)].filter((origin) => !corsOrigins.includes(origin));
    return more.length > 0
      ? [broken(`${name} lets pages of ${more.join(', ')} call, where ${listed(corsOrigins)} was asked for`)]
      : [];
  });
  return compared(wrong, `pages of ${listed(corsOrigins)} call alone`);
});

/** Whether the door answers to those host names that were named, and to no other. */
export const HOSTNAMES_AS_MEANT: CheckedClaim = proxyIntentClaim('ingress-authenticated', (intent, proxy) =>
  judgeHostnames(intent, proxy, 'ingress'),
);

/** The same for operators. */
export const ADMIN_HOSTNAMES_AS_MEANT: CheckedClaim = proxyIntentClaim('admin-authenticated', (intent, proxy) =>
  judgeHostnames(intent, proxy, 'admin'),
);

function judgeHostnames(
  intent: Intent,
  proxy: Parameters<typeof waysTo>[0],
  to: 'ingress' | 'admin',
): readonly Judgement[] {
  const ways = waysTo(proxy, to);
  const hostnames = intent[to]?.hostnames ?? [];
  if (ways.length === 0) return [];
  const wrong = ways.flatMap(({ way, name }) => {
    const more = way.domains.filter((domain) => !hostnames.includes(domain));
    return more.length > 0
      ? [broken(`${name} answers to ${more.join(', ')}, where ${listed(hostnames)} was asked for`)]
      : [];
  });
  return compared(wrong, `it answers to ${listed(hostnames)} alone`);
}
