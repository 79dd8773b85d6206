import { keptHeaders } from '../proxy/claims/kept-headers';
import { tokenProviders } from '../proxy/claims/token-providers';
import { both, eitherOf, EVERYTHING, except, type Language } from '../proxy/language/language';
import { exampleOf } from '../proxy/language/texts-of';
import type { Proxy } from '../proxy/model/proxy';
import { isRead, proxiesOf } from '../proxy/model/proxies-of';
import type { CheckedDeployment } from '../checked-deployment';
import { type Permission, whole } from './permission';
import { requestPermissions } from './request-permissions';

interface HeaderPermission extends Permission {
  readonly names: Language;
}

/** What the proxies of a deployment let through: tokens of whom, requests for what, and which headers. */
export function proxyPermissions(deployment: CheckedDeployment): readonly Permission[] {
  return proxiesOf(deployment).flatMap((proxy) =>
    isRead(proxy)
      ? [...credentials(proxy), ...requestPermissions(proxy), ...headers(proxy)]
      : [
          whole(
            'request',
            proxy.host.id,
            `whatever ${proxy.container.name} lets through, which cannot be read: ${proxy.reason}`,
          ),
        ],
  );
}

function credentials(proxy: Proxy): readonly Permission[] {
  return tokenProviders(proxy).flatMap(({ name, kind, settings, otherAudiences }) => {
    const issuer = settings.text('issuer');
    const audiences = [...settings.texts('audiences'), ...otherAudiences.flat()];
    const by = `${kind}, provider ${name}`;
    const takes = (what: string): Permission => whole('credential', proxy.host.id, `${by}: ${what}`);
    return [
      takes(issuer === undefined ? 'tokens of every issuer' : `tokens of ${issuer}`),
      ...(audiences.length === 0 ? [takes('tokens for every audience')] : []),
      ...audiences.map((audience) => takes(`tokens for ${audience}`)),
    ];
  });
}

/** Names of headers that are forwarded to the server, told by one of them. */
function headers(proxy: Proxy): readonly Permission[] {
  return [...proxy.clusters.values()]
    .filter(({ kind }) => kind === 'ingress' || kind === 'admin')
    .map((cluster): HeaderPermission => {
      const names = keptHeaders(cluster, 'request_mutations') ?? EVERYTHING;
      return {
        kind: 'header',
        key: cluster.kind,
        subject: proxy.host.id,
        names,
        beyond: (others) => {
          const known = (others as readonly HeaderPermission[]).map((other) => other.names);
          const example = exampleOf(both(names, except(eitherOf(...known))));
          if (example === 'none') return undefined;
          return `headers reach the ${cluster.kind} of the server, such as ${typeof example === 'object' ? example.text : 'some that are not known'}`;
        },
      };
    });
}
