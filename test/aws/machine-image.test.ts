import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type IMachineImage, MachineImage } from 'aws-cdk-lib/aws-ec2';
import { AmiHardwareType, EcsOptimizedImage } from 'aws-cdk-lib/aws-ecs';
import { refusal } from '../core/refusal';
import { imagesOf, MACHINE_IMAGE_ID, newStack, resourceOf, serverIn, templateOf } from './template-of';

const HERE = { account: '111122223333', region: 'eu-central-1' };

function withMachine(machine: IMachineImage): Template {
  const stack = newStack({ env: HERE });
  serverIn(stack, { images: { ...imagesOf(stack), machine } });
  return Template.fromStack(stack);
}

const imageOf = (template: Template): unknown =>
  (resourceOf(template, 'AWS::EC2::LaunchTemplate').Properties['LaunchTemplateData'] as { ImageId: unknown }).ImageId;

describe('the image of the machine', () => {
  test('is the one that is named, and no parameter of the template decides it', () => {
    expect(imageOf(withMachine(MachineImage.genericLinux({ 'eu-central-1': MACHINE_IMAGE_ID })))).toBe(
      MACHINE_IMAGE_ID,
    );
    expect(Object.keys((templateOf().toJSON()['Parameters'] ?? {}) as object)).toEqual(['BootstrapVersion']);
  });

  test.each<[string, IMachineImage]>([
    ['the recommended one', EcsOptimizedImage.amazonLinux2023(AmiHardwareType.ARM)],
    ['one by the name of a parameter', MachineImage.fromSsmParameter('/mine/ami')],
    ['one that is looked up when a machine starts', MachineImage.resolveSsmParameterAtLaunch('/mine/ami')],
    ['the latest Amazon Linux', MachineImage.latestAmazonLinux2023()],
  ])('is not %s, which moves', (_, machine) => {
    expect(refusal(() => withMachine(machine)).code).toBe('MachineImageMoves');
  });

  test('may be the recommended one of the day that the context remembers', () => {
    const machine = EcsOptimizedImage.amazonLinux2023(AmiHardwareType.ARM, { cachedInContext: true });
    expect(typeof imageOf(withMachine(machine))).toBe('string');
  });

  test('is not moved by a parameter that something else of the stack has', () => {
    const stack = newStack();
    MachineImage.fromSsmParameter('/theirs').getImage(stack);
    expect(() => serverIn(stack)).not.toThrow();
    expect(Stack.of(stack).node.tryFindChild('Restate')).toBeDefined();
  });
});
