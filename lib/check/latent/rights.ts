import type { Identity } from '../../artifact/identity';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import { mayDo } from '../identity/access';
import { givenSecrets } from '../identity/secret-names';
import { hasWildcard, mayOverlap, spell } from '../identity/text-pattern';
import { broken } from '../server/wrong';
import { type Latent, latentClaim } from './latent-claim';

const READING = [
  'secretsmanager:getsecretvalue',
  'secretsmanager:batchgetsecretvalue',
  'ssm:getparameter',
  'ssm:getparameters',
  'ssm:getparametersbypath',
];
/** What Secrets Manager puts behind a name, as a pattern and as it is. */
const SUFFIX = /-(?:\?{6}|[A-Za-z0-9]{6})$/;
/** What ends a disk, a key, a log or a bucket, or takes it away. */
const ENDING =
  /^(?:ec2:(?:delete|detach)volume|ec2:modifysnapshotattribute|kms:(?:schedulekeydeletion|disablekey|putkeypolicy)|logs:(?:deleteloggroup|deletelogstream|deleteretentionpolicy|putretentionpolicy)|s3:(?:deletebucket|deletebucketpolicy|putbucketpolicy|putlifecycleconfiguration))$/;
const SHELL = ['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenDataChannel'];

/** Rights that the parts of a deployment have and do not need, whatever they are about. */
export const RIGHT_CLAIMS: readonly CheckedClaim[] = [
  latentClaim('secret-readers-exact', (_, deployment) => [
    ...readers(deployment),
    ...sharers(deployment),
    ...foreignPolicies(deployment),
  ]),
  latentClaim('storage-retained', (_, deployment) => enders(deployment)),
  latentClaim('admin-closed', (_, deployment) => shells(deployment)),
];

/** A task or a machine that reads secrets by itself: what it is given, ECS fetched before. */
function readers(deployment: CheckedDeployment): readonly Latent[] {
  return actingAs(deployment, ['task', 'machine']).flatMap(({ id, policies }) =>
    policies.flatMap((policy) =>
      policy.statements
        .filter(
          ({ effect, actions }) =>
            effect === 'allow' && !actions.not && actions.patterns.some((each) => isReading(spell(each))),
        )
        .map(({ resources }) => ({
          ...broken(
            `${id}, by ${policy.id}, may read ${resources.patterns.map(spell).join(', ')}, though whatever the server needs is fetched before it starts`,
          ),
          subject: id,
        })),
    ),
  );
}

function isReading(action: string): boolean {
  const pattern = action.toLowerCase();
  return hasWildcard([pattern]) ? READING.some((each) => mayOverlap([pattern], [each])) : READING.includes(pattern);
}

/** Whoever else acts as what fetches the server's secrets may fetch them, too. */
function sharers(deployment: CheckedDeployment): readonly Latent[] {
  const own = partsOf(deployment);
  return actingAs(deployment, ['start', 'machine']).flatMap(({ id, serves }) =>
    serves
      .filter(({ resource, as }) => !own.includes(resource) || (as === 'task' && own.includes(resource)))
      .map(({ resource, as }) => ({
        ...broken(
          as === 'task' && own.includes(resource)
            ? `${id} is what the containers of ${resource} act as, and fetches its secrets`
            : `${resource} acts as ${id}, too, which is the server's`,
        ),
        subject: id,
      })),
  );
}

/** Policies that this file puts to a secret of another one, which the server is given. */
function foreignPolicies({ artifact, server }: CheckedDeployment): readonly Latent[] {
  const given = server === undefined ? [] : givenSecrets(server.host, artifact).map(({ name }) => lastOf(name));
  return (artifact.stores ?? []).flatMap(({ id, named, policies = [] }) => {
    const name = named === undefined ? undefined : lastOf(spell(named));
    const isGiven = name === '' || name?.includes('${') === true || given.some((each) => each === name);
    const allows = policies.some(({ statements }) => statements.some(({ effect }) => effect === 'allow'));
    return name !== undefined && isGiven && allows
      ? [{ ...broken(`${id} lets others than what starts the server read ${name || 'a secret'}`), subject: id }]
      : [];
  });
}

/** The name of a secret, of an ARN the last field. */
function lastOf(name: string): string {
  return (name.split(':secret:').at(-1) ?? '').replace(SUFFIX, '');
}

/** Nothing that runs has to end what is kept. */
function enders(deployment: CheckedDeployment): readonly Latent[] {
  return actingAs(deployment, ['task', 'machine', 'start']).flatMap(({ id, policies }) =>
    policies.flatMap((policy) =>
      policy.statements
        .filter(({ effect, actions }) => effect === 'allow' && !actions.not)
        .flatMap(({ actions }) => actions.patterns.map(spell))
        .filter((action) => ENDING.test(action.toLowerCase()))
        .map((action) => ({
          ...broken(`${id}, by ${policy.id}, may ${action}: nothing that runs has to`),
          subject: id,
        })),
    ),
  );
}

/** Channels of shells, which only a task needs that lets somebody open them. */
function shells(deployment: CheckedDeployment): readonly Latent[] {
  return actingAs(deployment, ['task']).flatMap((identity) =>
    SHELL.some((action) => mayDo(identity, { action, on: ['*'] }).length > 0)
      ? [
          {
            ...broken(`${identity.id} may open the channels of a shell (ssmmessages): ECS Exec needs one setting more`),
            subject: identity.id,
          },
        ]
      : [],
  );
}

function actingAs(deployment: CheckedDeployment, as: readonly string[]): readonly Identity[] {
  const own = partsOf(deployment);
  return (deployment.artifact.identities ?? []).filter(({ serves }) =>
    serves.some((each) => own.includes(each.resource) && as.includes(each.as)),
  );
}

/** The task and its machine. */
function partsOf({ server }: CheckedDeployment): readonly string[] {
  const { id = '', machine } = server?.host ?? {};
  return [...id.split('/'), ...(machine === undefined ? [] : [machine.id])];
}
