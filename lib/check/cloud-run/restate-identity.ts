import type { Artifact } from '../../artifact/artifact';
import type { CloudRunService } from '../../artifact/cloud-run-service';
import { serversCredentials } from '../../artifact/iam/credential-holder';
import { isAbove, keyOf } from '../../artifact/iam/holders';
import { directInvokers, directMinters } from '../../artifact/iam/invokers';
import type { CheckedDeployment } from '../checked-deployment';

/**
 * Who the server is towards one service, each as {@link keyOf} spells it: itself, and the accounts that may call it and in whose name it is let
 * make tokens, on the account itself. Without a server in the file, the one account that is let call.
 */
export function restateIdentity(service: CloudRunService, deployment: CheckedDeployment): readonly string[] {
  const { artifact, server } = deployment;
  const accounts = invokingAccounts(artifact, service);
  if (server === undefined) {
    const onService = (artifact.grants ?? []).filter(({ level }) => !isAbove(level));
    const [only, ...others] = new Set(invokingAccounts({ ...artifact, grants: onService }, service));
    return only === undefined || others.length > 0 ? [] : [`account ${only}`];
  }
  const holder = serversCredentials(artifact, server.host)?.holder;
  if (holder === undefined) return [];
  const lent = accounts.filter((account) => mintersOn(artifact, account).includes(keyOf(holder)));
  return [keyOf(holder), ...lent.map((account) => `account ${account}`)];
}

function invokingAccounts(artifact: Artifact, service: CloudRunService): readonly string[] {
  const { holders } = directInvokers(artifact, service);
  return holders.flatMap(({ principal }) => (principal.kind === 'account' ? [principal.key] : []));
}

/** By grants on the account alone: one on all of a project gives more than it names. */
function mintersOn(artifact: Artifact, account: string): readonly string[] {
  const grants = (artifact.grants ?? []).filter(({ level }) => level === 'service-account');
  return directMinters({ ...artifact, grants }, account).holders.map(({ principal }) => keyOf(principal));
}
