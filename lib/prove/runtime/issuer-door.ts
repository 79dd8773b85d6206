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

/** Where the proxy fetches the keys of a provider. */
interface KeySource {
  readonly provider: JwtProvider;
  readonly uri: string;
  readonly names: readonly string[];
}

/** The key servers of the issuer that a proxy trusts: one for the deployment, and one for each second proxy. */
export class IssuerDoor {
  private readonly options: IssuerDoorOptions;
  private readonly free: string[];
  private readonly waiting: ((address: string) => void)[] = [];
  /** Issuers beside the first, as an operators' listener may have: these never misbehave. */
  private readonly others: readonly { readonly source: KeySource; readonly address: string }[];

  public constructor(options: IssuerDoorOptions) {
    this.options = options;
    this.free = options.network.issuerAddresses.slice(1);
    const [, ...others] = this.sources();
    this.others = others.map((source) => ({ source, address: this.free.pop() ?? '' }));
  }

  /** Where the proxy fetches keys; `undefined` where it holds them itself, or trusts nobody. */
  public get uri(): string | undefined {
    return this.source()?.uri;
  }

  /** The names under which the proxy reaches its issuers, leading to the deployment's own key servers. */
  public get names(): Readonly<Record<string, readonly string[]>> {
    return this.namesAt(this.options.network.issuerAddresses[0] ?? '');
  }

  /** Starts the deployment's own key servers, if the proxy asks any. */
  public async start(): Promise<void> {
    await this.serve(this.options.network.issuerAddresses[0] ?? '', 'good');
    await Promise.all(this.others.map(({ address, source }) => this.serve(address, 'good', source)));
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

  private async serve(
    address: string,
    mode: IssuerMode,
    source: KeySource | undefined = this.source(),
  ): Promise<JwksServer | undefined> {
    const { keySets, network, authority } = this.options;
    if (source === undefined) return undefined;
    const { own, foreign, algorithms } = keySets.of(source.provider);
    const issuer = { jwks: keySet(own, algorithms), foreignJwks: keySet(foreign, algorithms) };
    return JwksServer.start({ issuer, uri: source.uri, address, enter: network.enter('internet'), authority, mode });
  }

  /** @param address of the first issuer */
  private namesAt(address: string): Readonly<Record<string, readonly string[]>> {
    const [first] = this.sources();
    const all = [...this.others, ...(first === undefined ? [] : [{ source: first, address }])];
    return Object.fromEntries(all.flatMap((each) => each.source.names.map((name) => [name, [each.address]])));
  }

  private source(): KeySource | undefined {
    return this.sources()[0];
  }

  /** The connection goes to the cluster's endpoint, whatever the URI's own host and port are. */
  private sources(): readonly KeySource[] {
    const { bootstrap } = this.options;
    const found = jwtProvidersOf(bootstrap).flatMap((provider) => {
      const { keys } = provider;
      if (keys.kind !== 'remote' || !URL.canParse(keys.uri)) return [];
      const uri = new URL(keys.uri);
      const endpoint = clustersOf(bootstrap).find(({ name }) => name === keys.cluster)?.endpoints[0];
      const names = [uri.hostname, endpoint?.address ?? uri.hostname].filter((name) => isIP(name) === 0);
      // Without it the port would follow the scheme, and the proxy never asks the URI which that is.
      uri.port = String(endpoint?.port ?? '');
      return [{ provider, uri: uri.href, names: [...new Set(names)] }];
    });
    return found.filter(({ uri }, index) => found.findIndex((each) => each.uri === uri) === index);
  }
}
