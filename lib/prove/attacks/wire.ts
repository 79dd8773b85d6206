import type { Attack, Observation } from '../attack';
import type { Deployment, Place } from '../deployment';
import type { ProbeTls } from '../probe';
import { connectionOutcome } from './connection-refusal';
import { callersDoor, type IngressDoor, proxysDoor } from './ingress-door';
import { adminListener, hasNoAdminDoor, operatorsDoor } from './operators-door';
import { tryEach, type Variant } from './variants';

const OLD: readonly ProbeTls['minVersion'][] = ['TLSv1', 'TLSv1.1'];
const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';
const TIMEOUT_MS = 4000;

/** What the listeners that leave the task speak. */
export const WIRE_ATTACKS: readonly Attack[] = [
  ...listener('proxy', 'balancer', proxysDoor),
  ...listener('balancer', 'caller', callersDoor),
  ...listener('admin-listener', 'admin-balancer', adminListener).map(ofAdminDoor),
  ...listener('admin-balancer', 'operator', operatorsDoor).map(ofAdminDoor),
];

function ofAdminDoor(attack: Attack): Attack {
  return { ...attack, notApplicable: hasNoAdminDoor };
}

function listener(
  name: string,
  from: IngressDoor['from'],
  door: (deployment: Deployment) => IngressDoor,
): readonly Attack[] {
  const about = {
    claim: 'tls-outside',
    from,
    control: {
      from,
      attempt: `TLS 1.2 with the ${name}`,
      run: (deployment: Deployment) => handshake(deployment, door(deployment), 'TLSv1.2').run(),
    },
  } as const;
  return [
    {
      ...about,
      id: `old-tls-to-${name}`,
      attempt: `TLS 1.0 and 1.1 with the ${name}`,
      expected: 'a TLS alert',
      run: (deployment) => tryEach(OLD.map((version) => handshake(deployment, door(deployment), version))),
    },
    {
      ...about,
      id: `plaintext-to-${name}`,
      attempt: `HTTP without TLS to the ${name}`,
      expected: 'no HTTP answer: a TLS alert, or the end of the connection',
      run: (deployment) => plaintext(deployment, door(deployment)),
    },
  ];
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
