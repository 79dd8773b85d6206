import type { AccessPolicy } from '../access-policy';
import type { Identity, IdentityUse } from '../identity';
import type { Property } from '../property';
import type { Resource } from '../resource';
import { literal, type Text } from '../text';
import { toText } from '../value';
import { readPolicy } from './access-policy';
import { identityUses } from './identity-use';
import { withArns } from './resource-arn';
import type { Resources } from './resources';
import { reportNotUnderstood } from './understood';

const KINDS = {
  'AWS::IAM::Role': ['role', 'RoleName', 'Roles'],
  'AWS::IAM::User': ['user', 'UserName', 'Users'],
  'AWS::IAM::Group': ['group', 'GroupName', 'Groups'],
} as const;
type KindOfIdentity = keyof typeof KINDS;

const UNDERSTOOD: readonly string[] = [
  'AssumeRolePolicyDocument',
  'Description',
  'Groups',
  'GroupName',
  'ManagedPolicyArns',
  'MaxSessionDuration',
  'Path',
  'PermissionsBoundary',
  'Policies',
  'RoleName',
  'Tags',
  'UserName',
];

/** A policy that stands apart from whom it is about. */
interface Attachable {
  readonly policy: AccessPolicy;
  /** By kind: those that it says it belongs to. */
  readonly to: Readonly<Record<KindOfIdentity, readonly Property[]>>;
}

/** Reads who may do what: each role, user and group with all its policies, and each that the file gives a policy although another one made it. */
export function readIdentities(resources: Resources): readonly Identity[] {
  const attachables = readAttachables(resources);
  const uses = identityUses(resources);
  const made = resources
    .ofType(...Object.keys(KINDS))
    .map((resource) => readIdentity(resource, attachables, uses.of(resource.id), resources));
  const linked = resources
    .ofType('AWS::IAM::ServiceLinkedRole')
    .map(({ id }): Identity => ({ id, kind: 'service-linked', policies: [], managed: [], serves: uses.of(id) }));
  return [...made, ...linked, ...elsewhere(attachables, resources), ...uses.ofOthers];
}

function readIdentity(
  resource: Resource,
  attachables: readonly Attachable[],
  serves: readonly IdentityUse[],
  resources: Resources,
): Identity {
  const { id, type, properties } = resource;
  const [kind, nameProperty] = KINDS[type as KindOfIdentity];
  reportNotUnderstood(properties, UNDERSTOOD);
  const name = toText(properties.get(nameProperty).value);
  const trust = properties.get('AssumeRolePolicyDocument');
  const inline = properties
    .get('Policies')
    .items()
    .map((policy) => readPolicy(id, policy.get('PolicyDocument'), resources));
  const attached = attachables.filter(({ to }) => to[type as KindOfIdentity].some((each) => isNamed(each, id, name)));
  const managed = properties.get('ManagedPolicyArns').texts();
  return {
    id,
    kind,
    ...(trust.present && { trust: readPolicy(id, trust, resources) }),
    policies: [...inline, ...attached.map(({ policy }) => policy), ...ofFile(managed, attachables)],
    managed: managed.filter((arn) => policyOf(arn, attachables) === undefined),
    serves,
  };
}

function isNamed({ value }: Property, id: string, name: Text | undefined): boolean {
  const text = toText(value);
  if (text === undefined) return false;
  const [only] = text;
  if (text.length === 1 && typeof only === 'object') return only.logicalId === id;
  return name !== undefined && JSON.stringify(text) === JSON.stringify(name);
}

/** Policies of the file whose ARN is attached. */
function ofFile(managed: readonly Text[], attachables: readonly Attachable[]): readonly AccessPolicy[] {
  return managed.flatMap((arn) => policyOf(arn, attachables) ?? []);
}

function policyOf(arn: Text, attachables: readonly Attachable[]): AccessPolicy | undefined {
  const [only] = arn;
  return arn.length === 1 && typeof only === 'object'
    ? attachables.find(({ policy }) => policy.id === only.logicalId)?.policy
    : undefined;
}

function readAttachables(resources: Resources): readonly Attachable[] {
  const lists = resources.ofType('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').map(({ id, properties }) => ({
    policy: readPolicy(id, properties.get('PolicyDocument'), resources),
    to: {
      'AWS::IAM::Role': properties.get('Roles').items(),
      'AWS::IAM::User': properties.get('Users').items(),
      'AWS::IAM::Group': properties.get('Groups').items(),
    },
  }));
  const single = resources
    .ofType('AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy')
    .map(({ id, properties }) => ({
      policy: readPolicy(id, properties.get('PolicyDocument'), resources),
      to: {
        'AWS::IAM::Role': present(properties.get('RoleName')),
        'AWS::IAM::User': present(properties.get('UserName')),
        'AWS::IAM::Group': present(properties.get('GroupName')),
      },
    }));
  return [...lists, ...single];
}

function present(property: Property): readonly Property[] {
  return property.present ? [property] : [];
}

/** Whoever is given a policy and is none of the file's. */
function elsewhere(attachables: readonly Attachable[], resources: Resources): readonly Identity[] {
  const made = resources.ofType(...Object.keys(KINDS));
  return attachables.flatMap(({ policy, to }) =>
    (Object.keys(KINDS) as KindOfIdentity[]).flatMap((type) => {
      const [kind, nameProperty] = KINDS[type];
      const ofType = made.filter((each) => each.type === type);
      const outside = to[type].filter(
        (name) => !ofType.some((each) => isNamed(name, each.id, toText(each.properties.get(nameProperty).value))),
      );
      return outside.map((name): Identity => {
        const text = withArns(toText(name.value) ?? [], resources);
        return { id: literal(text) ?? policy.id, kind, policies: [policy], managed: [], serves: [] };
      });
    }),
  );
}
