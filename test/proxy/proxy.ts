import { spawn } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IngressPolicy } from '../../lib/core/security-model';
import { installToolchain } from '../../lib/prove/toolchain/toolchain';
import { proxyArguments } from '../../lib/proxy/arguments';
import { renderBootstrap, type AdminDoor, type Bootstrap, type BootstrapProps } from '../../lib/proxy/bootstrap';
import type { ListenerCertificate } from '../../lib/proxy/listener-certificate';
import type { MetadataProps } from '../../lib/proxy/metadata-listener';
import { certificateFolder } from './certificate-folder';

/** The real Envoy with a rendered bootstrap. */
export interface RunningProxy {
  readonly pid: number;
  readonly port: number;
  readonly healthPort: number;
  /** Of the operators' door, where there is one. */
  readonly adminPort: number;
  log(): string;
  /** Lines of the access log for a path, waiting for at least so many. */
  accessLog(path: string, least?: number): Promise<readonly AccessLogLine[]>;
  /** Lines of refused handshakes, likewise. */
  handshakes(least: number): Promise<readonly HandshakeLine[]>;
  stop(): Promise<void>;
}

/** A line of a refused handshake. */
export interface HandshakeLine {
  readonly log: string;
  readonly claimed: string | null;
  readonly serial: string | null;
  readonly reason: string;
}

/** A line of the access log. */
export interface AccessLogLine {
  readonly path: string;
  readonly status: number;
  readonly details: string;
  readonly ip: string;
  readonly sub: string | null;
  readonly exp: number | string | null;
  readonly api_key?: string | null;
  readonly certificate?: string | null;
}

/** A bootstrap that a test may take guards out of. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Editable = any;

/** Renders a policy, edits it, and runs it. */
export async function startProxy(
  options: {
    ingress: IngressPolicy;
    upstreamPort: number;
    admin?: Omit<AdminDoor, 'listener'>;
    metadata?: MetadataProps;
    prefix?: readonly string[];
    /** @default - minted as on a node */
    certificate?: ListenerCertificate;
    revocationDirectory?: string;
    trustedHops?: number;
    environment?: Readonly<Record<string, string>>;
  },
  edit: (bootstrap: Editable) => void = () => undefined,
): Promise<RunningProxy> {
  const { envoy } = await installToolchain({ restateVersion: '1.7.12' });
  const tls = certificateFolder();
  const [port, healthPort, adminPort] = await freePorts();
  const { ingress, admin, metadata, certificate = tls.certificate, revocationDirectory, trustedHops } = options;
  const props: BootstrapProps = {
    ingress,
    listener: {
      port,
      certificate,
      ...(revocationDirectory !== undefined && { revocationDirectory }),
      ...(trustedHops !== undefined && { trustedHops }),
    },
    health: { port: healthPort },
    upstream: { port: options.upstreamPort },
    ...(admin && { admin: { ...admin, listener: { port: adminPort, certificate } } }),
    ...(metadata && { metadata }),
  };
  const bootstrap = JSON.parse(JSON.stringify(renderBootstrap(props)));
  edit(bootstrap);
  const command = [...(options.prefix ?? []), envoy, ...proxyArguments(bootstrap as Bootstrap), '--concurrency', '1'];
  const proxy = spawn(command[0]!, command.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment },
  });
  let log = '';
  for (const stream of [proxy.stdout, proxy.stderr]) stream.on('data', (data: Buffer) => (log += data.toString()));
  const running: RunningProxy = {
    pid: proxy.pid ?? 0,
    port,
    healthPort,
    adminPort,
    log: () => log,
    accessLog: (path, least) =>
      linesOf<AccessLogLine>(
        () => log,
        (line) => line.path === path,
        least,
      ),
    handshakes: (least) =>
      linesOf<HandshakeLine>(
        () => log,
        (line) => line.log === 'handshake',
        least,
      ),
    stop: async () => {
      const ended = new Promise((settle) => proxy.once('exit', settle));
      if (proxy.exitCode === null && proxy.kill('SIGKILL')) await ended;
      tls.remove();
    },
  };
  await waitUntilListening(running, () => proxy.exitCode !== null || options.prefix !== undefined);
  return running;
}

async function freePorts(): Promise<[number, number, number]> {
  const servers = [createServer(), createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((settle) =>
          server.listen(0, '0.0.0.0', () => settle((server.address() as AddressInfo).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((settle) => server.close(settle))));
  return [ports[0]!, ports[1]!, ports[2]!];
}

async function waitUntilListening(proxy: RunningProxy, gone: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline && !gone()) {
    if (await accepts(proxy.port)) return;
    await sleep(20);
  }
  if (Date.now() < deadline && proxy.pid !== 0 && !/error|critical/.test(proxy.log())) return;
  await proxy.stop();
  throw new Error(`the proxy did not start: ${proxy.log().slice(0, 2_000)}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** JSON lines that are wanted, waiting for at least so many. */
async function linesOf<Line>(
  log: () => string,
  wanted: (line: Line) => boolean,
  least: number = 1,
): Promise<readonly Line[]> {
  const deadline = Date.now() + 2_000;
  for (;;) {
    const lines = log()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const found = lines.map((line) => JSON.parse(line) as Line).filter(wanted);
    if (found.length >= least || Date.now() > deadline) return found;
    await sleep(50);
  }
}
