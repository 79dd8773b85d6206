import { Connections, type IConnectable, type ISecurityGroup, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { hostnames } from '../core/hostnames';
import { refuseUnknownOptions } from '../core/known-options';
import { identityPublicKeys } from '../restate/identity-public-keys';
import { grantReadLogs } from './log-reader';
import { PORTS } from './ports';
import type { RestateServerAttributes } from './server-attributes';
import type { IRestateServer } from './server-reference';

const ATTRIBUTES: Readonly<Record<keyof RestateServerAttributes, true>> = {
  hostnames: true,
  ingressSecurityGroupId: true,
  servicesSecurityGroupId: true,
  identityPublicKeys: true,
  logGroupArn: true,
};

/** A server of another stack. Nothing here changes it: its own stack says whom it admits. */
export class ImportedServer extends Construct implements IRestateServer {
  public readonly hostnames: readonly string[];
  public readonly url: string;
  public readonly ingressDoor: IConnectable;
  public readonly services: ISecurityGroup;
  public readonly identityPublicKeys: readonly string[];
  public readonly logGroup: ILogGroup;

  /** @throws UnsafeConfigurationError `OptionUnknown`, `HostnameInvalid`, `PublicKeyInvalid`, `PublicKeyRepeated`, `ValueNotConcrete` */
  public constructor(scope: Construct, id: string, attributes: RestateServerAttributes) {
    super(scope, id);
    refuseUnknownOptions('RestateServer.fromAttributes', attributes, Object.keys(ATTRIBUTES));
    this.hostnames = hostnames('ingress', attributes.hostnames);
    this.url = `https://${this.hostnames[0]}`;
    const group = (name: string, groupId: string): ISecurityGroup =>
      SecurityGroup.fromSecurityGroupId(this, name, groupId, { mutable: false });
    this.ingressDoor = {
      connections: new Connections({
        securityGroups: [group('Ingress', attributes.ingressSecurityGroupId)],
        defaultPort: Port.tcp(PORTS.https),
      }),
    };
    this.services = group('Services', attributes.servicesSecurityGroupId);
    const [publicKey = '', ...alsoAccepted] = attributes.identityPublicKeys;
    this.identityPublicKeys = identityPublicKeys({ publicKey, alsoAccepted });
    this.logGroup = LogGroup.fromLogGroupArn(this, 'Logs', attributes.logGroupArn);
  }

  public grantReadLogs(grantee: IGrantable): Grant {
    return grantReadLogs(this.logGroup, grantee);
  }
}
