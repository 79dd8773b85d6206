import type { Attack } from '../../attack';
import type { Deployment } from '../../deployment';
import { callerAttack } from '../caller-attack';
import { goodCaller, goodPath } from '../good-call';
import type { IngressCall } from '../ingress-call';
import { callersSettings } from '../ingress-door';
import { plantedSecret, uniqueKey } from '../planted';

/** Queries that must not reach the server, which writes the whole query into its journal. */
export const QUERY_ATTACKS: readonly Attack[] = [
  callerAttack({
    id: 'credentials-in-the-query',
    claim: 'query-allow-listed',
    attempt: 'send an unnamed parameter, also beside and inside a named one, with a good call',
    expected: '404 from the proxy, so that no value of it is written down',
    calls: (deployment) => {
      const secret = plantedSecret();
      const good = goodCaller(deployment);
      const queries = {
        'unnamed parameter': `access_token=${secret}`,
        'after a named one': `delay=1ms&api_key=${secret}`,
        'before a named one': `api_key=${secret}&delay=1ms`,
        'inside a named one': `delay=1ms%26api_key=${secret}`,
        'as its value': `delay=${secret}`,
        'other case': `DELAY=${secret}`,
        'no name': secret,
        'second question mark': `delay=1ms?api_key=${secret}`,
        'other separator': `delay=1ms;api_key=${secret}`,
      };
      return Object.fromEntries(
        Object.entries(queries).map(([name, query]) => [name, { ...sentCall(deployment, query), ...good }]),
      );
    },
    control: {
      attempt: 'send the same call with a named parameter, or without a query where none is named',
      call: (deployment) => ({
        ...sentCall(deployment, namesDelay(deployment) ? 'delay=1ms' : undefined),
        ...goodCaller(deployment),
      }),
    },
  }),
];

function sentCall(deployment: Deployment, query: string | undefined): IngressCall {
  const key = uniqueKey();
  const path = `${goodPath(deployment, key)}/send`;
  return { key, path: query === undefined ? path : `${path}?${query}` };
}

/** Whether a route for callers names the parameter of delayed calls. */
function namesDelay(deployment: Deployment): boolean {
  return callersSettings(deployment, 'routes').some((routes) => JSON.stringify(routes).includes('delay'));
}
