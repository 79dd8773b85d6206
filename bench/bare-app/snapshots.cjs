const { Stack } = require('aws-cdk-lib');
const dlm = require('aws-cdk-lib/aws-dlm');
const iam = require('aws-cdk-lib/aws-iam');

exports.snapshots = (scope, { volume, key, snapshotTag }) => {
  const stack = Stack.of(scope);
  const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('dlm.amazonaws.com') });
  const rights = [];
  const allow = (resources, actions, conditions) => {
    const statement = new iam.PolicyStatement({ resources, actions, conditions });
    rights.push(role.addToPrincipalPolicy(statement).policyDependable);
  };
  const disk = stack.formatArn({ service: 'ec2', resource: 'volume', resourceName: volume.ref });
  const snapshot = `snap-${'?'.repeat(17)}`;
  const all = stack.formatArn({ service: 'ec2', account: '', resource: 'snapshot', resourceName: snapshot });
  const own = { 'aws:ResourceTag/portcullis:snapshots': snapshotTag };
  const viaEc2 = { 'kms:ViaService': `ec2.${stack.region}.amazonaws.com` };
  allow([disk, all], ['ec2:CreateSnapshot']);
  allow([all], ['ec2:CreateTags'], { StringEqualsIfExists: own });
  allow([all], ['ec2:DeleteSnapshot'], { StringEquals: own });
  allow(['*'], ['ec2:DescribeVolumes', 'ec2:DescribeSnapshots']);
  allow([key.keyArn], ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'], {
    StringEquals: viaEc2,
  });
  allow([key.keyArn], ['kms:CreateGrant'], {
    StringEquals: viaEc2,
    Bool: { 'kms:GrantIsForAWSResource': 'true' },
  });
  const policy = new dlm.CfnLifecyclePolicy(scope, 'Resource', {
    description: 'Snapshots of the data disk of Restate',
    state: 'ENABLED',
    executionRoleArn: role.roleArn,
    policyDetails: {
      policyType: 'EBS_SNAPSHOT_MANAGEMENT',
      resourceTypes: ['VOLUME'],
      targetTags: [{ key: 'portcullis:snapshots', value: snapshotTag }],
      schedules: [
        {
          name: 'Every 6 hours',
          createRule: { interval: 6, intervalUnit: 'HOURS', times: ['00:00'] },
          retainRule: { count: 28 },
          copyTags: true,
        },
      ],
    },
  });
  policy.node.addDependency(...rights);
  return policy;
};
