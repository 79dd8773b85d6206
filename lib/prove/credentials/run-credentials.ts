import type { Bootstrap } from '../../artifact/bootstrap';
import { jwtProvidersOf } from '../../artifact/bootstrap-facts';
import { callerPoliciesOf, revokedIdsOf } from '../../artifact/caller-policies';
import { clientCertificateDemandOf } from '../../artifact/client-certificates';
import type { Credentials, ShownCredential } from '../deployment';
import { RunIssuer } from '../issuer/run-issuer';
import type { RunKeySets } from '../issuer/run-key-sets';
import { type Grant, grantsOf, type Handler, ungrantedOf } from './grants';
import { RunClients } from './run-clients';

/** Where the artifact names none. */
const ISSUER = 'https://issuer.portcullis.test/';
const AUDIENCE = 'portcullis';
const CALLER = 'caller.portcullis.test';

/** What callers of a run show, made from what the listener that they reach asks for. */
export class RunCredentials implements Credentials {
  public readonly issuers: readonly RunIssuer[];
  public readonly clients?: RunClients;
  public readonly grants: readonly Grant[];
  public readonly ungranted: readonly Handler[];
  public readonly target: Grant;
  public readonly revokedIds: readonly string[];
  /** Whether the good caller shows a token. */
  private readonly byToken: boolean;

  private constructor(parts: Omit<Credentials, 'good'> & { readonly issuers: readonly RunIssuer[] }, byToken: boolean) {
    this.issuers = parts.issuers;
    if (parts.clients !== undefined) this.clients = parts.clients as RunClients;
    this.grants = parts.grants;
    this.ungranted = parts.ungranted;
    this.target = parts.target;
    this.revokedIds = parts.revokedIds;
    this.byToken = byToken;
  }

  /** @param listener the bootstrap with no other listener than the one that callers reach */
  public static async create(listener: Bootstrap, keySets: RunKeySets): Promise<RunCredentials> {
    const providers = jwtProvidersOf(listener);
    const demand = clientCertificateDemandOf(listener);
    const policies = callerPoliciesOf(listener);
    const [grants, ungranted] = [grantsOf(policies), ungrantedOf(policies)];
    const { target, byToken } = chooseTarget(grants, providers.length > 0);
    const [scope] = target.scopes;
    const issuers = providers.map((provider) => {
      const { name, issuer = ISSUER, audiences } = provider;
      const keys = keySets.of(provider);
      return new RunIssuer({
        name,
        issuer,
        audience: audiences[0] ?? AUDIENCE,
        keys,
        fetched: provider.keys.kind === 'remote',
        ...(scope !== undefined && { scope }),
      });
    });
    const certified = [target, ...byKey(grants)].find((each) => each.certificates.length > 0) ?? target;
    const name = certified.certificates[0] ?? demand?.names[0] ?? CALLER;
    const clients = demand && (await RunClients.create({ demand, name, target: certified }));
    const revokedIds = revokedIdsOf(listener);
    return new RunCredentials({ issuers, grants, ungranted, target, revokedIds, ...(clients && { clients }) }, byToken);
  }

  public good(): ShownCredential {
    const [issuer] = this.issuers;
    if (this.byToken && issuer !== undefined) return { token: issuer.token() };
    return this.clients === undefined ? {} : { certificate: this.clients.good };
  }
}

/**
 * What the good caller calls, and whether by token or certificate: a handler whose path holds a key before others, because a key tells a
 * call from all others in logs and records.
 */
function chooseTarget(
  grants: readonly Grant[],
  tokens: boolean,
): { readonly target: Grant; readonly byToken: boolean } {
  const choices = byKey(grants).flatMap((target) => [
    ...(tokens && (target.everybody || target.scopes.length > 0) ? [{ target, byToken: true }] : []),
    ...(target.certificates.length > 0 || (target.everybody && !tokens) ? [{ target, byToken: false }] : []),
  ]);
  const [first] = choices;
  const [some] = grants;
  if (first === undefined && some === undefined) throw new Error('a deployment without anything to call');
  return first ?? { target: some!, byToken: tokens };
}

function byKey(grants: readonly Grant[]): readonly Grant[] {
  return grants.toSorted((a, b) => Number(b.kind === 'object') - Number(a.kind === 'object'));
}
