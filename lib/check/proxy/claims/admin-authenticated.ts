import type { CheckedClaim } from '../../checked-claim';
import { admittedBy, methodsOf, pathsOf } from '../admission/admission';
import { authentication } from '../admission/authentication';
import { type Clause, clausesOf } from '../admission/clause';
import { type CredentialState, isAnonymous } from '../admission/credential-state';
import { describeRequest } from '../describe-request';
import type { Message } from '../fields/message';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import { both, eitherOf, except, text } from '../language/language';
import { exampleOf } from '../language/texts-of';
import { certificateStates } from '../model/client-demand';
import type { Http, Listener, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { openWays, type PlacedWay, waysTo } from '../ways';
import { ADMIN_METHODS, mostPaths, UI_PATHS } from './admin-rights';
import { logFormatOf } from './log-fields';
import { tokenProviders } from './token-providers';

const NO_DOOR = 'no admin door: the proxy has no route to the admin API';

/** Whether operators show who they are, may what their role may, and leave a trace. */
export const ADMIN_AUTHENTICATED: CheckedClaim = proxyClaim({
  id: 'admin-authenticated',
  judge,
  withoutProxy: notApplicable('no admin door: no proxy stands before the server'),
  minds: () => true,
});

function judge(proxy: Proxy): readonly Judgement[] {
  const ways = waysTo(proxy, 'admin');
  if (ways.length === 0) return [notApplicable(NO_DOOR)];
  const listeners = [...new Set(ways.map(({ listener }) => listener))];
  return [
    ...ways.map(judgeWay),
    ...listeners.flatMap((listener) =>
      listener.chains.flatMap(({ http }) => (http === undefined ? [] : [judgeTrace(listener, http)])),
    ),
    ...judgeAudiences(proxy),
  ];
}

/** Whether the token check by itself refuses who shows nothing. */
function letsNobodyIn(filter: Message): boolean {
  return clausesOf(authentication(filter, NOTHING_SHOWN), NOTHING_SHOWN).every(
    (clause) => exampleOf(pathsOf(clause)) === 'none',
  );
}

const NOTHING_SHOWN: CredentialState = { token: { kind: 'none' }, certificate: 'none' };

function judgeWay({ chain, way, name }: PlacedWay): Judgement {
  const admitted = admittedBy(chain, way);
  const asked = way.filters.filter(({ type }) => type === 'JwtAuthentication');
  const onlyTokens = certificateStates(chain.tls).every((state) => state === 'none');
  if (onlyTokens && asked.some(({ settings }) => !letsNobodyIn(settings))) {
    return broken(`${name}: a request without a token is not refused before its role is asked for`);
  }
  const anonymous = admitted.find(({ state }) => isAnonymous(state));
  if (anonymous !== undefined) return verdictOf(anonymous, `${name}: ${describeRequest(anonymous) ?? 'a request'}`);
  const roleless = admitted.find(
    ({ demands }) => !demands.some((demand) => /^(?:scope|group|role|the certificate of)/.test(demand)),
  );
  if (roleless !== undefined)
    return verdictOf(roleless, `${name}: ${describeRequest(roleless) ?? 'a request'}, with no role`);
  for (const clause of admitted) {
    const excess = excessOf(clause);
    if (excess !== undefined) return verdictOf(clause, `${name}: ${excess}, which is more than its role may`);
  }
  const patterns = admitted.find(({ demands }) =>
    demands.some((demand) => / by the pattern /.test(demand) && !demand.startsWith('jti ')),
  );
  if (patterns !== undefined)
    return broken(`${name}: a role is had by a pattern, and not by one exact scope: ${patterns.demands.join(' and ')}`);
  const roles = [
    ...new Set(
      admitted.map(
        ({ policies, demands }) =>
          `${policies.join(' and ')} for ${demands.filter((each) => !/\bjti\b/.test(each)).join(' and ')}`,
      ),
    ),
  ];
  return roles.length > 0
    ? holds(`${name}: ${roles.join('; ')}`)
    : unproven(`${name}: nobody may anything, which is hardly what is meant`);
}

function verdictOf({ unknown }: Clause, evidence: string): Judgement {
  return unknown.length === 0 ? broken(evidence) : unproven(evidence);
}

/** A request that none of the roles that admit it may make at most. */
function excessOf(clause: Clause): string | undefined {
  const methods = methodsOf(clause);
  const other = exampleOf(both(methods, except(eitherOf(...ADMIN_METHODS.map(text)))));
  if (other !== 'none') return describeRequest(clause);
  for (const method of ADMIN_METHODS) {
    if (exampleOf(both(methods, text(method))) === 'none') continue;
    const most = eitherOf(...clause.policies.map((role) => mostPaths(role, method)));
    const example = exampleOf(both(pathsOf(clause), except(most)));
    if (example === 'none') continue;
    return `${method} ${typeof example === 'string' ? '(unknown)' : example.text} is admitted by ${clause.policies.join(' and ')}`;
  }
  return undefined;
}

const TRACE: readonly (readonly [what: string, command: RegExp, parameter: RegExp])[] = [
  ['who', /^(?:DYNAMIC_METADATA|DOWNSTREAM_PEER_(?:URI_SAN|DNS_SAN|SUBJECT|FINGERPRINT_256))$/, /^$|:sub$/],
  ['the method', /^REQ$/, /^:METHOD$/i],
  ['the path', /^(?:PATH|REQ_WITHOUT_QUERY)$/, /./],
  ['the status', /^RESPONSE_CODE$/, /^$/],
];

function judgeTrace({ name }: Listener, { manager }: Http): Judgement {
  const logs = manager
    .messages('access_log')
    .map(logFormatOf)
    .filter(({ complete }) => complete);
  if (logs.length === 0) return broken(`listener ${name} writes no line for each request of an operator`);
  const missing = TRACE.filter(
    ([, command, parameter]) =>
      !logs.some(({ commands }) => commands.some((each) => command.test(each.name) && parameter.test(each.parameter))),
  );
  return missing.length > 0
    ? broken(`the log of listener ${name} does not say ${missing.map(([what]) => what).join(', ')}`)
    : holds(`the log of listener ${name} says who asked for what`);
}

/** Tokens of callers must not open the door of operators. */
function judgeAudiences(proxy: Proxy): readonly Judgement[] {
  const all = tokenProviders(proxy);
  const callers = all.filter(({ kind }) => kind === 'callers');
  return all
    .filter(({ kind }) => kind === 'operators')
    .flatMap(({ name, door, settings }) => {
      const own = settings.texts('audiences');
      const shared = callers.filter(
        (caller) =>
          caller.settings.text('issuer') === settings.text('issuer') &&
          (own.length === 0 || caller.settings.texts('audiences').some((audience) => own.includes(audience))),
      );
      const how = own.length === 0 ? 'it names no audience' : 'both name one audience';
      return shared.map((caller) =>
        broken(
          `listener ${door}, provider ${name} takes the tokens of callers: ${how}, and the issuer is that of provider ${caller.name}`,
        ),
      );
    });
}

/** Whether the proxy leads nobody to the web UI. */
export const ADMIN_UI_CLOSED_BY_PROXY: CheckedClaim = proxyClaim({
  id: 'admin-ui-closed',
  judge: (proxy) => {
    const ways = waysTo(proxy, 'admin');
    if (ways.length === 0) return [holds(NO_DOOR)];
    return ways.map(({ chain, way, name }) => {
      const open = admittedBy(chain, way).find((clause) => exampleOf(both(pathsOf(clause), UI_PATHS)) !== 'none');
      return open === undefined
        ? holds(`${name}: no path of the web UI passes`)
        : verdictOf(open, `${name}: ${describeRequest(open, UI_PATHS) ?? 'a path of the web UI'}`);
    });
  },
  withoutProxy: notApplicable('no proxy stands before the server'),
});

/** Whether callers are led to the ingress and nowhere else in the server. */
export const ADMIN_NOT_THROUGH_INGRESS: CheckedClaim = proxyClaim({
  id: 'admin-not-through-ingress',
  judge: (proxy) => {
    const judged = openWays(proxy).flatMap(({ listener, way, name }): readonly Judgement[] =>
      way.clusters.flatMap((cluster): readonly Judgement[] => {
        const to = `${name} leads to cluster ${cluster.name}`;
        if (cluster.kind === 'fabric') return [broken(`${to}, the server's fabric`)];
        if (cluster.kind === 'admin' && listener.kind !== 'operators')
          return [broken(`${to}, the server's admin API, at the door of callers`)];
        if (cluster.kind === 'unknown')
          return [unproven(`${to}, which is nothing that the server is known to listen on`)];
        if (cluster.kind === 'metadata') return [broken(`${to}, the metadata server, from outside`)];
        return cluster.kind === 'ingress' ? [holds(`${to}, the server's ingress`)] : [];
      }),
    );
    return judged.length > 0 ? judged : [notApplicable('the proxy leads nobody to the server')];
  },
  withoutProxy: notApplicable('no proxy stands before the server, whose ingress has no route to the admin API'),
});
