import net from 'node:net';
import type { ProbeResult, UnixProbe } from '../../probe';
import { failure } from './failure';

/** How long a server gets to greet. */
const GREETING_MS = 100;

/** Connects to a unix socket and collects a greeting; nothing is sent. */
export function probeUnix(probe: UnixProbe): Promise<ProbeResult> {
  const abstract = probe.path.startsWith('@');
  const socket = net.connect({ path: abstract ? `\0${probe.path.slice(1)}` : probe.path });
  return new Promise<ProbeResult>((resolve) => {
    let received = '';
    const report = (closed: boolean): void => resolve({ outcome: 'connected', received, closed });
    socket.on('data', (chunk) => (received += chunk.toString('latin1')));
    socket.once('connect', () => setTimeout(() => report(false), GREETING_MS));
    socket.on('end', () => report(true));
    socket.on('error', (error) => resolve(failure(error)));
  }).finally(() => socket.destroy());
}
