import { join } from 'node:path';
import type { IssuerMode } from '../deployment';
import { Channel } from '../network/channel';
import { createCertificateAuthority, type CertificateAuthority, type IssuedCertificate } from './certificate-authority';
import type { RunIssuer } from './run-issuer';

/** `hang`: connections are accepted and nothing is ever said. */
export type JwksMode = IssuerMode | 'hang';

/** How the server behaves in a mode; `undefined` for a server that does not listen. */
export interface JwksBehaviour {
  readonly certificate: IssuedCertificate;
  /** The key set, JSON; absent: never answers. */
  readonly jwks?: string;
}

/** What the server's process is told. */
export type JwksRequest =
  | {
      readonly do: 'behave';
      readonly address: string;
      readonly port: number;
      readonly path: string;
      readonly as: JwksBehaviour | null;
    }
  | { readonly do: 'fetches' };

export interface JwksServerOptions {
  readonly issuer: Pick<RunIssuer, 'jwks' | 'foreignJwks'>;
  /** Where the proxy fetches the keys: the name is the certificate's, the port is listened on. */
  readonly uri: string;
  readonly address: string;
  /** Command prefix that enters the namespace that has the address. */
  readonly enter: readonly string[];
  /** What the proxy trusts in the run. */
  readonly authority: CertificateAuthority;
  /** @default good */
  readonly mode?: JwksMode;
  /** Folder of the compiled program. @default - this file's own folder */
  readonly programs?: string;
}

const ANSWER_MS = 10_000;

/** The issuer's key server, which can be told to misbehave. */
export class JwksServer {
  private constructor(
    private readonly channel: Channel,
    private readonly where: { readonly address: string; readonly port: number; readonly path: string },
    private readonly behaviours: Readonly<Record<JwksMode, JwksBehaviour | null>>,
  ) {}

  /** Starts the server, and waits until it is in its mode. */
  public static async start(options: JwksServerOptions): Promise<JwksServer> {
    const { uri, address, enter, mode = 'good', programs = __dirname } = options;
    const url = new URL(uri);
    const port = url.port === '' ? 443 : Number(url.port);
    const channel = new Channel([...enter, process.execPath, join(programs, 'jwks-main.js')]);
    const where = { address, port, path: `${url.pathname}${url.search}` };
    const server = new JwksServer(channel, where, await prepareBehaviours(options, url.hostname));
    await server.setMode(mode);
    return server;
  }

  /** Changes what the server does; connections of the old mode are cut. */
  public async setMode(mode: JwksMode): Promise<void> {
    await this.channel.request<null>({ do: 'behave', ...this.where, as: this.behaviours[mode] }, ANSWER_MS);
  }

  /** How many requests for the keys have come so far. */
  public fetches(): Promise<number> {
    return this.channel.request<number>({ do: 'fetches' }, ANSWER_MS);
  }

  public async stop(): Promise<void> {
    await this.channel.stop();
  }
}

async function prepareBehaviours(
  { issuer, authority }: JwksServerOptions,
  hostname: string,
): Promise<Record<JwksMode, JwksBehaviour | null>> {
  const stranger = await createCertificateAuthority('somebody else');
  const certificate = await authority.issue([hostname]);
  return {
    good: { certificate, jwks: issuer.jwks },
    down: null,
    hang: { certificate },
    rogue: { certificate: await stranger.issue([hostname]), jwks: issuer.foreignJwks },
    misnamed: { certificate: await authority.issue([`not-${hostname}`]), jwks: issuer.foreignJwks },
    rotated: { certificate, jwks: issuer.foreignJwks },
  };
}
