import type { IConnectable, ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';

/** A server as other stacks need it: who calls it, and what stands behind it. */
export interface IRestateServer extends IConstruct {
  /** The host names that callers use. */
  readonly hostnames: readonly string[];
  /** Where callers find it, by the first of them: `https://restate.example.com`. */
  readonly url: string;
  /** Where callers come in: `shop.connections.allowToDefaultPort(restate.ingressDoor)` gives the shop its way out, and admits nobody. */
  readonly ingressDoor: IConnectable;
  /** Services behind Restate wear this group; they listen on 9080. */
  readonly services: ISecurityGroup;
  /**
   * What services verify their server with, the key that it signs with first. All of them, so that the key can be rotated:
   * `identityKeys: [...]` of the SDK.
   */
  readonly identityPublicKeys: readonly string[];
  /** Lines of Envoy, of the machine and of the server. */
  readonly logGroup: ILogGroup;

  /** Lets somebody read the logs of this server, and of nothing else. They hold no credential; they do say who called what. */
  grantReadLogs(grantee: IGrantable): Grant;
}
