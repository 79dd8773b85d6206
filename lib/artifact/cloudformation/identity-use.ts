import type { Identity, IdentityUse } from '../identity';
import type { Property } from '../property';
import { type Resource, referredId } from '../resource';
import { toText } from '../value';
import type { Resources } from './resources';

/** Where a resource names the role that it acts as. */
const PLACES: Readonly<Record<string, readonly (readonly [path: readonly string[], as: IdentityUse['as']])[]>> = {
  'AWS::ECS::TaskDefinition': [
    [['TaskRoleArn'], 'task'],
    [['ExecutionRoleArn'], 'start'],
  ],
  'AWS::Lambda::Function': [[['Role'], 'function']],
  'AWS::DLM::LifecyclePolicy': [[['ExecutionRoleArn'], 'snapshots']],
  'AWS::EC2::FlowLog': [[['DeliverLogsPermissionArn'], 'traffic-log']],
  'AWS::AutoScaling::AutoScalingGroup': [[['ServiceLinkedRoleARN'], 'other']],
};

/** Where a machine names its profile, by name or ARN. */
const PROFILES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'AWS::EC2::LaunchTemplate': [
    ['LaunchTemplateData', 'IamInstanceProfile', 'Arn'],
    ['LaunchTemplateData', 'IamInstanceProfile', 'Name'],
  ],
  'AWS::EC2::Instance': [['IamInstanceProfile']],
  'AWS::AutoScaling::LaunchConfiguration': [['IamInstanceProfile']],
};

/** What acts as which identity. */
export interface IdentityUses {
  readonly of: (identity: string) => readonly IdentityUse[];
  /** Those of identities that are not of the file: what they may do is not known. */
  readonly ofOthers: readonly Identity[];
}

/** Reads which resource acts as which role. */
export function identityUses(resources: Resources): IdentityUses {
  const found = [...namedRoles(resources), ...profiles(resources)];
  const roles = new Set(resources.ofType('AWS::IAM::Role', 'AWS::IAM::ServiceLinkedRole').map(({ id }) => id));
  const idOf = ({ role }: Found): string | undefined => mentionedRole(role, roles);
  return {
    of: (identity) => found.filter((each) => idOf(each) === identity).map(({ use }) => use),
    ofOthers: found
      .filter((each) => idOf(each) === undefined && each.role.present)
      .map(({ role, use }) => ({
        id: `${use.resource}/${use.as}`,
        kind: 'role',
        policies: [],
        managed: [toText(role.value) ?? ['a role that the file does not say']],
        serves: [use],
      })),
  };
}

interface Found {
  readonly role: Property;
  readonly use: IdentityUse;
}

function namedRoles(resources: Resources): readonly Found[] {
  return Object.entries(PLACES).flatMap(([type, places]) =>
    resources
      .ofType(type)
      .flatMap((resource) =>
        places.map(([path, as]) => ({ role: at(resource, path), use: { resource: resource.id, as } })),
      ),
  );
}

function profiles(resources: Resources): readonly Found[] {
  return Object.entries(PROFILES).flatMap(([type, paths]) =>
    resources.ofType(type).flatMap((machine) => {
      const use: IdentityUse = { resource: machine.id, as: 'machine' };
      return paths
        .map((path) => at(machine, path))
        .filter(({ present }) => present)
        .flatMap((named) => {
          const profile = resources.referredBy(named, 'AWS::IAM::InstanceProfile');
          const roles = profile?.properties.get('Roles').items() ?? [named];
          return roles.map((role) => ({ role, use }));
        });
    }),
  );
}

/** By its ARN, its name, or an ARN that ends with its name, as those of service-linked roles do. */
function mentionedRole({ value }: Property, roles: ReadonlySet<string>): string | undefined {
  const whole = referredId(value);
  if (whole !== undefined && roles.has(whole)) return whole;
  const last = toText(value)?.at(-1);
  return typeof last === 'object' && roles.has(last.logicalId) ? last.logicalId : undefined;
}

function at({ properties }: Resource, path: readonly string[]): Property {
  return path.reduce((property, name) => property.get(name), properties);
}
