import { Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { DataVolume } from './data-volume';
import { VOLUME_TAG } from './machine-role';

/**
 * A shell on the one machine that has the disk, and the handling of sessions of one's own. Documents that open a tunnel to a port are not
 * granted: the check makes the service ask for the document also where none is named.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html
 */
export function grantBreakGlass(scope: Construct, { volumeId }: DataVolume, grantee: IGrantable): Grant {
  const named = (service: string, resource: string, resourceName: string): string =>
    Stack.of(scope).formatArn({ service, resource, resourceName });
  const BoolIfExists = { 'ssm:SessionDocumentAccessCheck': 'true' };
  const machine = Grant.addToPrincipal({
    grantee,
    actions: ['ssm:StartSession'],
    resourceArns: [named('ec2', 'instance', '*')],
    conditions: { BoolIfExists, StringEquals: { [`ssm:resourceTag/${VOLUME_TAG}`]: volumeId } },
  });
  const shell = Grant.addToPrincipal({
    grantee,
    actions: ['ssm:StartSession'],
    resourceArns: [named('ssm', 'document', 'SSM-SessionManagerRunShell')],
    conditions: { BoolIfExists },
  });
  const own = Grant.addToPrincipal({
    grantee,
    actions: ['ssm:TerminateSession', 'ssm:ResumeSession', 'ssmmessages:OpenDataChannel'],
    resourceArns: [named('ssm', 'session', '${aws:userid}-*')],
  });
  return machine.combine(shell).combine(own);
}
