/** What the templates say and the emulator does not keep: nothing here is asserted of what was created. */
export const NOT_SEEN: readonly string[] = [
  'AWS::DLM::LifecyclePolicy: it has no such service; its references alone are resolved',
  'AWS::AutoScaling::AutoScalingGroup: role, maintenance policy, rolling update, whom it tells',
  'AWS::ECS::Service: deployment configuration, execution of commands, placement, grace period',
  'AWS::EC2::Volume: its zone, which is the one of the subnet in the template',
  'AWS::EC2::Instance: groups, profile and metadata options, which the launch template gives it: that is read instead',
  'AWS::EC2::VPCEndpoint: options of names; two that take no policy are given one that allows all',
  'AWS::CloudFormation: the time that a resource takes, and what a half-made one does to the next',
  'any packet, any decision of IAM, KMS or a bucket policy',
];
