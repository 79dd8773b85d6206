import type { CheckedDeployment } from '../../checked-deployment';
import { restateIdentity } from '../../cloud-run/restate-identity';
import { servicesOf } from '../../cloud-run/services';
import { ownAccounts } from './used-secrets';

/** The accounts that the deployment acts as, itself or by making tokens of theirs, each with what acts as it. */
export function identitiesOf(deployment: CheckedDeployment): ReadonlyMap<string, string> {
  const subject = deployment.server?.host.id ?? deployment.artifact.name;
  const lent = servicesOf(deployment)
    .flatMap((service) => restateIdentity(service, deployment))
    .flatMap((who) => (who.startsWith('account ') ? [[who.slice('account '.length), subject] as const] : []));
  return new Map([...lent, ...ownAccounts(deployment)]);
}
