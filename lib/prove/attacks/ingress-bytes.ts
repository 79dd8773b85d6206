import type { Deployment } from '../deployment';
import type { ProbeReport, RawProbe } from '../probe';
import type { IngressDoor } from './ingress-door';

/** Sends bytes as they are through a door, for what no HTTP client would send, or not so slowly. */
export function sendBytes(
  deployment: Deployment,
  door: IngressDoor,
  bytes: Pick<RawProbe, 'chunks' | 'readBytes' | 'lingerMs' | 'timeoutMs'>,
): Promise<ProbeReport> {
  const { from, address, port, tls } = door;
  return deployment.place(from).probe({ kind: 'raw', address, port, ...(tls && { tls }), ...bytes });
}
