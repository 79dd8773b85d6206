import type { Intent } from '../../artifact/intent';
import type { CheckedClaim } from '../checked-claim';
import type { Message } from '../proxy/fields/message';
import { broken, type Judgement } from '../proxy/judgement';
import type { Proxy } from '../proxy/model/proxy';
import { clustersTo, type PlacedWay, waysTo } from '../proxy/ways';
import { compared, proxyIntentClaim } from './intent-claim';

/** A limit as it was rendered. */
type Rendered = readonly [limit: string, given: number | undefined, where: string];

/** Whether bodies are no larger than was asked for. */
export const BODIES_AS_MEANT: CheckedClaim = limitClaim('body-bounded', (proxy) =>
  waysTo(proxy, 'ingress').map(({ way, name }): Rendered => {
    const limits = way.filters.flatMap(({ type, settings }) =>
      type === 'BodySizeLimit' ? (settings.number('max_request_bytes') ?? []) : [],
    );
    return ['maxBodyBytes', least(limits), name];
  }),
);

/** Whether there are no more requests, calls and connections than was asked for. */
export const RATES_AS_MEANT: CheckedClaim = limitClaim('rate-bounded', (proxy) => [
  ...waysTo(proxy, 'ingress').flatMap(ratesOf),
  ...waysTo(proxy, 'ingress').map(({ listener, chain }): Rendered => {
    const counted = listener.message.flag('ignore_global_conn_limit') ? [] : overallConnections(proxy);
    const limits = [...(chain.connectionLimit === undefined ? [] : [chain.connectionLimit]), ...counted];
    return ['maxConnections', least(limits), `listener ${listener.name}`];
  }),
  ...clustersTo(proxy, 'ingress').flatMap((cluster) =>
    (cluster.message.message('circuit_breakers')?.messages('thresholds') ?? []).map((threshold): Rendered => [
      'concurrentCalls',
      threshold.number('max_requests'),
      `cluster ${cluster.name}`,
    ]),
  ),
]);

/** Whether slow callers are waited for no longer than was asked for. */
export const TIMES_AS_MEANT: CheckedClaim = limitClaim('slow-client-bounded', (proxy) =>
  waysTo(proxy, 'ingress').flatMap(({ chain, listener }): readonly Rendered[] => {
    const manager = chain.http?.manager;
    const where = `listener ${listener.name}`;
    return [
      ['headersSeconds', manager?.number('request_headers_timeout'), where],
      ['uploadSeconds', manager?.number('request_timeout'), where],
      ['longestCallSeconds', manager?.number('stream_idle_timeout'), where],
    ];
  }),
);

/** A limit that is not there at all is the own decider's to judge; so is one that no number was asked for. */
function limitClaim(id: string, renderedBy: (proxy: Proxy) => readonly Rendered[]): CheckedClaim {
  return proxyIntentClaim(id, ({ ingress: { limits } }, proxy) => {
    const rendered = renderedBy(proxy);
    if (rendered.length === 0) return [];
    return compared(
      rendered.flatMap((each) => judge(limits, each)),
      'no limit is higher',
    );
  });
}

function judge(limits: Intent['ingress']['limits'], [limit, given, where]: Rendered): readonly Judgement[] {
  const asked = limits[limit];
  if (asked === undefined || given === undefined) return [];
  // Of times, nought is for ever.
  const isMore = given > asked || given === 0;
  return isMore ? [broken(`${where}: ${limit} is ${given}, where ${asked} was asked for`)] : [];
}

function ratesOf({ way, name }: PlacedWay): readonly Rendered[] {
  return way.filters
    .filter(({ type }) => type === 'LocalRateLimit')
    .flatMap(({ settings }): readonly Rendered[] => {
      const all = settings.message('token_bucket');
      const own = settings.messages('descriptors').map((each) => each.message('token_bucket'));
      return [
        ['requestsPerSecond', rateOf(all), name],
        ['burst', all?.number('max_tokens'), name],
        ...own.flatMap((bucket): readonly Rendered[] => [
          ['requestsPerSecondPerAddress', rateOf(bucket), name],
          ['burstPerAddress', bucket?.number('max_tokens'), name],
        ]),
      ];
    });
}

function rateOf(bucket: Message | undefined): number | undefined {
  const seconds = bucket?.number('fill_interval') ?? 0;
  return seconds === 0 ? undefined : (bucket?.number('tokens_per_fill') ?? 1) / seconds;
}

function overallConnections({ bootstrap }: Proxy): readonly number[] {
  const monitors = bootstrap.message('overload_manager')?.messages('resource_monitors') ?? [];
  return monitors.flatMap(
    (monitor) => monitor.message('typed_config')?.number('max_active_downstream_connections') ?? [],
  );
}

function least(limits: readonly number[]): number | undefined {
  return limits.length === 0 ? undefined : Math.min(...limits);
}
