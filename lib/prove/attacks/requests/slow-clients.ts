import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodCaller, goodLine, goodPath } from '../good-call';
import { sendBytes } from '../ingress-bytes';
import { tryCall } from '../ingress-call';
import { callersSettings, proxysDoor, STRAIGHT } from '../ingress-door';
import { uniqueKey } from '../planted';
import { durationSeconds } from '../proxy-listener';
import { whoRefused } from '../refusal';

/** How long a client may take where the proxy states no limit, in seconds. */
const UNSTATED_SECONDS = 11;
/** What is waited for without `--slow`, in seconds. */
const PATIENCE_SECONDS = 12;
const MARGIN_SECONDS = 2;
/** Longer than any time in which proxies give up on servers when nothing is said, in milliseconds. */
const LONG_CALL_MS = 16_500;

/** Clients that hold a connection by sending almost nothing. */
export const SLOW_CLIENT_ATTACKS: readonly Attack[] = [
  {
    id: 'slow-headers',
    claim: 'slow-client-bounded',
    ...STRAIGHT,
    attempt: 'begin a request and never finish its headers',
    expected: '408 from the proxy in the stated time',
    run: (deployment) => linger(deployment, headersSeconds(deployment), 'X-Slow: '),
    control: {
      ...STRAIGHT,
      attempt: 'send a whole request whose handler takes longer than that',
      run: (deployment) =>
        tryCall(deployment, proxysDoor(deployment), {
          body: JSON.stringify({ waitMs: LONG_CALL_MS }),
          ...goodCaller(deployment),
          timeoutMs: LONG_CALL_MS + 3_000,
        }),
    },
    notApplicable: (deployment) => tooLong(deployment, headersSeconds(deployment)),
  },
  {
    id: 'slow-body',
    claim: 'slow-client-bounded',
    ...STRAIGHT,
    attempt: 'announce a body and never finish it',
    expected: '408 from the proxy in the stated time',
    run: (deployment) => linger(deployment, uploadSeconds(deployment), 'Content-Length: 2\r\n\r\n1'),
    control: {
      ...STRAIGHT,
      attempt: 'finish the body after a second',
      run: (deployment) => finishLate(deployment),
    },
    notApplicable: (deployment) => tooLong(deployment, uploadSeconds(deployment)),
  },
];

/** Sends the beginning of a request and says whether the proxy still waits when the time that it states is over. */
async function linger(deployment: Deployment, limitSeconds: number, rest: string): Promise<Observation> {
  const door = proxysDoor(deployment);
  const report = await sendBytes(deployment, door, {
    chunks: [{ afterMs: 0, data: `${requestHead(deployment, uniqueKey())}${rest}` }],
    timeoutMs: (limitSeconds + MARGIN_SECONDS) * 1_000,
  });
  if (report.outcome === 'connected' && report.received === '' && !report.closed) {
    return { succeeded: true, byWaiting: true, observed: `still waited for after ${limitSeconds + MARGIN_SECONDS} s` };
  }
  return await whoRefused(deployment, door, { report });
}

/** A client that is late, but not too late. */
async function finishLate(deployment: Deployment): Promise<Observation> {
  const key = uniqueKey();
  const door = proxysDoor(deployment);
  const report = await sendBytes(deployment, door, {
    chunks: [
      { afterMs: 0, data: `${requestHead(deployment, key)}Content-Length: 2\r\n\r\n1` },
      { afterMs: 1_000, data: '0' },
    ],
    readBytes: 12,
    timeoutMs: 6_000,
  });
  const answer = report.outcome === 'connected' ? report.received.slice(9, 12) : 'nothing';
  return { succeeded: answer === '200', observed: `answered ${answer}` };
}

function requestHead(deployment: Deployment, key: string): string {
  const host = `Host: ${deployment.door.hostname}\r\n`;
  return `POST ${goodPath(deployment, key)} HTTP/1.1\r\n${host}${goodLine(deployment)}Content-Type: application/json\r\n`;
}

function headersSeconds(deployment: Deployment): number {
  return stated(deployment, 'request_headers_timeout');
}

function uploadSeconds(deployment: Deployment): number {
  return stated(deployment, 'request_timeout');
}

function stated(deployment: Deployment, name: string): number {
  const [value] = callersSettings(deployment, name);
  return durationSeconds(value) ?? UNSTATED_SECONDS;
}

function tooLong(deployment: Deployment, seconds: number): string | undefined {
  return !deployment.slow && seconds > PATIENCE_SECONDS ? `needs --slow: the limit is ${seconds} s` : undefined;
}
