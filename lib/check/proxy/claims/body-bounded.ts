import type { CheckedClaim } from '../../checked-claim';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import type { Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { doorsOf, type PlacedWay, waysTo } from '../ways';
import { bodyLimitOf } from './body-limit';

/** The server takes no larger body itself. */
const LARGEST_BODY_BYTES = 33_554_432;
const LARGEST_BUFFER_BYTES = 1_048_576;
const LARGEST_WINDOW_BYTES = 16_777_216;
const LARGEST_HEADERS_KB = 128;

/** Whether bodies are counted as they pass, and nothing large is kept in memory. */
export const BODY_BOUNDED: CheckedClaim = proxyClaim({
  id: 'body-bounded',
  judge: (proxy) => {
    const ways = waysTo(proxy, 'ingress', 'admin');
    return ways.length > 0
      ? [...ways.map(judgeWay), ...judgeMemory(proxy)]
      : [notApplicable('no listener of the proxy leads to the server')];
  },
  withoutProxy: broken('no proxy stands before the server to count bodies'),
});

function judgeWay({ way, name }: PlacedWay): Judgement {
  const limit = bodyLimitOf(way);
  if (limit === Infinity) {
    const buffers = way.filters.some(({ type }) => type === 'Buffer');
    const why = buffers
      ? 'is bounded by the buffer filter, which lets larger ones through over HTTP/2'
      : 'may be as large as it likes';
    return broken(`${name}: a body ${why}`);
  }
  return limit <= LARGEST_BODY_BYTES
    ? holds(`${name}: a body has at most ${limit} bytes`)
    : broken(`${name}: a body may have ${limit} bytes, more than the server takes`);
}

function judgeMemory(proxy: Proxy): readonly Judgement[] {
  return doorsOf(proxy).flatMap(({ name, message, chains }) => {
    const buffer = message.number('per_connection_buffer_limit_bytes') ?? LARGEST_BUFFER_BYTES;
    const faults =
      buffer > LARGEST_BUFFER_BYTES || buffer === 0
        ? [broken(`listener ${name} keeps ${buffer} bytes of a connection in memory`)]
        : [];
    return [...faults, ...chains.flatMap(({ http }) => (http === undefined ? [] : judgeProtocols(name, http.manager)))];
  });
}

function judgeProtocols(name: string, manager: Parameters<typeof windowsOf>[0]): readonly Judgement[] {
  const kilobytes = manager.number('max_request_headers_kb') ?? 60;
  const headers =
    kilobytes > LARGEST_HEADERS_KB ? [broken(`listener ${name} keeps ${kilobytes} KiB of headers in memory`)] : [];
  const windows = windowsOf(manager);
  if (windows === undefined)
    return [...headers, unproven(`listener ${name} does not say how much of an HTTP/2 stream it keeps in memory`)];
  const wide = windows.filter((window) => window > LARGEST_WINDOW_BYTES);
  return [
    ...headers,
    ...wide.map((window) => broken(`listener ${name} keeps ${window} bytes of an HTTP/2 connection in memory`)),
  ];
}

function windowsOf(
  manager: NonNullable<ReturnType<typeof doorsOf>[number]['chains'][number]['http']>['manager'],
): readonly number[] | undefined {
  if (manager.text('codec_type') === 'HTTP1') return [];
  const options = manager.message('http2_protocol_options');
  const stream = options?.number('initial_stream_window_size');
  const connection = options?.number('initial_connection_window_size');
  return stream === undefined || connection === undefined ? undefined : [stream, connection];
}
