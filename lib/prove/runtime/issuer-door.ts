import { isIP } from 'node:net';
import type { Bootstrap } from '../../artifact/bootstrap';
import { clustersOf, jwtProvidersOf, type JwtProvider } from '../../artifact/bootstrap-facts';
import type { IssuerMode } from '../deployment';
import type { CertificateAuthority } from '../issuer/certificate-authority';
import { JwksServer } from '../issuer/jwks-server';
import type { RunKeySets } from '../issuer/run-key-sets';
import { keySet } from '../issuer/signing-keys';
import type { Network } from '../network/network';
import type { SecondIssuer } from './second-proxy';

/** What an issuer's key server is made of. */
export interface IssuerDoorOptions {
  readonly bootstrap: Bootstrap;
  readonly keySets: RunKeySets;
  readonly network: Network;
  /** What the proxy trusts in the run. */
  readonly authority: CertificateAuthority;
}

/** The key servers of the issuer that a proxy trusts: one for the deployment, and one for each second proxy. */
export class IssuerDoor {
  private readonly options: IssuerDoorOptions;
  private readonly free: string[];
  private readonly waiting: ((address: string) => void)[] = [];

  public constructor(options: IssuerDoorOptions) {
    this.options = options;
    this.free = options.network.issuerAddresses.slice(1);
  }

  /** Where the proxy fetches keys; `undefined` where it holds them itself, or trusts nobody. */
  public get uri(): string | undefined {
    return this.source()?.uri;
  }

  /** The names under which the proxy reaches the issuer, leading to the deployment's own key server. */
  public get names(): Readonly<Record<string, readonly string[]>> {
    return this.namesAt(this.options.network.issuerAddresses[0] ?? '');
  }

  /** Starts the deployment's own key server, if the proxy asks one. */
  public async start(): Promise<void> {
    await this.serve(this.options.network.issuerAddresses[0] ?? '', 'good');
  }

  /** Starts another key server, waiting for an address to be free. */
  public async second(mode: IssuerMode): Promise<SecondIssuer> {
    const address = this.free.pop() ?? (await new Promise<string>((settle) => this.waiting.push(settle)));
    const server = await this.serve(address, mode);
    return {
      names: this.namesAt(address),
      setMode: async (next) => server?.setMode(next),
      stop: async () => {
        await server?.stop();
        const next = this.waiting.shift();
        if (next === undefined) {
          this.free.push(address);
        } else {
          next(address);
        }
      },
    };
  }

  private async serve(address: string, mode: IssuerMode): Promise<JwksServer | undefined> {
    const { keySets, network, authority } = this.options;
    const source = this.source();
    if (source === undefined) return undefined;
    const { own, foreign, algorithms } = keySets.of(source.provider);
    const issuer = { jwks: keySet(own, algorithms), foreignJwks: keySet(foreign, algorithms) };
    return JwksServer.start({ issuer, uri: source.uri, address, enter: network.enter('internet'), authority, mode });
  }

  private namesAt(address: string): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries((this.source()?.names ?? []).map((name) => [name, [address]]));
  }

  /** The connection goes to the cluster's endpoint, whatever the URI's own host and port are. */
  private source():
    { readonly provider: JwtProvider; readonly uri: string; readonly names: readonly string[] } | undefined {
    const { bootstrap } = this.options;
    const provider = jwtProvidersOf(bootstrap).find(({ keys }) => keys.kind === 'remote');
    const keys = provider?.keys;
    if (provider === undefined || keys?.kind !== 'remote' || !URL.canParse(keys.uri)) {
      return undefined;
    }
    const uri = new URL(keys.uri);
    const endpoint = clustersOf(bootstrap).find(({ name }) => name === keys.cluster)?.endpoints[0];
    const names = [uri.hostname, endpoint?.address ?? uri.hostname].filter((name) => isIP(name) === 0);
    // Without it the port would follow the scheme, and the proxy never asks the URI which that is.
    uri.port = String(endpoint?.port ?? '');
    return { provider, uri: uri.href, names: [...new Set(names)] };
  }
}
