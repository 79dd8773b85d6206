import type { Artifact, Host } from '../artifact';
import type { CloudRunService } from '../cloud-run-service';
import { fileOnMachine } from '../file-on-machine';
import { restateContainer } from '../role';
import { literal } from '../text';
import { directImpersonators, directInvokers, directMinters } from './invokers';
import { accountKey, type Principal, principalOf } from './principal';

/** Who the server is to Google before it impersonates anybody. */
export type CredentialHolder = Extract<Principal, { readonly kind: 'account' | 'user' }>;

const VARIABLE = 'GOOGLE_APPLICATION_CREDENTIALS';

/** Path on the machine of the secret file that Google's library in the server has its credentials from. */
export function credentialPath(host: Host): string | undefined {
  const restate = restateContainer(host);
  const named = literal(restate?.environment[VARIABLE] ?? []);
  const path = restate && named && fileOnMachine(host, restate, named);
  return host.instance?.secretFiles.find((file) => file.path === path)?.path;
}

/** Whose the credentials of a server are, and whether the files say so. */
export interface ServersCredentials {
  readonly holder: CredentialHolder;
  readonly stated: boolean;
}

/**
 * Whose the credentials of a server are. Those of a file are whose the reason says for which the file is accepted. Without one they are
 * taken to be of the account that may call a service: whoever else may mint tokens for that is not taken at his word for the server.
 */
export function serversCredentials(artifact: Artifact, host: Host): ServersCredentials | undefined {
  const own = host.instance?.account && accountKey(host.instance.account);
  if (credentialPath(host) === undefined) {
    return own === undefined ? undefined : { holder: { kind: 'account', key: own }, stated: true };
  }
  const named = statedHolder(artifact);
  if (named !== undefined) return { holder: named, stated: true };
  const invoking = (artifact.cloudRun ?? []).flatMap((service) => invokingAccounts(artifact, service));
  const key = invoking.find((account) => account !== own) ?? NOBODY;
  return { holder: { kind: 'account', key }, stated: false };
}

/** Whose a file of credentials is where the files let nobody call anything. */
const NOBODY = 'nobody';
const ACCEPTED = 'federation-keyless';

/** The one of the members of grants that the accepted risk names, by its address or by the resource that makes it. */
function statedHolder({ accepted = [], grants = [] }: Artifact): CredentialHolder | undefined {
  const reasons = accepted.filter(({ claim }) => claim === ACCEPTED).map(({ reason }) => reason);
  const words = reasons.flatMap((reason) => reason.split(/[\s,;()]+/));
  const isNamed = (key: string): boolean => words.some((word) => word === key || word === `\${${key}.email}`);
  const members = grants.flatMap((grant) => grant.members.map(principalOf));
  return members.find((member): member is CredentialHolder => {
    const isOne = member.kind === 'account' || member.kind === 'user';
    return isOne && isNamed(member.key);
  });
}

/** The account in whose name a holder may call a service: its own, or one that it may have ID tokens made for. */
export function callerOf(
  artifact: Artifact,
  service: CloudRunService,
  holder: CredentialHolder | undefined,
): string | undefined {
  if (holder === undefined) return undefined;
  const accounts = invokingAccounts(artifact, service);
  if (holder.kind === 'account' && accounts.includes(holder.key)) return holder.key;
  const isMintedBy = (account: string): boolean =>
    [directMinters, directImpersonators].some((of) =>
      of(artifact, account).holders.some(({ principal }) => isSame(principal, holder)),
    );
  return accounts.find(isMintedBy);
}

function invokingAccounts(artifact: Artifact, service: CloudRunService): readonly string[] {
  const { holders } = directInvokers(artifact, service);
  return holders.flatMap(({ principal }) => (principal.kind === 'account' ? [principal.key] : []));
}

function isSame(principal: Principal, { kind, key }: CredentialHolder): boolean {
  return principal.kind === kind && principal.key === key;
}
