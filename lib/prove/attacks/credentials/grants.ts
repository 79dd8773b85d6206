import type { Attack } from '../../attack';
import { type Grant, type Handler, pathOf } from '../../credentials/grants';
import type { Deployment, Issuer } from '../../deployment';
import { callerAttack, type Calls } from '../caller-attack';
import { eachIssuer } from './each-issuer';
import { goodCaller } from '../good-call';
import type { IngressCall } from '../ingress-call';
import { uniqueKey } from '../planted';

/** Callers that are verified, and reach for what they were not granted. */
export const GRANT_ATTACKS: readonly Attack[] = [
  callerAttack({
    id: 'handler-without-grant',
    claim: 'scope-per-handler',
    attempt: 'call handlers that were granted to somebody else, or to nobody, with a credential that opens another one',
    expected: '403 from the proxy',
    notApplicable: opensEverything,
    direct: true,
    calls: withoutGrant,
  }),
  callerAttack({
    id: 'granted-path-imitated',
    claim: 'scope-per-handler',
    attempt: 'call a handler without a grant by a path that holds, begins or ends like a granted one',
    expected: '403 or 404 from the proxy',
    notApplicable: (deployment) =>
      opensEverything(deployment) ??
      (closedObject(deployment) === undefined
        ? 'the good caller may call every handler of the run whose path holds a key'
        : undefined),
    direct: true,
    calls: (deployment) => {
      const closed = closedObject(deployment);
      return closed === undefined ? {} : imitations(deployment, closed);
    },
  }),
  callerAttack({
    id: 'scope-alike',
    claim: 'scope-per-handler',
    attempt: 'show a good token whose scope holds, begins or ends like the granted one, or says it elsewhere',
    expected: '403 from the proxy',
    notApplicable: (deployment) =>
      opensEverything(deployment) ??
      (deployment.credentials.target.scopes.length === 0 ? 'no scope opens anything' : undefined),
    calls: (deployment) => {
      const [scope = ''] = deployment.credentials.target.scopes;
      return eachIssuer(deployment, (issuer) => alike(issuer, scope));
    },
  }),
  callerAttack({
    id: 'certificate-of-another-caller',
    claim: 'scope-per-handler',
    attempt: "call a handler with another caller's good certificate, naming the granted caller in headers",
    expected: '403 from the proxy',
    notApplicable: (deployment) =>
      opensEverything(deployment) ??
      (deployment.credentials.target.certificates.length === 0 || otherNames(deployment).length === 0
        ? 'no certificate opens what another does not'
        : undefined),
    calls: async (deployment) => {
      const [granted = ''] = deployment.credentials.target.certificates;
      const calls = otherNames(deployment).map(async (name): Promise<readonly [string, IngressCall][]> => {
        const certificate = await deployment.credentials.clients?.issue({ name });
        const shown = certificate === undefined ? {} : { certificate };
        const claims = `By=urn:proxy;Hash=00;Subject="CN=${granted}";URI=${granted};DNS=${granted}`;
        return [
          [name, shown],
          [`${name}, another in headers`, { ...shown, headers: [['x-forwarded-client-cert', claims]] }],
        ];
      });
      return Object.fromEntries((await Promise.all(calls)).flat());
    },
  }),
];

function opensEverything(deployment: Deployment): string | undefined {
  return closedTo(deployment).length === 0
    ? 'the good caller may call every handler that the run brings: the grants that were read close none of them to it'
    : undefined;
}

/** Whether the good caller, who has what opens the target and no more, may call a handler. */
function isOpen({ credentials }: Deployment, grant: Grant): boolean {
  const { scopes, certificates } = credentials.target;
  const byToken = credentials.good().token !== undefined;
  const [shown] = byToken ? scopes : certificates;
  return grant.everybody || (shown !== undefined && (byToken ? grant.scopes : grant.certificates).includes(shown));
}

/** What nobody is granted, and what only other callers are. */
function closedTo(deployment: Deployment): readonly Handler[] {
  const { grants, ungranted } = deployment.credentials;
  return [...grants.filter((grant) => !isOpen(deployment, grant)), ...ungranted];
}

