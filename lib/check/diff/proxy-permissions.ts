import { keptHeaders } from '../proxy/claims/kept-headers';
import { both, eitherOf, EVERYTHING, except, type Language } from '../proxy/language/language';
import { exampleOf } from '../proxy/language/texts-of';
import type { Proxy } from '../proxy/model/proxy';
import { isRead, proxiesOf } from '../proxy/model/proxies-of';
import type { CheckedDeployment } from '../checked-deployment';
import { credentialPermissions } from './credential-permissions';
import { limitPermissions } from './limit-permissions';
import { type Permission, whole } from './permission';
import { requestPermissions } from './request-permissions';

interface HeaderPermission extends Permission {
  readonly names: Language;
}

/** What the proxies of a deployment let through: credentials of whom, requests for what, which headers, and how much of it. */
export function proxyPermissions(deployment: CheckedDeployment): readonly Permission[] {
  return proxiesOf(deployment).flatMap((proxy) =>
    isRead(proxy)
      ? [...credentialPermissions(proxy), ...requestPermissions(proxy), ...headers(proxy), ...limitPermissions(proxy)]
      : [
          whole(
            'request',
            proxy.host.id,
            `whatever ${proxy.container.name} lets through, which cannot be read: ${proxy.reason}`,
          ),
        ],
  );
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
