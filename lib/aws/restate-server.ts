import { Names, RemovalPolicy, Size } from 'aws-cdk-lib';
import { InstanceClass, InstanceSize, InstanceType } from 'aws-cdk-lib/aws-ec2';
import type { Cluster, Ec2Service } from 'aws-cdk-lib/aws-ecs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AdminAccess } from '../core/admin-access';
import { defineSecurityModel, type SecurityModel } from '../core/security-model';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { proxyArguments } from '../proxy/arguments';
import { renderBootstrap } from '../proxy/bootstrap';
import { CERTIFICATE_FILE, PRIVATE_KEY_FILE } from '../proxy/certificate-script';
import { DEFAULT_NODE_NAME, RESTATE_PORTS, restateListeners } from '../restate/listeners';
import { assertPublicKey } from '../restate/request-identity';
import { renderServerEnvironment } from '../restate/server-environment';
import { Balancer } from './balancer';
import { DataVolume } from './data-volume';
import { Encryption } from './encryption';
import { Endpoints } from './endpoints';
import { ExecutionRole } from './execution-role';
import { Node } from './node';
import { nodeSubnet } from './node-subnet';
import { PORTS } from './ports';
import type { RestateServerProps } from './restate-server-props';
import { SecurityGroups } from './security-groups';
import { serverCluster, serverService } from './server-service';
import { Task } from './task';
import { TLS_DIRECTORY } from './task-layout';

export class RestateServer extends Construct {
  public readonly identityPublicKey: string;
  public readonly model: SecurityModel<ISecurityGroup>;
  public readonly securityGroups: SecurityGroups;
  public readonly endpoints: Endpoints | undefined;
  public readonly encryption: Encryption;
  public readonly logGroup: LogGroup;
  public readonly volume: DataVolume;
  public readonly cluster: Cluster;
  public readonly node_: Node;
  public readonly task: Task;
  public readonly service: Ec2Service;
  public readonly balancer: Balancer;

  public constructor(scope: Construct, id: string, props: RestateServerProps) {
    super(scope, id);
    assertPublicKey(props.identity.publicKey);
    this.identityPublicKey = props.identity.publicKey;
    this.model = defineSecurityModel<ISecurityGroup>({
      listeners: restateListeners(props.server),
      ingress: props.ingress,
      admin: props.admin ?? AdminAccess.nobody(),
    });
    const clusterName =
      props.clusterName ?? Names.uniqueResourceName(this, { maxLength: 60, separator: '-' }).toLowerCase();
    const serverEnvironment = renderServerEnvironment({
      ...props.server,
      version: props.images.restate.tag,
      clusterName,
    });
    const args = proxyArguments(
      renderBootstrap({
        ingress: this.model.ingress,
        listener: {
          port: PORTS.proxy,
          certificateFile: `${TLS_DIRECTORY}/${CERTIFICATE_FILE}`,
          privateKeyFile: `${TLS_DIRECTORY}/${PRIVATE_KEY_FILE}`,
        },
        health: { port: PORTS.health },
        upstream: { port: RESTATE_PORTS.ingress },
      }),
    );
    const subnet = nodeSubnet(props.vpc, props.vpcSubnets, this.model.ingress.auth.keys.source === 'remote');
    this.encryption = new Encryption(this, 'Encryption', { ...(props.encryptionKey && { key: props.encryptionKey }) });
    this.securityGroups = new SecurityGroups(this, 'SecurityGroups', {
      vpc: props.vpc,
      model: this.model,
      ...(props.existingEndpoints && { endpoints: props.existingEndpoints }),
    });
    this.endpoints = props.existingEndpoints
      ? undefined
      : new Endpoints(this, 'Endpoints', { vpc: props.vpc, subnet, securityGroup: this.securityGroups.endpoints });
    this.logGroup = new LogGroup(this, 'Logs', {
      encryptionKey: this.encryption.key,
      retention: props.logRetention ?? RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.volume = new DataVolume(this, 'Data', {
      subnet,
      encryptionKey: this.encryption.key,
      size: props.volumeSize ?? Size.gibibytes(64),
    });
    this.cluster = serverCluster(this, props.vpc);
    this.node_ = new Node(this, 'Node', {
      cluster: this.cluster,
      subnet,
      securityGroup: this.securityGroups.host,
      volume: this.volume,
      encryption: this.encryption,
      instanceType: props.instanceType ?? InstanceType.of(InstanceClass.M7G, InstanceSize.LARGE),
      marker: clusterName,
      ...(props.machineImage && { machineImage: props.machineImage }),
    });
    this.task = new Task(this, 'Task', {
      images: props.images,
      identityKey: props.identity.secret,
      executionRole: new ExecutionRole(this, 'ExecutionRole', { images: props.images }).role,
      logGroup: this.logGroup,
      proxyArguments: args,
      serverEnvironment,
      serverMemoryMib: 2 * (props.server?.rocksdbMemoryMib ?? 2_048) + 512,
      nodeName: props.server?.nodeName ?? DEFAULT_NODE_NAME,
    });
    this.service = serverService(this, {
      cluster: this.cluster,
      taskDefinition: this.task.taskDefinition,
      vpc: props.vpc,
      subnet,
      securityGroup: this.securityGroups.task,
    });
    this.service.node.addDependency(this.node_);
    this.balancer = new Balancer(this, 'Balancer', {
      vpc: props.vpc,
      internetFacing: props.ingress.internetFacing ?? false,
      subnet,
      securityGroup: this.securityGroups.balancer,
      certificate: props.ingress.certificate,
      target: this.service.loadBalancerTarget({ containerName: 'envoy', containerPort: PORTS.proxy }),
    });
  }
}
