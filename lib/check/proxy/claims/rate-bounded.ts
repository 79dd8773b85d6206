import type { CheckedClaim } from '../../checked-claim';
import type { CheckedDeployment } from '../../checked-deployment';
import type { Message } from '../fields/message';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import type { Http, Listener, Proxy, Way } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { doorsOf, waysOf } from '../ways';
import { believesTooMany, hopsBefore, takesAddressFromHeader, trustedHops } from './fronts';

/** More a second is no limit for one process. */
const HIGHEST_RATE = 1_000_000;
const MOST_CONNECTIONS = 1_000_000;
const MOST_STREAMS = 1_000;
/** With fewer buckets, who has as many addresses has the oldest thrown away, and a full one each time. */
const FEWEST_ADDRESSES = 1_000;
/** `max_dynamic_descriptors` where nothing is said: local_ratelimit_impl.cc and local_rate_limit.proto of Envoy. */
const ADDRESSES_BY_DEFAULT = 20;

/** Whether a flood is refused before it is worked on, and one caller's flood is its own. */
export const RATE_BOUNDED: CheckedClaim = proxyClaim({
  id: 'rate-bounded',
  judge: (proxy, deployment) => {
    const judged = doorsOf(proxy).flatMap((listener) => judgeListener(listener, proxy, deployment));
    return judged.length > 0 ? judged : [notApplicable('no listener of the proxy leads to the server')];
  },
  withoutProxy: broken('no proxy stands before the server to refuse a flood'),
});

function judgeListener(listener: Listener, proxy: Proxy, deployment: CheckedDeployment): readonly Judgement[] {
  const ways = waysOf(listener).filter(({ way }) => way.action !== undefined);
  return [
    ...ways.map(({ way, name }) => judgeWay(way, name)),
    judgeConnections(listener, proxy),
    ...listener.chains.flatMap(({ http }) =>
      http === undefined ? [] : [judgeStreams(listener, http), ...judgeAddress(listener, http, { proxy, deployment })],
    ),
  ];
}

function judgeWay({ filters }: Way, name: string): Judgement {
  const index = filters.findIndex(({ type }) => type === 'LocalRateLimit');
  const settings = filters[index]?.settings;
  if (settings === undefined) return broken(`${name}: nothing limits the rate of requests`);
  const before = filters.slice(0, index).find(({ type }) => type === 'JwtAuthentication' || type === 'RBAC');
  if (before !== undefined)
    return broken(`${name}: the rate limit stands behind ${before.name}, which works on every request of a flood`);
  for (const field of ['filter_enabled', 'filter_enforced']) {
    const fraction = settings.message(field);
    if (!isWhole(fraction))
      return broken(`${name}: ${field} is not 100 %, so that requests are counted and not refused`);
    if (fraction?.has('runtime_key') === true) return unproven(`${name}: ${field} may be changed at run time`);
  }
  const all = settings.message('token_bucket');
  const rate = rateOf(all);
  if (rate === undefined || rate > HIGHEST_RATE)
    return broken(`${name}: ${rate ?? 'any number of'} requests a second are admitted`);
  const own = ownBucket(settings);
  if (own === undefined) return broken(`${name}: one bucket for all, so that one caller's flood starves the others`);
  if (own.rate > rate || own.burst > (all?.number('max_tokens') ?? 0))
    return broken(`${name}: one address alone may use up what all have`);
  const kept = settings.number('max_dynamic_descriptors') ?? ADDRESSES_BY_DEFAULT;
  if (kept < FEWEST_ADDRESSES)
    return broken(
      `${name}: the buckets of ${kept} addresses are kept, so that one caller with more of them has full ones for ever`,
    );
  return holds(`${name}: ${rate} requests a second, ${own.rate} from one address`);
}

function isWhole(fraction: Message | undefined): boolean {
  const value = fraction?.message('default_value');
  const whole = { HUNDRED: 100, TEN_THOUSAND: 10_000, MILLION: 1_000_000 }[value?.text('denominator') ?? 'HUNDRED'];
  return value !== undefined && value.number('numerator') === whole;
}

/** Requests a second in the long run. */
function rateOf(bucket: Message | undefined): number | undefined {
  const tokens = bucket?.number('tokens_per_fill') ?? 1;
  const seconds = bucket?.number('fill_interval') ?? 0;
  const burst = bucket?.number('max_tokens') ?? 0;
  if (seconds === 0 || burst === 0 || burst > HIGHEST_RATE) return undefined;
  return tokens / seconds;
}

/** What one address may use up. */
function ownBucket(settings: Message): { readonly rate: number; readonly burst: number } | undefined {
  const byAddress = settings
    .messages('rate_limits')
    .some(
      (limit) =>
        limit.count('actions') === 1 && limit.messages('actions').every((action) => action.has('remote_address')),
    );
  const descriptor = settings.messages('descriptors').find((each) => {
    const entries = each.messages('entries');
    return (
      entries.length === 1 && entries[0]!.text('key') === 'remote_address' && (entries[0]!.text('value') ?? '') === ''
    );
  });
  const bucket = descriptor?.message('token_bucket');
  const rate = rateOf(bucket);
  return byAddress && rate !== undefined ? { rate, burst: bucket?.number('max_tokens') ?? 0 } : undefined;
}

function judgeConnections(listener: Listener, { bootstrap }: Proxy): Judgement {
  const monitors = bootstrap.message('overload_manager')?.messages('resource_monitors') ?? [];
  const global = monitors.flatMap(
    (monitor) => monitor.message('typed_config')?.number('max_active_downstream_connections') ?? [],
  );
  const own = listener.chains.map(({ connectionLimit }) => connectionLimit);
  const counted = listener.message.flag('ignore_global_conn_limit') ? [] : global;
  const limits = own.map((each) => Math.min(...(each === undefined ? [] : [each]), ...counted));
  const most = Math.max(...limits);
  return most > 0 && most <= MOST_CONNECTIONS
    ? holds(`listener ${listener.name}: ${most} connections at once`)
    : broken(`listener ${listener.name}: any number of connections at once`);
}

function judgeStreams({ name }: Listener, { manager }: Http): Judgement {
  if (manager.text('codec_type') === 'HTTP1') return holds(`listener ${name}: one request at a time on a connection`);
  const streams = manager.message('http2_protocol_options')?.number('max_concurrent_streams');
  if (streams === undefined)
    return unproven(`listener ${name} does not say how many requests one connection may have at once`);
  return streams <= MOST_STREAMS
    ? holds(`listener ${name}: ${streams} requests at once on a connection`)
    : broken(`listener ${name}: ${streams} requests at once on a connection`);
}

/** Behind a balancer that ends HTTP, all callers would be the balancer; and who says himself where he comes from has a bucket for each lie. */
function judgeAddress(
  { name, port }: Listener,
  { manager }: Http,
  { proxy, deployment }: { readonly proxy: Proxy; readonly deployment: CheckedDeployment },
): readonly Judgement[] {
  const hops = hopsBefore(deployment.artifact, proxy.host, port);
  const trusted = trustedHops(manager);
  if (takesAddressFromHeader(manager) || believesTooMany(manager, hops))
    return [broken(`listener ${name} counts by an address that callers write themselves, in x-forwarded-for`)];
  return hops !== 'unknown' && trusted < hops
    ? [broken(`listener ${name} takes the balancer before it for every caller: it trusts ${trusted} of ${hops} hops`)]
    : [];
}
