import { Duration, Size } from 'aws-cdk-lib';
import {
  AwsLogDriverMode,
  Capability,
  ContainerDependencyCondition,
  Ec2TaskDefinition,
  LinuxParameters,
  LogDrivers,
  NetworkMode,
  Secret,
  TmpfsMountOption,
  UlimitName,
} from 'aws-cdk-lib/aws-ecs';
import type {
  CfnTaskDefinition,
  ContainerDefinition,
  ContainerDefinitionOptions,
  Ec2Service,
} from 'aws-cdk-lib/aws-ecs';
import type { INetworkLoadBalancerTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { renderCertificateScript } from '../proxy/certificate-script';
import { REVOCATION_DIRECTORY } from '../proxy/revocation-list';
import { IDENTITY_KEY_FILE, IDENTITY_KEY_VARIABLE, renderEntryScript } from '../restate/entry-script';
import { assertProxySupported } from '../proxy/versions';
import { renderServerEnvironment } from '../restate/server-environment';
import { adminSocketFile, DEFAULT_BASE_DIR } from '../restate/listeners';
import { acceptRisk } from './accepted-risk';
import { renderImage, type ServerImages } from './images';
import { ExecutionRole } from './execution-role';
import { EXPIRY_SCRIPT } from './expiry-script';
import { stateIntent } from './intent';
import { PORTS } from './ports';
import { CERTIFICATE_VARIABLE, PRIVATE_KEY_VARIABLE } from './ingress-certificate';
import { ProxyCertificate } from './proxy-certificate';
import type { IdentityProps, IngressProps } from './restate-server-props';
import type { ServerPlan } from './server-plan';
import { DATA_DIRECTORY, PROXY_USER, RESTATE_USER, TLS_DIRECTORY } from './task-layout';

/** Properties of {@link Task}. */
export interface TaskProps {
  readonly plan: ServerPlan;
  readonly images: ServerImages;
  readonly identity: IdentityProps;
  readonly ingress: Pick<IngressProps, 'certificate'>;
  readonly logGroup: ILogGroup;
}

/** The task of a node: Envoy and Restate share one network interface, and only Envoy listens on it. */
export class Task extends Construct {
  public readonly taskDefinition: Ec2TaskDefinition;
  /** What ECS itself uses to start the task. */
  public readonly executionRole: ExecutionRole;
  /** Makes the proxy's certificate and ends. Absent where no load balancer ends TLS. */
  public readonly certificate?: ContainerDefinition;
  /** Logs how long the proxy's certificate lasts. Absent where it is minted with the task. */
  public readonly expiry?: ContainerDefinition;
  public readonly restate: ContainerDefinition;
  public readonly envoy: ContainerDefinition;

  public constructor(scope: Construct, id: string, props: TaskProps) {
    super(scope, id);
    this.executionRole = new ExecutionRole(this, 'ExecutionRole', { images: props.images });
    this.taskDefinition = new Ec2TaskDefinition(this, 'Definition', {
      networkMode: NetworkMode.AWS_VPC,
      executionRole: this.executionRole.role,
      volumes: [
        { name: 'data', host: { sourcePath: DATA_DIRECTORY } },
        ...volumesOf(props.plan).map(([name, sourcePath]) => ({ name, host: { sourcePath } })),
      ],
    });
    const definition = this.taskDefinition.node.defaultChild as CfnTaskDefinition;
    stateIntent(definition, props.plan.model);
    if (props.plan.model.admin.kind === 'peers') acceptRisk(definition, ADMIN_ON_LOOPBACK);
    const { certificate } = props.ingress;
    if (mints(props.plan)) this.certificate = this.addCertificate(props);
    this.restate = this.addRestate(props);
    this.envoy = this.addEnvoy(props);
    if (certificate instanceof ProxyCertificate) this.expiry = this.addExpiry(props, certificate);
    if (this.certificate !== undefined) {
      const condition = ContainerDependencyCondition.SUCCESS;
      this.envoy.addContainerDependencies({ container: this.certificate, condition });
    }
    this.envoy.addContainerDependencies({ container: this.restate, condition: ContainerDependencyCondition.HEALTHY });
  }

  /** Envoy's port of a service that runs this task: what the load balancer forwards to. */
  public proxyOf(service: Ec2Service): INetworkLoadBalancerTarget {
    return service.loadBalancerTarget({ containerName: this.envoy.containerName, containerPort: PORTS.proxy });
  }

  /** The port of Envoy's admin listener, which is there where `admin` names peers. */
  public adminProxyOf(service: Ec2Service): INetworkLoadBalancerTarget {
    return service.loadBalancerTarget({ containerName: this.envoy.containerName, containerPort: PORTS.admin });
  }

  private addCertificate(props: TaskProps): ContainerDefinition {
    const container = this.taskDefinition.addContainer('certificate', {
      ...this.hardened('Certificate', props, PROXY_USER),
      image: renderImage(this, 'certificate', props.images.certificate),
      essential: false,
      memoryLimitMiB: 64,
      entryPoint: ['/bin/sh', '-c'],
      command: [renderCertificateScript({ directory: TLS_DIRECTORY })],
    });
    container.addMountPoints({ sourceVolume: 'proxy-tls', containerPath: TLS_DIRECTORY, readOnly: false });
    return container;
  }

  /** It is given the public half alone. */
  private addExpiry(props: TaskProps, { secret }: ProxyCertificate): ContainerDefinition {
    return this.taskDefinition.addContainer('expiry', {
      ...this.hardened('Expiry', props, PROXY_USER),
      image: renderImage(this, 'certificate', props.images.certificate),
      essential: false,
      memoryLimitMiB: 64,
      entryPoint: ['/bin/sh', '-c'],
      command: [EXPIRY_SCRIPT],
      secrets: { [CERTIFICATE_VARIABLE]: Secret.fromSecretsManager(secret, 'certificate') },
    });
  }

  private addRestate(props: TaskProps): ContainerDefinition {
    const container = this.taskDefinition.addContainer('restate', {
      ...this.hardened('Restate', props, RESTATE_USER),
      image: renderImage(this, 'restate', props.images.restate),
      memoryLimitMiB: 2 * props.plan.server.rocksdbMemoryMib + 512,
      entryPoint: ['/bin/sh', '-c'],
      command: [renderEntryScript()],
      environment: renderServerEnvironment(props.plan.server),
      dockerLabels: { [IDENTITY_LABEL]: props.identity.publicKey },
      secrets: { [IDENTITY_KEY_VARIABLE]: Secret.fromSecretsManager(props.identity.secret) },
      healthCheck: {
        command: [
          'CMD',
          'curl',
          '--fail',
          '--silent',
          '--max-time',
          '3',
          '--unix-socket',
          adminSocketFile(props.plan.server),
          'http://localhost/health',
        ],
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        retries: 6,
        startPeriod: Duration.seconds(120),
      },
      stopTimeout: serverStopTimeout(props.plan),
    });
    container.addMountPoints({ sourceVolume: 'data', containerPath: DEFAULT_BASE_DIR, readOnly: false });
    container.linuxParameters?.addTmpfs(keyTmpfs());
    return container;
  }

  private addEnvoy(props: TaskProps): ContainerDefinition {
    const image = renderImage(this, 'envoy', props.images.envoy);
    const { certificate } = props.ingress;
    assertProxySupported(props.images.envoy.tag);
    const container = this.taskDefinition.addContainer('envoy', {
      ...this.hardened('Envoy', props, PROXY_USER),
      image,
      memoryLimitMiB: 512,
      entryPoint: ['/usr/local/bin/envoy'],
      command: [...props.plan.proxyArguments],
      ...(certificate instanceof ProxyCertificate && { secrets: secretsOf(certificate) }),
      portMappings: portsOf(props.plan).map((containerPort) => ({ containerPort })),
      stopTimeout: Duration.seconds(30),
    });
    for (const [sourceVolume, containerPath] of volumesOf(props.plan)) {
      container.addMountPoints({ sourceVolume, containerPath, readOnly: true });
    }
    return container;
  }

  /** What every container gets: a user of its own, nothing to write on, no power over the machine. */
  private hardened(name: string, props: TaskProps, user: number): Omit<ContainerDefinitionOptions, 'image'> {
    const linuxParameters = new LinuxParameters(this, name, { initProcessEnabled: false });
    linuxParameters.dropCapabilities(Capability.ALL);
    return {
      user: `${user}:${user}`,
      readonlyRootFilesystem: true,
      privileged: false,
      dockerSecurityOptions: ['no-new-privileges'],
      linuxParameters,
      ulimits: [{ name: UlimitName.NOFILE, softLimit: 65_536, hardLimit: 65_536 }],
      logging: LogDrivers.awsLogs({
        streamPrefix: 'restate',
        logGroup: props.logGroup,
        mode: AwsLogDriverMode.NON_BLOCKING,
        maxBufferSize: LOG_BUFFER,
      }),
    };
  }
}

/** Label of the server that names the key that it signs with, so that another key is another task. */
const IDENTITY_LABEL = 'portcullis.identity';

/**
 * What waits to be written: a flood of callers that fills it loses lines of operators, too, and Docker's own is one mebibyte.
 *
 * @see https://aws.amazon.com/blogs/containers/preventing-log-loss-with-non-blocking-mode-in-the-awslogs-container-log-driver/
 */
const LOG_BUFFER = Size.mebibytes(25);

/** What Envoy listens on beyond loopback. */
function portsOf({ model }: ServerPlan): readonly number[] {
  return [PORTS.proxy, PORTS.health, ...(model.admin.kind === 'peers' ? [PORTS.admin] : [])];
}

const ADMIN_ON_LOOPBACK = {
  claim: 'admin-closed',
  reason:
    "the server offers its admin API on the task's loopback, too, where Envoy's admin listener reaches it: the containers of this task " +
    'need no credential for it; AdminAccess.nobody() closes it',
};

/** Whether a load balancer speaks TLS of its own to Envoy, at one of the doors. */
function mints({ certificate, model }: ServerPlan): boolean {
  return certificate.kind === 'files' || model.admin.kind === 'peers';
}

/** Memory of the machine that Envoy reads, each at the same path there. */
function volumesOf(plan: ServerPlan): readonly (readonly [name: string, path: string])[] {
  return [
    ...(mints(plan) ? [['proxy-tls', TLS_DIRECTORY] as const] : []),
    ...(plan.revocation === undefined ? [] : [['proxy-revocation', REVOCATION_DIRECTORY] as const]),
  ];
}

function secretsOf({ secret }: ProxyCertificate): Record<string, Secret> {
  return {
    [CERTIFICATE_VARIABLE]: Secret.fromSecretsManager(secret, 'certificate'),
    [PRIVATE_KEY_VARIABLE]: Secret.fromSecretsManager(secret, 'privateKey'),
  };
}

/** ECS kills the server after that: never before the server's own time to end its work is over. ECS allows 120 s. */
function serverStopTimeout({ server }: ServerPlan): Duration {
  return Duration.seconds(Math.min(server.shutdownTimeoutSeconds + 10, 120));
}

/** Memory for the one file that the entry script makes. The framework's list of options has names without values. */
function keyTmpfs(): { containerPath: string; size: number; mountOptions: TmpfsMountOption[] } {
  return {
    containerPath: IDENTITY_KEY_FILE.slice(0, IDENTITY_KEY_FILE.lastIndexOf('/')),
    size: 1,
    mountOptions: [
      TmpfsMountOption.NOEXEC,
      TmpfsMountOption.NOSUID,
      TmpfsMountOption.NODEV,
      `${TmpfsMountOption.MODE}=0700` as TmpfsMountOption,
      `${TmpfsMountOption.UID}=${RESTATE_USER}` as TmpfsMountOption,
      `${TmpfsMountOption.GID}=${RESTATE_USER}` as TmpfsMountOption,
    ],
  };
}
