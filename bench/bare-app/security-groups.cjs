const ec2 = require('aws-cdk-lib/aws-ec2');
const { Construct } = require('constructs');

/** The end of a rule that stands inside its group. */
const inline = (group) => ({
  canInlineRule: true,
  uniqueId: group.uniqueId,
  connections: group.connections,
  toEgressRuleConfig: () => ({ destinationSecurityGroupId: group.securityGroupId }),
  toIngressRuleConfig: () => ({ sourceSecurityGroupId: group.securityGroupId }),
});

exports.securityGroups = (restate, vpc, publicAddresses) => {
  const scope = new Construct(restate, 'SecurityGroups');
  const group = (id, description) => new ec2.SecurityGroup(scope, id, { vpc, description, allowAllOutbound: false });
  const balancer = group('Balancer', 'Load balancer in front of Restate');
  const task = group('Task', 'Envoy and Restate');
  const host = group('Host', 'Machine that runs the Restate task');
  const services = group('Services', 'Services behind Restate');
  const endpoints = group('Endpoints', 'VPC endpoints of the Restate machine');

  for (const cidr of publicAddresses) {
    balancer.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'Callers of the ingress');
  }
  balancer.addIngressRule(ec2.Peer.ipv6('2000::/3'), ec2.Port.tcp(443), 'Callers of the ingress');
  for (const [id, from, to, port, description] of [
    ['BalancerToProxy', balancer, task, 8443, 'Load balancer to Envoy, TLS'],
    ['BalancerToHealth', balancer, task, 8081, 'Load balancer to the health of Envoy'],
    ['TaskToServices', task, services, 9080, 'Restate to services'],
    ['HostToEndpoints', host, endpoints, 443, 'Machine to VPC endpoints'],
  ]) {
    from.addEgressRule(inline(to), ec2.Port.tcp(port), description);
    new ec2.CfnSecurityGroupIngress(scope, id, {
      groupId: to.securityGroupId,
      sourceSecurityGroupId: from.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: port,
      toPort: port,
      description,
    });
  }
  for (const cidr of publicAddresses) {
    task.addEgressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'Keys of the token issuer');
  }
  return { balancer, task, host, services, endpoints };
};
