import type { Issuer, TokenOverrides } from '../deployment';
import { generateSigningKeys, keySet } from './signing-keys';
import { renderToken, type TokenMaker } from './token';

export interface RunIssuerOptions {
  /** As the deployment expects it in `iss`. */
  readonly issuer: string;
  /** One of the audiences that the deployment admits. */
  readonly audience: string;
  /** Lifetime of a good token. @default 300 */
  readonly lifetimeSeconds?: number;
}

/** The identity provider of a run: keys made for it, and never written down. */
export class RunIssuer implements Issuer {
  public readonly issuer: string;
  public readonly audience: string;
  /** The public keys, JSON; also what takes the place of a key set that stands in the proxy's own configuration. */
  public readonly jwks: string;
  /** Somebody else's public keys under the same names, JSON. */
  public readonly foreignJwks: string;
  private readonly maker: TokenMaker;

  public constructor(options: RunIssuerOptions) {
    const { own, foreign } = generateSigningKeys();
    const { issuer, audience, lifetimeSeconds = 300 } = options;
    this.issuer = issuer;
    this.audience = audience;
    this.maker = { issuer, audience, lifetimeSeconds, own, foreign };
    this.jwks = keySet(own);
    this.foreignJwks = keySet(foreign);
  }

  public token(overrides?: TokenOverrides): string {
    return renderToken(this.maker, overrides);
  }
}
