import type { Attack, Attempt, Observation } from '../../attack';
import type { Deployment, Place } from '../../deployment';
import type { ProbeTls } from '../../probe';
import { connectionOutcome } from './connection-refusal';
import { callersDoor, type IngressDoor, proxysDoor, STRAIGHT } from '../ingress-door';
import { adminListener, operatorsDoor } from '../operators/door';
import { tryEach, type Variant } from '../variants';

const OLD: readonly ProbeTls['minVersion'][] = ['TLSv1', 'TLSv1.1'];
const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
const TIMEOUT_MS = 4000;

/** What the listeners that leave the task speak. */
export const WIRE_ATTACKS: readonly Attack[] = [
  ...listener('proxy', STRAIGHT, { callers: proxysDoor, operators: adminListener }),
  ...listener('balancer', { from: 'caller' }, { callers: callersDoor, operators: operatorsDoor }),
];

/** The same thing before callers and before operators. */
interface Doors {
  readonly callers: (deployment: Deployment) => IngressDoor;
  readonly operators: (deployment: Deployment) => IngressDoor;
}

function listener(name: string, standing: Pick<Attempt, 'from' | 'straight'>, doors: Doors): readonly Attack[] {
  const about = {
    claim: 'tls-outside',
    ...standing,
    control: {
      ...standing,
      attempt: `TLS 1.2 with the ${name}`,
      run: async (deployment: Deployment) => {
        const seen = await Promise.all(
          doorsOf(deployment, doors).map(({ door }) => handshake(deployment, door, 'TLSv1.2').run()),
        );
        return seen.find(({ succeeded }) => !succeeded) ?? seen[0]!;
      },
    },
  } as const;
  return [
    {
      ...about,
      id: `old-tls-to-${name}`,
      attempt: `TLS 1.0 and 1.1 with the ${name}`,
      expected: 'a TLS alert',
      run: (deployment) =>
        tryEach(
          doorsOf(deployment, doors).flatMap(({ who, door }) =>
            OLD.map((version) => {
              const variant = handshake(deployment, door, version);
              return { ...variant, name: `${variant.name}${who}` };
            }),
          ),
        ),
    },
    {
      ...about,
      id: `plaintext-to-${name}`,
      attempt: `HTTP without TLS to the ${name}`,
      expected: 'no HTTP answer: a TLS alert, or the end of the connection',
      run: (deployment) =>
        tryEach(
          doorsOf(deployment, doors).map(({ who, door }) => ({
            name: `HTTP${who}`,
            run: () => plaintext(deployment, door),
          })),
        ),
    },
  ];
}

function doorsOf(
  deployment: Deployment,
  { callers, operators }: Doors,
): readonly { readonly who: string; readonly door: IngressDoor }[] {
  const own = { who: '', door: callers(deployment) };
  return deployment.adminDoor === undefined ? [own] : [own, { who: ' before operators', door: operators(deployment) }];
}

function handshake(deployment: Deployment, door: IngressDoor, version: ProbeTls['minVersion']): Variant {
  return {
    name: version ?? 'TLS',
    run: async () => {
      const place = deployment.place(door.from);
      const { address, port } = door;
      const tls: ProbeTls = {
        ...door.tls,
        servername: door.tls?.servername ?? deployment.door.hostname,
        ...(version === undefined ? {} : { minVersion: version, maxVersion: version }),
      };
      const report = await place.probe({
        kind: 'raw',
        address,
        port,
        tls,
        chunks: [{ afterMs: 0, data: REQUEST }],
        timeoutMs: TIMEOUT_MS,
      });
      return connectionOutcome(deployment, { place, address, port, report });
    },
  };
}

/** An HTTP answer is what it is after. A TLS server says in its own language that it did not understand, or hangs up. */
async function plaintext(deployment: Deployment, door: IngressDoor): Promise<Observation> {
  const place: Place = deployment.place(door.from);
  const { address, port } = door;
  const report = await place.probe({
    kind: 'raw',
    address,
    port,
    chunks: [{ afterMs: 0, data: REQUEST }],
    timeoutMs: TIMEOUT_MS,
  });
  if (report.outcome !== 'connected') return connectionOutcome(deployment, { place, address, port, report });
  const { received, closed } = report;
  if (received.startsWith('HTTP/')) return { succeeded: true, observed: `answered ${received.split('\r\n')[0]}` };
  const alert = alertOf(received);
  if (alert !== undefined) return { succeeded: false, observed: 'a TLS alert', refusedBy: `tls: ${alert}` };
  const observed = closed ? 'the connection was ended without a byte of HTTP' : 'no answer';
  return closed && received === ''
    ? { succeeded: false, observed, refusedBy: 'tls: no handshake' }
    : { succeeded: false, observed };
}

/** An alert record: type 21, version, length, level, description. */
function alertOf(bytes: string): string | undefined {
  if (bytes.charCodeAt(0) !== 21 || bytes.length < 7) return undefined;
  return `alert ${bytes.charCodeAt(6)}`;
}
