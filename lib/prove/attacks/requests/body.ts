import type { Attack } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodCaller } from '../good-call';
import { tryCall, type IngressCall } from '../ingress-call';
import { callersSettings, proxysDoor, STRAIGHT } from '../ingress-door';
import { tryEach } from '../variants';

/** What the vendor's documentation calls a generous body; oversized where the proxy states no limit of its own. */
const LIMIT_WHERE_NONE_IS_STATED_BYTES = 10 * 1_024 * 1_024;

/** Bodies that are one byte too long. */
export const BODY_ATTACKS: readonly Attack[] = [
  {
    id: 'oversized-body',
    claim: 'body-bounded',
    ...STRAIGHT,
    attempt: 'send a body one byte over the limit, over both protocols, with its length stated and without',
    expected: '413 from the proxy',
    run: (deployment) =>
      tryEach(
        Object.entries(bodies(limitBytes(deployment) + 1)).map(([name, call]) => ({
          name,
          run: () => tryCall(deployment, proxysDoor(deployment), { ...call, ...goodCaller(deployment) }),
        })),
      ),
    control: {
      ...STRAIGHT,
      attempt: 'send a body of exactly the limit',
      run: (deployment) =>
        tryCall(deployment, proxysDoor(deployment), {
          ...bodies(limitBytes(deployment))['HTTP/1.1'],
          ...goodCaller(deployment),
          timeoutMs: CONTROL_TIMEOUT_MS,
        }),
    },
  },
];

/** A server that answers before it has the body may reset the connection with the answer in it; then its log says what it answered. */
const TIMEOUT_MS = 7_000;
/** A body of the limit goes all the way: into the journal, to the handler and back. */
const CONTROL_TIMEOUT_MS = 18_000;

function bodies(
  bytes: number,
): Readonly<Record<'HTTP/1.1' | 'HTTP/1.1 in chunks' | 'HTTP/2' | 'HTTP/2 with length', IngressCall>> {
  const body = '1';
  const bodyPadding = bytes - body.length;
  const timeoutMs = TIMEOUT_MS;
  return {
    'HTTP/1.1': { body, bodyPadding, timeoutMs },
    'HTTP/1.1 in chunks': { body, bodyPadding, trailers: [], timeoutMs },
    'HTTP/2': { protocol: 'h2', body, bodyPadding, timeoutMs },
    'HTTP/2 with length': {
      protocol: 'h2',
      body,
      bodyPadding,
      headers: [['content-length', String(bytes)]],
      timeoutMs,
    },
  };
}

/** The largest body that a filter of the proxy admits from callers. */
function limitBytes(deployment: Deployment): number {
  const stated = callersSettings(deployment, 'max_request_bytes').map(Number).filter(Number.isSafeInteger);
  return stated.length === 0 ? LIMIT_WHERE_NONE_IS_STATED_BYTES : Math.max(...stated);
}