function withoutGrant(deployment: Deployment): Calls {
  return Object.fromEntries(
    closedTo(deployment).flatMap((closed) => {
      const [key, sent] = [uniqueKey(), uniqueKey()];
      return [
        [`${closed.service}/${closed.handler}`, { ...goodCaller(deployment), key, path: pathOf(closed, key) }],
        [
          `${closed.service}/${closed.handler}, sent`,
          { ...goodCaller(deployment), key: sent, path: `${pathOf(closed, sent)}/send` },
        ],
      ] as const;
    }),
  );
}

/** A handler with a key in its path that is closed to the good caller: where it may call the run's own, one of another name. */
function closedObject(deployment: Deployment): Handler | undefined {
  return closedTo(deployment).find(({ kind, service }) => kind === 'object' && service === 'Counter');
}

/** Keys are any text: a granted name in one grants nothing. */
function imitations(deployment: Deployment, closed: Handler): Calls {
  const { target } = deployment.credentials;
  const { service, handler } = target;
  const to = (key: string): string => pathOf(closed, key);
  const paths: Readonly<Record<string, (key: string) => string>> = {
    'the granted handler as key': (key) => to(`${handler}-${key}`),
    'the granted service as key': (key) => to(`${service}${key}`),
    'the granted path as key, escaped': (key) => to(`%2F${service}%2F${key}%2F${handler}`),
    'the granted path behind': (key) => `${to(key)}/${service}/${handler}`,
    'the granted path behind a point': (key) => `${to(key)};/${service}/${key}/${handler}`,
    'back from the granted path': (key) => `${pathOf(target, key)}/../../..${to(key)}`,
    'back from it, escaped': (key) => `${pathOf(target, key)}/%2e%2e/%2e%2e/%2e%2e${to(key)}`,
    'twice the slash': (key) => `/${to(key)}`,
    'by the server': (key) => `/restate/call${pathOf(target, key)}`,
    'sent by the server': (key) => `/restate/send${pathOf(target, key)}`,
    'in a scope of the server': (key) => `/restate/scope/any/call${pathOf(target, key)}`,
    'the granted path in the query': (key) => `${to(key)}?${pathOf(target, key)}`,
  };
  return Object.fromEntries(
    Object.entries(paths).map(([name, path]) => {
      const key = uniqueKey();
      return [name, { ...goodCaller(deployment), key, path: path(key) }];
    }),
  );
}

function alike(issuer: Issuer, scope: string): Calls {
  const says = (claims: Readonly<Record<string, unknown>>): IngressCall => ({ token: issuer.token({ claims }) });
  const none = { scope: undefined };
  return {
    'no scope': says(none),
    'an empty one': says({ scope: '' }),
    'its beginning': says({ scope: scope.slice(0, -1) }),
    'its end': says({ scope: scope.slice(1) }),
    'a longer one': says({ scope: `${scope}x` }),
    'a longer one before': says({ scope: `x${scope}` }),
    'other case': says({ scope: scope === scope.toUpperCase() ? scope.toLowerCase() : scope.toUpperCase() }),
    'every scope': says({ scope: '*' }),
    'with a comma': says({ scope: `other,${scope}` }),
    'with a tab': says({ scope: `other\t${scope}` }),
    'in quotation marks': says({ scope: `"${scope}"` }),
    'a list in a list': says({ scope: [[scope]] }),
    'a list of one text': says({ scope: [`${scope} other`] }),
    'an object': says({ scope: { [scope]: true } }),
    'as scp': says({ ...none, scp: scope }),
    'as scopes': says({ ...none, scopes: [scope] }),
    'as permissions': says({ ...none, permissions: [scope], roles: [scope], groups: [scope] }),
    'as subject': says({ ...none, sub: scope }),
  };
}

/** Names of certificates that are admitted, and for which what the good caller calls is closed. */
function otherNames({ credentials: { clients, grants, target } }: Deployment): readonly string[] {
  const known = new Set([...(clients?.names ?? []), ...grants.flatMap(({ certificates }) => certificates)]);
  return [...known].filter((name) => !target.certificates.includes(name));
}
