import type { Issuer, TokenOverrides } from '../deployment';
import { generateKeyPairs, keySet, type KeyPairs } from './signing-keys';
import { renderToken, type TokenMaker } from './token';

export interface RunIssuerOptions {
  /** Name of the provider that takes its tokens. @default issuer */
  readonly name?: string;
  /** As the deployment expects it in `iss`. */
  readonly issuer: string;
  /** One of the audiences that the deployment admits. */
  readonly audience: string;
  /** Whether the proxy fetches its keys. @default true */
  readonly fetched?: boolean;
  /** What it signs with. @default - keys of its own */
  readonly keys?: KeyPairs;
  /** Scope of a good token. @default - none */
  readonly scope?: string;
  /** Lifetime of a good token. @default 300 */
  readonly lifetimeSeconds?: number;
}

/** The identity provider of a run: keys made for it, and never written down. */
export class RunIssuer implements Issuer {
  public readonly name: string;
  public readonly issuer: string;
  public readonly audience: string;
  public readonly fetched: boolean;
  /** The public keys, JSON; also what takes the place of a key set that stands in the proxy's own configuration. */
  public readonly jwks: string;
  /** Somebody else's public keys under the same names, JSON. */
  public readonly foreignJwks: string;
  private readonly maker: TokenMaker;

  public constructor(options: RunIssuerOptions) {
    const { name = 'issuer', issuer, audience, keys = generateKeyPairs(), scope, lifetimeSeconds = 300 } = options;
    this.name = name;
    this.issuer = issuer;
    this.audience = audience;
    this.fetched = options.fetched ?? true;
    this.maker = { issuer, audience, lifetimeSeconds, keys, ...(scope !== undefined && { scope }) };
    this.jwks = keySet(keys.own, keys.algorithms);
    this.foreignJwks = keySet(keys.foreign, keys.algorithms);
  }

  public token(overrides?: TokenOverrides): string {
    return renderToken(this.maker, overrides);
  }
}
