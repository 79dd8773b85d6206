import { connect, type NetConnectOpts, type Socket } from 'node:net';

/** Where bytes go to: an address, or the file of a unix socket. */
export type PassTarget = { readonly address: string; readonly port: number } | { readonly path: string };

/** Passes the bytes of a connection on to a target, and back, until either side ends. No byte is looked at. */
export function passBytes(client: Socket, target: PassTarget): void {
  const to: NetConnectOpts = 'path' in target ? { path: target.path } : { host: target.address, port: target.port };
  const upstream = connect({ ...to, noDelay: true } as NetConnectOpts);
  client.setNoDelay(true);
  client.pipe(upstream).pipe(client);
  const end = (): void => {
    client.destroy();
    upstream.destroy();
  };
  for (const side of [client, upstream]) side.once('error', end).once('close', end);
}
