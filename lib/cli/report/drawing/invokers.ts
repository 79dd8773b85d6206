import type { Artifact } from '../../../artifact/artifact';
import type { CloudRunService } from '../../../artifact/cloud-run-service';
import { sameText } from '../../../artifact/same-text';
import { resolve, type Text } from '../../../artifact/text';

/** Who may call a service, by the rights on it and on what it stands in. */
export function invokersOf({ grants = [] }: Artifact, service: CloudRunService): readonly Text[] {
  return grants
    .filter(({ role }) => spelled(role) === 'roles/run.invoker')
    .filter(({ level, on }) => level !== 'cloud-run-service' || isAbout(on, service))
    .flatMap(({ members }) => members);
}

/** Ids of the hosts whose account, or one that it may make tokens of, may call a service. */
export function callingHosts(artifact: Artifact, service: CloudRunService): readonly string[] {
  const invokers = invokersOf(artifact, service).map(spelled);
  return artifact.hosts.flatMap(({ id, instance }) => {
    if (instance?.account === undefined) return [];
    const own = `serviceAccount:${spelled(instance.account)}`;
    const lent = (artifact.grants ?? [])
      .filter(({ role }) => TOKEN_MAKERS.has(spelled(role)))
      .filter(({ members }) => members.some((member) => spelled(member) === own))
      .map(({ on }) => `serviceAccount:${spelled(on).replace(/^.*\/serviceAccounts\//, '')}`);
    return [own, ...lent].some((account) => invokers.includes(account)) ? [id] : [];
  });
}

const TOKEN_MAKERS = new Set(['roles/iam.serviceAccountTokenCreator', 'roles/iam.serviceAccountOpenIdTokenCreator']);

function isAbout(on: Text, service: CloudRunService): boolean {
  return (
    on.some((part) => typeof part !== 'string' && part.logicalId === service.id) || sameText(on, service.name) === true
  );
}

function spelled(text: Text): string {
  return resolve(text, ({ logicalId }) => logicalId);
}
