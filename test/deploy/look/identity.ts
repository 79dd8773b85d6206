import type { DeployedStack } from '../deployed-stack';
import type { Looks } from './look';
import { statements } from './statements';

/** Who may do what. */
export const IDENTITY_LOOKS: Looks = {
  'who may take each role on, and what it may do': async (stack) => {
    const roles = stack.of('AWS::IAM::Role');
    const seen = await Promise.all(roles.map(async ([name, id]) => [name, await roleOf(stack, id)] as const));
    return stack.named(Object.fromEntries(seen));
  },

  'the role that starts machines is one of this stack alone': async (stack) => {
    const [[, id]] = stack.of('AWS::IAM::ServiceLinkedRole') as [[string, string]];
    const { Role } = await stack.call('iam', 'get_role', { RoleName: id });
    return {
      path: Role.Path,
      named: String(Role.RoleName).includes(stack.unique) ? 'by this stack' : 'by anybody',
      trust: statements(Role.AssumeRolePolicyDocument),
    };
  },

  'the key rotates, and who may use it': async (stack) => {
    const [[, id]] = stack.of('AWS::KMS::Key') as [[string, string]];
    const [{ KeyRotationEnabled }, { Policy }] = await Promise.all([
      stack.call('kms', 'get_key_rotation_status', { KeyId: id }),
      stack.call('kms', 'get_key_policy', { KeyId: id, PolicyName: 'default' }),
    ]);
    return stack.named({ rotates: KeyRotationEnabled, policy: statements(Policy) });
  },

  'what the machine is': async (stack) => {
    const profiles = stack.of('AWS::IAM::InstanceProfile');
    const seen = await Promise.all(
      profiles.map(async ([name, id]) => {
        const { InstanceProfile } = await stack.call('iam', 'get_instance_profile', { InstanceProfileName: id });
        return [name, (InstanceProfile.Roles as { RoleName: string }[]).map(({ RoleName }) => RoleName)];
      }),
    );
    return stack.named(Object.fromEntries(seen));
  },
};

async function roleOf(stack: DeployedStack, name: string): Promise<object> {
  const role = { RoleName: name };
  const [{ Role }, { PolicyNames }, { AttachedPolicies }] = await Promise.all([
    stack.call('iam', 'get_role', role),
    stack.call('iam', 'list_role_policies', role),
    stack.call('iam', 'list_attached_role_policies', role),
  ]);
  const inline = await Promise.all(
    (PolicyNames as string[]).map((each) => stack.call('iam', 'get_role_policy', { ...role, PolicyName: each })),
  );
  return {
    trust: statements(Role.AssumeRolePolicyDocument),
    may: inline.flatMap(({ PolicyDocument }) => statements(PolicyDocument)),
    attached: AttachedPolicies,
  };
}
