import type { IMetric, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Ec2Service } from 'aws-cdk-lib/aws-ecs';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { fetchesKeys, type SecurityModel } from '../core/security-model';
import { identityPublicKeys } from '../restate/identity-public-keys';
import { AdminBalancer } from './admin-balancer';
import { Balancer } from './balancer';
import { grantBreakGlass } from './break-glass';
import { dataSnapshots } from './data-snapshots';
import { DataVolume } from './data-volume';
import { writeDnsRecords } from './dns';
import { Door } from './door';
import { Encryption } from './encryption';
import { Endpoints } from './endpoints';
import { ImportedServer } from './imported-server';
import { grantReadLogs } from './log-reader';
import { Machine } from './machine';
import type { MetricLook } from './metrics';
import { Monitoring } from './monitoring';
import { nodeSubnet } from './node-subnet';
import { Notices } from './notices';
import type { PeerHandle } from './peer';
import type { RestateServerProps } from './restate-server-props';
import { retainedLogs } from './retained-logs';
import { SecurityGroups } from './security-groups';
import type { RestateServerAttributes } from './server-attributes';
import { planServer } from './server-plan';
import type { IRestateServer } from './server-reference';
import { serverService } from './server-service';
import type { Snapshots } from './snapshots';
import { Task } from './task';

/**
 * One Restate server, alone on a machine, with Envoy beside it as the only way in.
 *
 * Callers reach a load balancer, and through it Envoy, which verifies their token and lets through what it knows. Restate listens on
 * loopback and a unix socket. Its requests to services are signed. The machine has no public address and no way out but the VPC
 * endpoints; what the disk holds is encrypted, and outlives machine and stack.
 *
 * It has no `connections` of its own: a door has, one for each audience, and it admits nobody whom the properties do not name. Where a
 * user may want what is not offered, the children below are public; `portcullis prove` reads what came of it.
 *
 * @example
 * new RestateServer(stack, 'Restate', {
 *   vpc,
 *   images,
 *   identity: { secret, publicKey: 'publickeyv1_...' },
 *   ingress: {
 *     certificate,
 *     hostnames: ['restate.example.com'],
 *     peers: [Peer.securityGroup(shop)],
 *     auth: IngressAuth.jwt({ issuer: 'https://login.example.com/', audiences: ['orders'], jwks }),
 *   },
 * });
 * @throws UnsafeConfigurationError when what is asked for could not be safe or could not be proven
 * @see https://docs.restate.dev/server/security
 */
export class RestateServer extends Construct implements IRestateServer {
  /**
   * A server of another stack, by what that stack says of it: for those who call it, and for services behind it.
   *
   * @throws UnsafeConfigurationError when an attribute is none that a server can have
   */
  public static fromAttributes(scope: Construct, id: string, attributes: RestateServerAttributes): IRestateServer {
    return new ImportedServer(scope, id, attributes);
  }

  /** Who may talk to which listener, and what they must show. */
  public readonly model: SecurityModel<PeerHandle>;
  public readonly hostnames: readonly string[];
  public readonly url: string;
  public readonly identityPublicKeys: readonly string[];
  /** Services behind Restate wear this group; they listen on 9080. */
  public readonly services: ISecurityGroup;
  public readonly encryption: Encryption;
  public readonly logGroup: LogGroup;
  /** Where it is told that the machine was replaced, and of alarms that `alarms` sends nowhere else: for people to subscribe to. */
  public readonly notices: Notices;
  public readonly volume: DataVolume;
  /** Absent where `snapshots` is false. */
  public readonly snapshots?: Snapshots;
  public readonly securityGroups: SecurityGroups;
  /** Absent where `existingEndpoints` are used. */
  public readonly endpoints?: Endpoints;
  public readonly machine: Machine;
  public readonly task: Task;
  public readonly service: Ec2Service;
  public readonly balancer: Balancer;
  /** Absent where `admin` admits nobody. */
  public readonly adminBalancer?: AdminBalancer;
  /** Where callers come in, for `connections` of the framework: `shop.connections.allowToDefaultPort(restate.ingressDoor)`. */
  public readonly ingressDoor: Door;
  /** Where operators come in. Absent where `admin` admits nobody. */
  public readonly adminDoor?: Door;
  /** Metrics, alarms, dashboard and flow logs. */
  public readonly monitoring: Monitoring;

