import type { Message } from '../proxy/fields/message';
import type { Proxy, Way } from '../proxy/model/proxy';
import { doorsOf, waysOf } from '../proxy/ways';
import { limitPermission } from './limit-permission';
import type { Permission } from './permission';

/** How much of a server callers and operators may use: the most that any way of a door lets through. */
export function limitPermissions(proxy: Proxy): readonly Permission[] {
  return doorsOf(proxy).flatMap((listener) => {
    const { kind, chains } = listener;
    const ways = waysOf(listener)
      .map(({ way }) => way)
      .filter(({ action }) => action !== undefined);
    const most = (what: string, unit: string, values: readonly (number | undefined)[]): Permission =>
      limitPermission({
        subject: proxy.host.id,
        key: `${kind} ${what}`,
        what: `${what} of ${kind}: up to`,
        // Nought is no bound to any of them.
        most: Math.max(0, ...values.map((value) => (value === undefined || value === 0 ? Infinity : value))),
        unit,
      });
    const managers = chains.flatMap(({ http }) => (http === undefined ? [] : [http.manager]));
    return [
      most('a body', 'bytes', ways.map(bodyOf)),
      most(
        'requests',
        'a second',
        ways.map((way) => rateOf(limitsOf(way)?.message('token_bucket'))),
      ),
      most('requests from one address', 'a second', ways.map(ownRateOf)),
      most(
        'the wait for headers',
        's',
        managers.map((each) => each.number('request_headers_timeout')),
      ),
      most(
        'the wait for a request',
        's',
        managers.map((each) => each.number('request_timeout')),
      ),
      most(
        'the wait of a call',
        's',
        managers.map((each) => each.number('stream_idle_timeout')),
      ),
    ];
  });
}

function bodyOf({ filters }: Way): number | undefined {
  const limits = filters
    .filter(({ type }) => type === 'BodySizeLimit')
    .flatMap(({ settings }) => settings.number('max_request_bytes') ?? []);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function ownRateOf(way: Way): number | undefined {
  const buckets = (limitsOf(way)?.messages('descriptors') ?? []).map((each) => each.message('token_bucket'));
  return buckets.length === 0 ? undefined : Math.max(...buckets.map((bucket) => rateOf(bucket) ?? Infinity));
}

function limitsOf({ filters }: Way): Message | undefined {
  return filters.find(({ type }) => type === 'LocalRateLimit')?.settings;
}

function rateOf(bucket: Message | undefined): number | undefined {
  const seconds = bucket?.number('fill_interval') ?? 0;
  return seconds === 0 ? undefined : (bucket?.number('tokens_per_fill') ?? 1) / seconds;
}
