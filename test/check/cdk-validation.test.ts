import { App, CfnResource, type IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PublicStack } from '../../examples/aws/public-stack';
import { PortcullisValidation } from '../../lib/check/cdk-validation';

function synthesise(build: (stack: PublicStack) => void = () => undefined): void {
  const app = new App();
  const plugin: IPolicyValidationPlugin = new PortcullisValidation();
  Validations.of(app).addPlugins(plugin);
  build(new PublicStack(app, 'Orders'));
  app.synth();
}

function opened(stack: PublicStack): void {
  for (const group of stack.node.findAll().filter((each) => each instanceof CfnSecurityGroup)) {
    group.addPropertyOverride('SecurityGroupIngress', [
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 65_535, CidrIp: '0.0.0.0/0' },
    ]);
  }
}

function unread(stack: PublicStack): void {
  stack.templateOptions.transforms = ['SomeMacro'];
}

test('an app that is secured is synthesised', () => {
  expect(synthesise).not.toThrow();
});

test('one that is not fails, with the claim, the construct and what mends it', () => {
  expect(() => synthesise(opened)).toThrow(
    /portcullis::rules-exact[\s\S]*no rule is wider than its listener or caller needs: broken: [\s\S]*Orders\/Restate\/SecurityGroups\/Task/,
  );
});

test('what is unproven fails as what is broken does, although the app has acknowledged something else', () => {
  expect(() => synthesise(unread)).toThrow(/unproven: .*macros rewrite this template/);
});

test('one that deploys nothing of Restate is not passed over in silence', () => {
  const plugin = new PortcullisValidation();
  const app = new App();
  new CfnResource(new Stack(app, 'Other'), 'Topic', { type: 'AWS::SNS::Topic' });
  const { directory } = app.synth();
  expect(() => plugin.validate({ templatePaths: [`${directory}/Other.template.json`] })).toThrow(
    'nothing in it runs Restate',
  );
});
