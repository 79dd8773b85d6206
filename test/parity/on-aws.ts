import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { type IVpc, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Stack } from 'aws-cdk-lib';
import { AdminAccess, Peer } from '../../lib/aws';
import { proxyCertificate } from '../aws/mutual-tls';
import { networkOf, newStack, serverIn } from '../aws/template-of';
import type { ParityModel, Sources } from './model';

/** What CloudFormation is given for a model. */
export function synthesisedOnAws(model: ParityModel): object {
  const stack = newStack();
  const vpc = networkOf(stack, model.fetches ? 1 : 0);
  const { admin } = model;
  serverIn(
    stack,
    {
      ingress: {
        ...model.ingress,
        auth: model.auth('s3://example-ca/ca.crl.pem'),
        ...(model.certificate === 'proxy' && { certificate: proxyCertificate(stack) }),
        ...(model.from === 'internet' ? { internetFacing: true } : { peers: peersOf(stack, vpc, model.from) }),
      },
      ...(admin !== undefined && {
        admin: AdminAccess.fromPeers(peersOf(stack, vpc, admin.from), admin.door),
        adminCertificate: Certificate.fromCertificateArn(
          stack,
          'AdminCertificate',
          'arn:aws:acm:eu-central-1:111122223333:certificate/2',
        ),
      }),
    },
    vpc,
  );
  return Template.fromStack(stack).toJSON();
}

function peersOf(stack: Stack, vpc: IVpc, { blocks, workloads }: Sources): readonly Peer[] {
  return [
    ...blocks.map((block) => Peer.cidr(block)),
    ...workloads.map((name) => Peer.securityGroup(new SecurityGroup(stack, `Workload-${name}`, { vpc }))),
  ];
}
