import { accountKey } from '../../../artifact/iam/principal';
import { serversCredentials } from '../../../artifact/iam/credential-holder';
import { literal, type Text } from '../../../artifact/text';
import type { CheckedDeployment } from '../../checked-deployment';

/** A secret that workloads of a deployment use, without its version. */
export interface UsedSecret {
  readonly secret: Text;
  /** Who uses it, as grants are compared by. Absent: the file does not say which account that is. */
  readonly account?: string;
  /** The host or service. */
  readonly by: string;
}

/** The secrets that machines and services are given. */
export function usedSecrets({ artifact, server }: CheckedDeployment): readonly UsedSecret[] {
  const hosts = server === undefined ? [] : [server.host];
  return [
    ...hosts.flatMap((host) =>
      (host.instance?.secretFiles ?? []).map(({ secret }) =>
        used(withoutVersion(secret), host.instance?.account, host.id),
      ),
    ),
    ...(artifact.cloudRun ?? []).flatMap(({ id, account, secrets = [] }) =>
      secrets.map((secret) => used(secret, account, id)),
    ),
  ];
}

function used(secret: Text, account: Text | undefined, by: string): UsedSecret {
  const key = account && accountKey(account);
  return { secret, by, ...(key !== undefined && { account: key }) };
}

/** Accounts that what the deployment runs acts as, each with what acts as it. */
export function ownAccounts({ artifact, server }: CheckedDeployment): ReadonlyMap<string, string> {
  const holder = server === undefined ? undefined : serversCredentials(artifact, server.host)?.holder;
  const named: readonly (readonly [string | undefined, string])[] = [
    ...(artifact.cloudRun ?? []).map(({ id, account }) => [account && accountKey(account), id] as const),
    ...(server === undefined
      ? []
      : [
          [holder?.kind === 'account' ? holder.key : undefined, server.host.id] as const,
          [server.host.instance?.account && accountKey(server.host.instance.account), server.host.id] as const,
        ]),
  ];
  return new Map(named.flatMap(([key, by]) => (key === undefined ? [] : [[key, by] as const])));
}

function withoutVersion(secret: Text): Text {
  const whole = literal(secret);
  if (whole !== undefined) return [whole.replace(/\/versions\/[^/]+$/, '')];
  const last = secret.at(-1);
  const rest = typeof last === 'string' ? last.replace(/\/versions\/[^/]+$/, '') : undefined;
  if (rest === undefined) return secret;
  return rest === '' ? secret.slice(0, -1) : [...secret.slice(0, -1), rest];
}
