import type { CheckedClaim } from '../../checked-claim';
import { broken, holds, type Judgement, notApplicable } from '../judgement';
import type { Chain, Listener } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { doorsOf, waysOf } from '../ways';

const LONGEST_HEADERS_SECONDS = 60;
const LONGEST_UPLOAD_SECONDS = 3_600;
const LONGEST_SILENCE_SECONDS = 604_800;
const LONGEST_IDLE_SECONDS = 3_600;
const SHORTEST_CALL_SECONDS = 60;
/**
 * What Envoy does where nothing is said, by "How do I configure timeouts?" in its documentation: a silent stream ends after 5 minutes, an idle
 * connection after an hour, a call on a route without a timeout after 15 s.
 */
const SILENCE_BY_DEFAULT_SECONDS = 300;
const IDLE_BY_DEFAULT_SECONDS = 3_600;
const CALL_BY_DEFAULT_SECONDS = 15;

/** Whether who sends slowly is cut, and who waits long is not. */
export const SLOW_CLIENT_BOUNDED: CheckedClaim = proxyClaim({
  id: 'slow-client-bounded',
  judge: (proxy) => {
    const judged = doorsOf(proxy).flatMap((listener) =>
      listener.chains.flatMap((chain) => judgeChain(listener, chain)),
    );
    return judged.length > 0 ? judged : [notApplicable('no listener of the proxy leads to the server')];
  },
  withoutProxy: broken('no proxy stands before the server to cut slow clients'),
});

function judgeChain(listener: Listener, chain: Chain): readonly Judgement[] {
  const { http } = chain;
  if (http === undefined) return [];
  const { manager } = http;
  const common = manager.message('common_http_protocol_options');
  const faults = [
    ...bound('request_headers_timeout', manager.number('request_headers_timeout'), LONGEST_HEADERS_SECONDS),
    ...bound('request_timeout', manager.number('request_timeout'), LONGEST_UPLOAD_SECONDS),
    ...bound(
      'stream_idle_timeout',
      manager.number('stream_idle_timeout') ?? SILENCE_BY_DEFAULT_SECONDS,
      LONGEST_SILENCE_SECONDS,
    ),
    ...bound('idle_timeout', common?.number('idle_timeout') ?? IDLE_BY_DEFAULT_SECONDS, LONGEST_IDLE_SECONDS),
    ...(chain.tls === undefined
      ? []
      : bound(
          'transport_socket_connect_timeout',
          chain.message.number('transport_socket_connect_timeout'),
          LONGEST_HEADERS_SECONDS,
        )),
    ...waysOf(listener)
      .filter((placed) => placed.chain === chain)
      .flatMap(({ way }) => {
        const timeout = way.action?.number('timeout') ?? CALL_BY_DEFAULT_SECONDS;
        const idle = way.action?.number('idle_timeout');
        return way.action === undefined
          ? []
          : [
              ...(timeout !== 0 && timeout < SHORTEST_CALL_SECONDS
                ? [`ends every call on ${way.name} after ${timeout} s`]
                : []),
              ...(idle === undefined ? [] : bound(`idle_timeout of ${way.name}`, idle, LONGEST_SILENCE_SECONDS)),
            ];
      }),
  ];
  return faults.length > 0
    ? faults.map((fault) => broken(`listener ${listener.name} ${fault}`))
    : [holds(`listener ${listener.name} cuts slow handshakes, headers, bodies and silence`)];
}

function bound(name: string, seconds: number | undefined, most: number): readonly string[] {
  if (seconds === undefined || seconds === 0) return [`waits for ever: ${name} is not set`];
  return seconds > most ? [`waits ${seconds} s: ${name}`] : [];
}
