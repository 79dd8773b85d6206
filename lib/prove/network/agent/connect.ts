import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import type { ProbeTls } from '../../probe';

/** A connection to make. */
export interface Target {
  readonly address: string;
  readonly port: number;
  readonly tls?: ProbeTls;
  readonly alpn?: readonly string[];
}

/** A connection that is being made; settles once TLS, if asked for, is there. */
export interface Attempt {
  /** Where it comes from, known before anybody answers: the firewall's records are asked by this port. */
  readonly localPort: number;
  /** Whatever socket there is, to be destroyed when time is up. */
  readonly raw: net.Socket;
  readonly connected: Promise<net.Socket>;
}

/** Below the kernel's own range of ephemeral ports, so that no other connection of this namespace has the number. */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;
let lastPort = FIRST_PORT - 1 + Math.floor(Math.random() * 2000);

/** Starts a connection from a local port that no earlier probe of this agent has used. */
export function connect(target: Target): Attempt {
  lastPort = lastPort >= LAST_PORT ? FIRST_PORT : lastPort + 1;
  const localPort = lastPort;
  const raw = net.connect({ host: target.address, port: target.port, localPort });
  raw.setNoDelay(true);
  return { localPort, raw, connected: secured(raw, target) };
}

async function secured(raw: net.Socket, target: Target): Promise<net.Socket> {
  await once(raw, 'connect');
  if (target.tls === undefined) return raw;
  const secure = tls.connect({ socket: raw, ...tlsOptions(target.tls, target.alpn) });
  await once(secure, 'secureConnect');
  await settled(secure, target.tls.settleMs ?? 0);
  return secure;
}

/** @throws the alert that comes in the meantime */
async function settled(socket: net.Socket, settleMs: number): Promise<void> {
  if (settleMs === 0) return;
  const done = new AbortController();
  const failed = new Promise<never>((_, reject) => socket.once('error', reject));
  try {
    await Promise.race([failed, sleep(settleMs, undefined, { signal: done.signal })]);
  } finally {
    done.abort();
    failed.catch(() => undefined);
  }
}

function tlsOptions(offer: ProbeTls, alpn: readonly string[] | undefined): tls.ConnectionOptions {
  const protocols = offer.alpn ?? alpn;
  return {
    ...(net.isIP(offer.servername) === 0 && { servername: offer.servername }),
    ...(protocols && { ALPNProtocols: [...protocols] }),
    ...(offer.ca === undefined ? { rejectUnauthorized: false } : { ca: offer.ca }),
    ...(offer.minVersion && { minVersion: offer.minVersion }),
    ...(offer.maxVersion && { maxVersion: offer.maxVersion }),
    ...(offer.clientCertificate && {
      cert: offer.clientCertificate.certificate,
      key: offer.clientCertificate.privateKey,
    }),
    // OpenSSL refuses to speak TLS 1.0 and 1.1 at its default security level, and the server is who shall refuse.
    ...(isOld(offer.minVersion) && { ciphers: 'DEFAULT:@SECLEVEL=0' }),
  };
}

function isOld(version: ProbeTls['minVersion']): boolean {
  return version === 'TLSv1' || version === 'TLSv1.1';
}

function once(socket: net.Socket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => {
      socket.off('error', reject);
      // Later errors belong to whoever reads; without a listener they would end the agent.
      socket.on('error', () => undefined);
      resolve();
    });
    socket.once('error', reject);
  });
}
