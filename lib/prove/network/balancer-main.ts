import net from 'node:net';
import tls from 'node:tls';
import type { BalancerConfig, ForwardedPort } from './balancer';
import { serveRequests } from './serve-requests';

/** The process that forwards connections as a network load balancer does: no byte of them is looked at. */
const CONNECT_MS = 10_000;

function open(listener: ForwardedPort, config: BalancerConfig): Promise<void> {
  let turn = 0;
  const forward = (client: net.Socket | tls.TLSSocket): void => {
    client.on('error', () => undefined);
    const target = listener.targets[turn % Math.max(1, listener.targets.length)];
    turn += 1;
    if (target === undefined) client.destroy();
    else join(client, target);
  };
  const server = listener.tls === undefined ? passThrough(forward) : endTls(listener.tls, config, forward);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(listener.port, '::', () => resolve());
  });
}

function passThrough(forward: (client: net.Socket) => void): net.Server {
  return net.createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, forward);
}

function endTls(
  offer: NonNullable<ForwardedPort['tls']>,
  config: BalancerConfig,
  forward: (client: tls.TLSSocket) => void,
): net.Server {
  const { minVersion, maxVersion, protocols } = offer;
  const old = minVersion === 'TLSv1' || minVersion === 'TLSv1.1';
  const server = tls.createServer(
    {
      cert: config.certificate,
      key: config.privateKey,
      minVersion,
      maxVersion,
      allowHalfOpen: true,
      noDelay: true,
      // By the policy's order, not the client's.
      ...(protocols.length > 0 && { ALPNProtocols: [...protocols] }),
      // OpenSSL speaks TLS 1.0 and 1.1 at security level 0 alone; a policy that admits them must admit them here too.
      ...(old && { ciphers: 'DEFAULT:@SECLEVEL=0' }),
    },
    forward,
  );
  server.on('tlsClientError', () => undefined);
  return server;
}

function join(client: net.Socket, target: ForwardedPort['targets'][number]): void {
  const upstream = connectTo(target, client);
  const timer = setTimeout(() => upstream.destroy(), CONNECT_MS);
  upstream.once(target.tls ? 'secureConnect' : 'connect', () => {
    clearTimeout(timer);
    client.pipe(upstream);
    upstream.pipe(client);
  });
  upstream.on('error', (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    if (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET') reset(client);
    else client.destroy();
  });
  upstream.on('close', () => client.destroy());
  client.on('close', () => upstream.destroy());
  client.on('error', () => upstream.destroy());
}

function connectTo(target: ForwardedPort['targets'][number], client: net.Socket): net.Socket {
  const { address: host, port } = target;
  if (!target.tls) return net.connect({ host, port, allowHalfOpen: true, noDelay: true });
  const chosen = client instanceof tls.TLSSocket ? client.alpnProtocol : false;
  return tls.connect({
    host,
    port,
    // A network load balancer does not verify its targets.
    rejectUnauthorized: false,
    ...(typeof chosen === 'string' && { ALPNProtocols: [chosen] }),
  });
}

function reset(client: net.Socket): void {
  if (client instanceof tls.TLSSocket) client.destroy();
  else client.resetAndDestroy();
}

serveRequests(async (given) => {
  const config = given as BalancerConfig;
  await Promise.all(config.listeners.map((listener) => open(listener, config)));
});
