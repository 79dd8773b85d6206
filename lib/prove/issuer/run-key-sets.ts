import type { JwtProvider } from '../../artifact/bootstrap-facts';
import { generateKeyPairs, keySet, type KeyPairs } from './signing-keys';

/**
 * The keys that take the place of those of a deployment: for equal key sets the same, so that whoever could sign for two doors of the
 * deployment can in the run, and of the same algorithms, so that the run admits none that the deployment would not.
 */
export class RunKeySets {
  private readonly bySource = new Map<string, KeyPairs>();

  /** The keys of a provider. */
  public of({ keys }: Pick<JwtProvider, 'keys'>): KeyPairs {
    if (keys.kind === 'inline') return this.at(keys.jwks, algorithmsOf(keys.jwks));
    return this.at(keys.kind === 'remote' ? keys.uri : '', undefined);
  }

  /** The key set, JSON, in place of one that stands in the proxy's configuration; of `foreign` keys once its own were withdrawn. */
  public replacement(jwks: string, whose: 'own' | 'foreign' = 'own'): string {
    const { [whose]: keys, algorithms } = this.at(jwks, algorithmsOf(jwks));
    return keySet(keys, algorithms);
  }

  private at(source: string, algorithms: readonly string[] | undefined): KeyPairs {
    const known = this.bySource.get(source) ?? generateKeyPairs(algorithms);
    this.bySource.set(source, known);
    return known;
  }
}

interface SomeKeySet {
  readonly keys?: readonly { readonly alg?: string; readonly kty?: string }[];
}

function algorithmsOf(jwks: string): readonly string[] {
  try {
    const { keys = [] } = JSON.parse(jwks) as SomeKeySet;
    return keys.map(({ alg, kty }) => alg ?? (kty === 'EC' ? 'ES256' : 'RS256'));
  } catch {
    return [];
  }
}
