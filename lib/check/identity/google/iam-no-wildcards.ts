import { isAbove } from '../../../artifact/iam/holders';
import { allows, powersOf } from '../../../artifact/iam/powers';
import { principalOf, spell } from '../../../artifact/iam/principal';
import type { IamGrant } from '../../../artifact/iam-grant';
import { literal, references, type Text } from '../../../artifact/text';
import type { CheckedClaim } from '../../checked-claim';
import type { CheckedDeployment } from '../../checked-deployment';
import type { Finding } from '../../finding';
import { broken, unproven, type Wrong, worst } from '../../server/wrong';
import { storeClaim } from '../../stores/store-claim';
import { identitiesOf } from './identities';
import { rulers } from './rulers';

/** Roles of everything. */
const BASIC = /^roles\/(?:owner|editor|viewer|admin|writer|reader|browser)$/;
/** Roles that Google gives on a project alone, and that let nobody read anything. */
const ON_PROJECT: readonly string[] = [
  'roles/logging.logWriter',
  'roles/monitoring.metricWriter',
  'roles/cloudtrace.agent',
  'roles/cloudprofiler.agent',
  'roles/errorreporting.writer',
  'roles/stackdriver.resourceMetadata.writer',
  'roles/serviceusage.serviceUsageConsumer',
];
/** What a role on one thing may be, by what it is on. */
const ON_ONE: Readonly<Partial<Record<IamGrant['level'], readonly string[]>>> = {
  'cloud-run-service': ['roles/run.invoker', 'roles/run.servicesInvoker'],
  'service-account': ['roles/iam.serviceAccountOpenIdTokenCreator'],
  secret: ['roles/secretmanager.secretAccessor'],
  repository: ['roles/artifactregistry.reader'],
  bucket: [
    'roles/storage.objectAdmin',
    'roles/storage.objectUser',
    'roles/storage.objectViewer',
    'roles/storage.objectCreator',
  ],
};

/** Each role that accounts of the deployment have is a narrow one, on the one thing that it is for. */
export const GOOGLE_IAM_NO_WILDCARDS: CheckedClaim = storeClaim('iam-no-wildcards', (deployment) => [
  ...[...identitiesOf(deployment)].map(([account, by]) => accountFinding(account, by, deployment)),
  ...defaultAccounts(deployment),
  ...rulers(deployment),
]);

/** Google lets whatever says nothing act as an account of the whole project, which is an editor of it. */
function defaultAccounts({ artifact, server }: CheckedDeployment): readonly Finding[] {
  const hosts = server === undefined ? [] : [server.host];
  const unnamed = [
    ...(artifact.cloudRun ?? [])
      .filter(({ account }) => account === undefined || isDefault(account))
      .map(({ id }) => id),
    ...hosts
      .filter(({ instance }) => instance?.account !== undefined && isDefault(instance.account))
      .map(({ id }) => id),
  ];
  return unnamed.map((id): Finding => {
    const unread = artifact.unreadable.find(
      ({ subject, reason }) => subject === id.split('/')[0] && reason.includes('service_account'),
    );
    return unread === undefined
      ? {
          verdict: 'broken',
          subject: id,
          evidence: `${id} names no service account: it acts as the default one of the project, which may be its editor`,
        }
      : { verdict: 'unproven', subject: id, evidence: `as which account ${id} acts is not known: ${unread.reason}` };
  });
}

function isDefault(account: Text): boolean {
  return (
    references(account).some(({ attribute }) => attribute === 'service_account.email') ||
    /^\d+-compute@developer\.gserviceaccount\.com$/.test(literal(account) ?? '')
  );
}

function accountFinding(account: string, by: string, { artifact }: CheckedDeployment): Finding {
  const grants = (artifact.grants ?? []).filter(({ members }) => members.some((member) => isOf(member, account)));
  const unsure = (artifact.grants ?? []).filter(({ members }) =>
    members.some((member) => principalOf(member).kind === 'unknown'),
  );
  return {
    subject: by,
    ...worst(
      [
        ...grants.flatMap((grant) => grantFaults(grant).map((fault) => said(fault, account, grant))),
        ...unsure
          .filter((grant) => grantFaults(grant).length > 0)
          .map(({ id }) => unproven(`${account}: whether it has the role of ${id} is not known from the file`)),
      ],
      `${account} has ${grants.length} roles, each a narrow one on what it is for`,
    ),
    restsOn: [by, ...grants.map(({ id }) => id)],
  };
}

function isOf(member: IamGrant['members'][number], account: string): boolean {
  const principal = principalOf(member);
  return principal.kind === 'account' && principal.key === account;
}

function said({ verdict, evidence }: Wrong, account: string, { id }: IamGrant): Wrong {
  return { verdict, evidence: `${account}, by ${id}, ${evidence}` };
}

function grantFaults(grant: IamGrant): readonly Wrong[] {
  const { level, role, permissions } = grant;
  if (permissions !== undefined) return customFaults(grant, permissions);
  const name = literal(role);
  if (name === undefined || !name.startsWith('roles/')) {
    return [unproven(`has role ${spell(role)}, of which the file does not say what it permits`)];
  }
  if (BASIC.test(name)) return [broken(`has ${name}, which is a role of everything`)];
  if (level === 'project') {
    return ON_PROJECT.includes(name)
      ? []
      : [broken(`has ${name} on the whole project: give a role on the one thing that it is for`)];
  }
  if (isAbove(level)) return [broken(`has ${name} on a whole ${level}`)];
  if (ON_ONE[level]?.includes(name) === true) return [];
  return level === 'unknown' || level === 'elsewhere'
    ? [unproven(`has ${name} on something that is not understood`)]
    : [broken(`has ${name} on ${spell(grant.on)}, which is more than it is for`)];
}

/** A custom role names what it permits; on all of a project it may permit nothing that could be given on one thing. */
function customFaults(grant: IamGrant, permissions: readonly string[]): readonly Wrong[] {
  const powers = powersOf(grant) ?? [];
  const isWide = powers.includes('become') || permissions.some((each) => /(?:\.|^)(?:setIamPolicy|\*)$/.test(each));
  if (isWide) return [broken(`has ${spell(grant.role)}, which lets it act as others or change who may do what`)];
  const reads = (['invoke', 'mint', 'read-secret', 'use-key', 'read-bucket'] as const).some(
    (power) => allows(grant, power) === true,
  );
  return isAbove(grant.level) && reads
    ? [broken(`has ${spell(grant.role)} on a whole ${grant.level}: give it on the one thing that it is for`)]
    : [];
}
