import { CfnParameter, Stack } from 'aws-cdk-lib';
import type { CfnLaunchTemplate } from 'aws-cdk-lib/aws-ec2';
import { quote, UnsafeConfigurationError } from '../core/errors';

/**
 * Refuses an image that somebody else may exchange: one by the name of a parameter is looked up anew at each deployment, or at each
 * start of a machine.
 *
 * @throws UnsafeConfigurationError `MachineImageMoves`
 */
export function assertPinnedImage(template: CfnLaunchTemplate): void {
  const stack = Stack.of(template);
  const { imageId } = stack.resolve(template.launchTemplateData) as { readonly imageId?: unknown };
  const moves = typeof imageId === 'string' ? imageId.includes('resolve:ssm') : isLookedUp(stack, imageId);
  if (!moves) return;
  throw new UnsafeConfigurationError({
    code: 'MachineImageMoves',
    given: `images.machine is ${quote(imageId)}, a parameter that is looked up again and again`,
    because: 'a deployment that changes something else, or nothing, would replace the machine and what runs on it',
    write:
      "pin it: MachineImage.genericLinux({ 'eu-central-1': 'ami-...' }), or EcsOptimizedImage.amazonLinux2023(hardware, { cachedInContext: true })",
  });
}

function isLookedUp(stack: Stack, imageId: unknown): boolean {
  const parameters = stack.node.findAll().filter((each) => each instanceof CfnParameter);
  return parameters.some(
    ({ logicalId, type }) =>
      type.startsWith('AWS::SSM::Parameter::') &&
      JSON.stringify(imageId).includes(`"${String(stack.resolve(logicalId))}"`),
  );
}
