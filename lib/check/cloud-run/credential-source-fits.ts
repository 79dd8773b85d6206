import type { CloudRunService } from '../../artifact/cloud-run-service';
import { callerOf, credentialPath, serversCredentials } from '../../artifact/iam/credential-holder';
import { keyOf } from '../../artifact/iam/holders';
import { invokersByEveryPath } from '../../artifact/iam/invokers';
import { literal } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import { proxyDoors } from '../proxy/proxy-doors';
import { broken, unproven, type Wrong } from '../server/wrong';
import { cloudRunClaim } from './cloud-run-claim';

/** The server has credentials of an account that may call each service, or that makes tokens of one that may. */
export const CREDENTIAL_SOURCE_FITS: CheckedClaim = cloudRunClaim('credential-source-fits', (service, deployment) => {
  const { artifact, server } = deployment;
  if (server === undefined) {
    return { wrong: [], holds: `the server that calls ${service.id} has its credentials outside this file` };
  }
  const credentials = serversCredentials(artifact, server.host);
  const caller = callerOf(artifact, service, credentials?.holder);
  const whose = credentials === undefined ? 'nobody' : keyOf(credentials.holder);
  const off = (artifact.disabledAccounts ?? []).find((account) => [caller, credentials?.holder.key].includes(account));
  return {
    wrong: [
      ...withoutAccount(service, deployment),
      ...(off === undefined ? [] : [broken(`account ${off} is disabled: it has no tokens`)]),
      ...(caller === undefined ? withoutWay(service, whose, deployment) : []),
      ...withoutServer(deployment),
    ],
    holds: `the server is ${whose}, and calls ${service.id} as account ${caller ?? ''}`,
    restsOn: [server.host.id],
  };
});

function withoutAccount({ id }: CloudRunService, { artifact, server }: CheckedDeployment): readonly Wrong[] {
  if (server === undefined || serversCredentials(artifact, server.host) !== undefined) return [];
  return server.host.instance?.account === undefined
    ? [broken(`${server.host.id} has no service account, and so no token to show to ${id}`)]
    : [unproven(`which account ${server.host.id} has is not known from the file`)];
}

function withoutWay(service: CloudRunService, whose: string, { artifact }: CheckedDeployment): readonly Wrong[] {
  const { undecided } = invokersByEveryPath(artifact, service);
  const said = `${whose} may neither call ${service.id} nor make tokens of an account that may`;
  return undecided.length > 0 ? [unproven(`${said}, unless ${undecided.join('; ')}`)] : [broken(said)];
}

/** Where the server asks for tokens. @see https://cloud.google.com/compute/docs/metadata/overview */
const VARIABLE = 'GCE_METADATA_HOST';
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):(?<port>\d+)$/;

/** What the guest's own firewall keeps it from, the server does not ask itself; of its machine's proxy it asks a port where that listens. */
function withoutServer(deployment: CheckedDeployment): readonly Wrong[] {
  const { server } = deployment;
  const metadata = server?.host.instance?.metadata;
  if (server === undefined || typeof metadata !== 'object' || credentialPath(server.host) !== undefined) return [];
  const { environment, user = '' } = server.restate;
  if (metadata.exceptUsers.some((each) => user.split(':')[0] === String(each))) return [];
  const said = environment[VARIABLE];
  const asked = said === undefined ? 'the metadata server itself' : (literal(said) ?? 'what the cloud alone knows');
  const port = Number(LOOPBACK.exec(asked)?.groups?.['port']);
  const { doors } = proxyDoors(deployment);
  return doors.some((door) => door.port === port)
    ? []
    : [broken(`the server asks ${asked} for tokens, which the guest's own firewall keeps from it (${VARIABLE})`)];
}
