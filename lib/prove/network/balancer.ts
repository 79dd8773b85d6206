import { join } from 'node:path';
import type { Balancer, BalancerListener } from '../../artifact/artifact';
import { Channel } from './channel';
import { tlsVersions, type TlsVersions } from './ssl-policy';

/** A listener as the balancer's process opens it. */
export interface ForwardedPort {
  readonly port: number;
  /** Absent: bytes are passed through. */
  readonly tls?: TlsVersions & { readonly protocols: readonly string[] };
  readonly targets: readonly { readonly address: string; readonly port: number; readonly tls: boolean }[];
}

/** What the balancer's process is told when it starts. */
export interface BalancerConfig {
  readonly listeners: readonly ForwardedPort[];
  /** PEM, for the names that callers use. */
  readonly certificate: string;
  readonly privateKey: string;
}

export interface BalancerOptions {
  readonly balancer: Balancer;
  /** Command prefix that enters the balancer's namespace. */
  readonly enter: readonly string[];
  /** Address of each host by its id; a target elsewhere is not forwarded to. */
  readonly addresses: Readonly<Record<string, string>>;
  /** PEM, for the names that callers use. */
  readonly certificate: string;
  readonly privateKey: string;
  /** Folder of the compiled program. @default - this file's own folder */
  readonly programs?: string;
}

/** A balancer that runs. */
export interface RunningBalancer {
  /** What the run does in the cloud's stead, a line each. */
  readonly emulated: readonly string[];
  stop(): Promise<void>;
}

const START_MS = 10_000;

/**
 * Starts what stands in for a network load balancer: TLS with the run's certificate, then TLS again to the target, whose certificate
 * is not verified; or bytes as they are for a listener without TLS. Callers' addresses are not preserved, as for targets by address. A
 * balancer that passes packets through is no process: its address is one of the host's own.
 */
export async function startBalancer(options: BalancerOptions): Promise<RunningBalancer> {
  const { balancer, enter, addresses, certificate, privateKey, programs = __dirname } = options;
  if (balancer.type === 'passthrough') {
    return { emulated: balancer.listeners.map(passThrough), stop: () => Promise.resolve() };
  }
  const listeners = balancer.listeners.filter(isForwarded).map((listener) => forwardedPort(listener, addresses));
  const channel = new Channel([...enter, process.execPath, join(programs, 'balancer-main.js')]);
  await channel.request<null>({ listeners, certificate, privateKey } satisfies BalancerConfig, START_MS);
  return { emulated: balancer.listeners.map(emulation), stop: () => channel.stop() };
}

function isForwarded(listener: BalancerListener): boolean {
  return listener.protocol !== 'UDP' && listener.protocol !== 'unknown';
}

function forwardedPort(listener: BalancerListener, addresses: Readonly<Record<string, string>>): ForwardedPort {
  return {
    port: listener.port,
    ...(endsTls(listener) && {
      tls: {
        ...tlsVersions(listener.sslPolicy),
        ...(listener.minTlsVersion && { minVersion: listener.minTlsVersion }),
        protocols: alpnProtocols(listener.alpnPolicy),
      },
    }),
    targets: listener.targets.flatMap((target) => {
      const address = addresses[target.host];
      const tls = target.protocol === 'TLS' || target.protocol === 'HTTPS';
      return address === undefined ? [] : [{ address, port: target.port, tls: tls && endsTls(listener) }];
    }),
  };
}

/**
 * What a TLS listener offers by its ALPN policy; without one it offers nothing, and no client gets HTTP/2.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html
 */
function alpnProtocols(policy: string | undefined): readonly string[] {
  const offers: Readonly<Record<string, readonly string[]>> = {
    HTTP1Only: ['http/1.1'],
    HTTP2Only: ['h2'],
    HTTP2Optional: ['http/1.1', 'h2'],
    HTTP2Preferred: ['h2', 'http/1.1'],
  };
  return offers[policy ?? 'None'] ?? [];
}

function endsTls(listener: BalancerListener): boolean {
  return listener.protocol === 'TLS' || listener.protocol === 'HTTPS';
}

function emulation(listener: BalancerListener): string {
  const name = nameOf(listener);
  if (!isForwarded(listener)) return `${name}: not forwarded in the run`;
  if (!endsTls(listener)) return `${name}: a process that passes bytes through, from the balancer's address`;
  const alpn = listener.alpnPolicy ?? 'None';
  const { minTlsVersion: oldest } = listener;
  const versions = oldest === undefined ? 'TLS versions by the name of its security policy' : `${oldest} at the oldest`;
  return `${name}: a process that ends TLS with a certificate of the run (ALPN policy ${alpn}, ${versions}) and forwards from the balancer's address`;
}

function passThrough(listener: BalancerListener): string {
  return `${nameOf(listener)}: its address is one of the host's own, to which packets come as the caller sent them`;
}

function nameOf({ id, protocol, port }: BalancerListener): string {
  return `balancer listener ${id} (${protocol} ${port})`;
}
