import { credentialPath, serversCredentials } from '../../artifact/iam/credential-holder';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { isOnGoogle } from '../by-cloud';
import { servicesOf } from './services';
import { restateIdentity } from './restate-identity';

const ID = 'federation-keyless';
const VARIABLE = 'GOOGLE_APPLICATION_CREDENTIALS';

/** No key of an account that the server calls as is made, and none lies with the server. */
export const FEDERATION_KEYLESS: CheckedClaim = {
  id: ID,
  decide: (deployment) => {
    const { artifact, server } = deployment;
    const findings = [...keysOf(deployment), ...fileOf(deployment)];
    if (findings.length > 0) return findings;
    const subject = server?.host.id ?? artifact.name;
    if (!isOnGoogle(artifact)) {
      return [{ verdict: 'not-applicable', subject, evidence: 'the server has no credentials of Google' }];
    }
    const evidence = 'no key of an account is made here, and the server has none: it has tokens from its machine';
    return [{ verdict: 'holds', subject, evidence }];
  },
};

/** Keys of accounts that act for the server; of whom the others are is nothing of ours. */
function keysOf(deployment: CheckedDeployment): readonly Finding[] {
  const { artifact, server } = deployment;
  const ours = new Set(servicesOf(deployment).flatMap((service) => restateIdentity(service, deployment)));
  const own = server === undefined ? undefined : serversCredentials(artifact, server.host)?.holder.key;
  return (artifact.accountKeys ?? []).flatMap(({ id, account }): readonly Finding[] => {
    if (account === undefined) {
      return [
        { verdict: 'unproven', subject: id, evidence: `${id} is a key of an account that the file does not name` },
      ];
    }
    const isOurs = account === own || ours.has(`account ${account}`);
    const evidence = `${id} is a key of account ${account}, which the server calls as: whoever reads the state has it`;
    return isOurs ? [{ verdict: 'broken', subject: id, evidence }] : [];
  });
}

/** A file of credentials is a key, or leads to one; whoever accepts that has said so. */
function fileOf({ artifact, server }: CheckedDeployment): readonly Finding[] {
  if (server === undefined || server.restate.environment[VARIABLE] === undefined) return [];
  const subject = server.host.id;
  const path = credentialPath(server.host);
  if ((artifact.accepted ?? []).some(({ claim }) => claim === ID)) {
    return [{ verdict: 'not-applicable', subject, evidence: 'its file of credentials is accepted as a risk' }];
  }
  return path === undefined
    ? [{ verdict: 'unproven', subject, evidence: `what the file is that ${VARIABLE} names is not known from the file` }]
    : [
        {
          verdict: 'broken',
          subject,
          evidence: `the server has a file of credentials, ${path}, in the place of its machine's account`,
        },
      ];
}