  public constructor(scope: Construct, id: string, props: RestateServerProps) {
    super(scope, id);
    const plan = planServer(this, props);
    const { model } = plan;
    const { vpc } = props;
    const subnet = nodeSubnet(vpc, props.vpcSubnets, fetchesKeys(model));
    this.model = model;
    this.hostnames = model.ingress.hostnames;
    this.url = `https://${this.hostnames[0]}`;
    this.identityPublicKeys = identityPublicKeys(props.identity);

    this.encryption = new Encryption(this, 'Encryption', { key: props.encryptionKey });
    const encryptionKey = this.encryption.key;
    this.notices = new Notices(this, 'Notices', { encryptionKey });
    this.logGroup = retainedLogs(this, { encryptionKey, retention: props.logRetention });
    this.volume = new DataVolume(this, 'Data', {
      subnet,
      encryptionKey,
      size: props.volumeSize,
      marker: plan.server.clusterName,
      restoreFrom: props.restoreFrom,
    });
    const snapshots = dataSnapshots(this, { volume: this.volume, encryptionKey, options: props.snapshots });
    if (snapshots !== undefined) this.snapshots = snapshots;

    const groups = new SecurityGroups(this, 'SecurityGroups', { vpc, model, endpoints: props.existingEndpoints });
    this.securityGroups = groups;
    this.services = groups.services;
    this.ingressDoor = new Door(this, 'IngressDoor', { name: 'ingress', model, group: groups.balancer });
    if (groups.adminBalancer !== undefined) {
      this.adminDoor = new Door(this, 'AdminDoor', { name: 'admin', model, group: groups.adminBalancer });
    }
    if (props.existingEndpoints === undefined) {
      this.endpoints = new Endpoints(this, 'Endpoints', { ...plan, vpc, subnet, securityGroup: groups.endpoints });
    }

    this.machine = new Machine(this, 'Machine', {
      ...props,
      subnet,
      securityGroup: groups.host,
      volume: this.volume,
      encryption: this.encryption,
      notices: this.notices,
      logGroup: this.logGroup,
      marker: plan.server.clusterName,
      revocation: plan.revocation,
    });
    this.task = new Task(this, 'Task', { ...props, plan, logGroup: this.logGroup });
    this.service = serverService(this, { machine: this.machine, task: this.task, subnet, securityGroup: groups.task });
    // The machine finds its doors to AWS open, and is gone before they close: what ends a task is said through them.
    this.machine.autoScalingGroup.node.addDependency(groups, ...(this.endpoints === undefined ? [] : [this.endpoints]));
    this.balancer = new Balancer(this, 'Balancer', {
      ...props.ingress,
      vpc,
      subnet,
      encryptionKey,
      auditBucket: props.auditBucket,
      securityGroup: groups.balancer,
      target: this.task.proxyOf(this.service),
    });
    if (props.adminCertificate !== undefined && groups.adminBalancer !== undefined) {
      this.adminBalancer = new AdminBalancer(this, 'AdminBalancer', {
        vpc,
        subnet,
        securityGroup: groups.adminBalancer,
        certificate: props.adminCertificate,
        accessLogs: this.balancer.accessLogs,
        target: this.task.adminProxyOf(this.service),
      });
    }
    writeDnsRecords(this, { zones: props.dns, model, balancer: this.balancer, adminBalancer: this.adminBalancer });
    this.monitoring = new Monitoring(this, 'Monitoring', {
      model,
      watched: props.existingEndpoints === undefined ? vpc : subnet,
      encryptionKey,
      certificate: props.ingress.certificate,
      adminCertificate: props.adminCertificate,
      logGroup: this.logGroup,
      targetGroup: this.balancer.targetGroup,
      retention: props.logRetention,
      alarms: props.alarms,
      notices: this.notices,
      snapshots,
      service: this.service,
    });
  }

  public grantReadLogs(grantee: IGrantable): Grant {
    return grantReadLogs(this.logGroup, grantee);
  }

  /**
   * Lets somebody open a shell on the machine, by Session Manager: as root there, and so with the admin socket and the disk. For nobody by
   * default, and for few in an emergency.
   */
  public grantBreakGlass(grantee: IGrantable): Grant {
    return grantBreakGlass(this, this.volume, grantee);
  }

  /** Calls of the ingress. @see Metrics.calls */
  public metricCalls(options?: MetricOptions): Metric {
    return this.monitoring.metrics.calls(options);
  }

  /** Calls of the ingress that were refused for want of a credential or a right. @see Metrics.denied */
  public metricDenied(options?: MetricOptions): Metric {
    return this.monitoring.metrics.denied(options);
  }

  /** Requests at any door that were refused because there were too many. @see Metrics.rateLimited */
  public metricRateLimited(options?: MetricOptions): Metric {
    return this.monitoring.metrics.rateLimited(options);
  }

  /** Calls of the ingress that ended with 5xx. @see Metrics.errors */
  public metricErrors(options?: MetricOptions): Metric {
    return this.monitoring.metrics.errors(options);
  }

  /** Requests at the operators' door that were refused. @see Metrics.adminDenied @throws UnsafeConfigurationError `MetricWithoutSource` */
  public metricAdminDenied(options?: MetricOptions): Metric {
    return this.monitoring.metrics.adminDenied(options);
  }

  /** Nodes to which the load balancer forwards: 1 or 0. @see Metrics.healthyHosts */
  public metricHealthyHosts(options?: MetricOptions): Metric {
    return this.monitoring.metrics.healthyHosts(options);
  }

  /** Percent of the data disk in use. @see Metrics.diskUsed */
  public metricDiskUsed(options?: MetricOptions): Metric {
    return this.monitoring.metrics.diskUsed(options);
  }

  /** Days until the certificate of the ingress expires. @see Metrics.certificateDaysLeft */
  public metricCertificateDaysLeft(options?: MetricLook): IMetric {
    return this.monitoring.metrics.certificateDaysLeft(options);
  }

  /** Seconds until a revocation list expires. @see Metrics.revocationListSecondsLeft @throws UnsafeConfigurationError `MetricWithoutSource` */
  public metricRevocationListSecondsLeft(options?: MetricOptions): Metric {
    return this.monitoring.metrics.revocationListSecondsLeft(options);
  }

  /** Seconds until an API key that is in use expires. @see Metrics.apiKeySecondsLeft @throws UnsafeConfigurationError `MetricWithoutSource` */
  public metricApiKeySecondsLeft(options?: MetricLook): IMetric {
    return this.monitoring.metrics.apiKeySecondsLeft(options);
  }
}
