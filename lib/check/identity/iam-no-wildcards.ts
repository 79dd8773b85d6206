import type { Artifact } from '../../artifact/artifact';
import type { Identity } from '../../artifact/identity';
import type { CheckedClaim } from '../checked-claim';
import type { Finding } from '../finding';
import { relatedTo } from '../stores/related';
import { storeClaim } from '../stores/store-claim';
import { endpointFaults } from './endpoint-faults';
import { managedFaults } from './managed-policies';
import { type OwnAccount, ownAccount } from './own-account';
import { type Fault, statementFaults } from './statement-faults';
import { trustFaults } from './trust-faults';

/** Every statement of every role that the deployment acts as, of who may become it, and of the endpoints that it calls through. */
export const IAM_NO_WILDCARDS: CheckedClaim = storeClaim('iam-no-wildcards', (deployment) => {
  const { artifact } = deployment;
  const related = relatedTo(deployment);
  const own = ownAccount(artifact);
  const identities = (artifact.identities ?? []).filter(
    ({ id, serves }) => related.has(id) || serves.some(({ resource }) => related.has(resource)),
  );
  return [
    ...identities.flatMap((identity) => identityFindings(identity, own)),
    ...endpointFindings(artifact, related, own),
  ];
});

function identityFindings(identity: Identity, own: OwnAccount): readonly Finding[] {
  const { id, kind, policies, managed } = identity;
  const holds = kind === 'service-linked' ? 'is a role whose rights the cloud writes' : countOf(identity);
  const restsOn = policies.map((policy) => policy.id);
  const faults: readonly (Fault & { readonly by: string })[] = [
    ...policies.flatMap((policy) =>
      policy.statements.flatMap(statementFaults).map((fault) => ({ ...fault, by: policy.id })),
    ),
    ...managed.flatMap(managedFaults).map((fault) => ({ ...fault, by: id })),
    ...trustFaults(identity, own).map((fault) => ({ ...fault, by: id })),
  ];
  if (faults.length === 0) return [{ verdict: 'holds', subject: id, evidence: `${id} ${holds}`, restsOn }];
  return faults.map(({ verdict, evidence, by }) => ({
    verdict,
    subject: id,
    evidence: `${id}${by === id ? '' : `, by ${by},`} ${evidence}`,
    restsOn: [...restsOn, by],
  }));
}

function countOf({ policies, managed }: Identity): string {
  const count = policies.reduce((sum, { statements }) => sum + statements.length, 0);
  return `names every action and resource in ${count} statements${managed.length > 0 ? ' and has known policies of AWS' : ''}`;
}

/** Endpoints in the network of the deployment. */
function endpointFindings(
  { endpointPolicies = [], mentions = [] }: Artifact,
  related: ReadonlySet<string>,
  own: OwnAccount,
): readonly Finding[] {
  const near = new Set(mentions.filter(({ of }) => of.some((id) => related.has(id))).map(({ by }) => by));
  return endpointPolicies
    .filter(({ id }) => near.has(id))
    .flatMap(({ id, statements }): readonly Finding[] => {
      const faults = statements.flatMap((statement) => endpointFaults(statement, own));
      if (faults.length === 0) {
        return [{ verdict: 'holds', subject: id, evidence: `${id} lets through what is of this account` }];
      }
      return faults.map(({ verdict, evidence }) => ({ verdict, subject: id, evidence: `${id} ${evidence}` }));
    });
}
