import { Construct } from 'constructs';
import type { SecurityModel } from '../core/security-model';
import type { GoogleIdToken } from '../restate/google-id-token';
import { identityPublicKeys } from '../restate/identity-public-keys';
import { acceptRisk } from './accepted-risk';
import { Alarms } from './alarms';
import { grantBreakGlass } from './break-glass';
import { accountOfToken, credentialsRisk, type GoogleCredentials } from './credentials';
import { DATA_DEVICE, DataDisk } from './data-disk';
import { writeDnsRecords } from './dns';
import { Encryption } from './encryption';
import { FirewallRules } from './firewall-rules';
import { assertOneFramework } from './framework';
import { HealthCheck } from './health-check';
import { HttpsFront } from './https-front';
import { renderImage } from './images';
import { ImportedServer } from './imported-server';
import { certificateImage } from './ingress-certificate';
import { Instance } from './instance';
import { InstanceGroup, LONGEST_MACHINE_NAME } from './instance-group';
import { stateIntent } from './intent';
import { LogBucket } from './log-bucket';
import { renderCloudInit } from './machine/cloud-init';
import { revocationObject } from './machine/revocation-object';
import { MachineAccount } from './machine-account';
import { machineSecrets, type MachineSecret, secretFilesOf } from './machine-secrets';
import { ManagedCertificate } from './managed-certificate';
import { grantOperatorTunnels, hasOperatorsByAddress } from './operators';
import { PassthroughFront } from './passthrough-front';
import type { PeerHandle } from './peer';
import { PORTS } from './ports';
import { resourceName } from './resource-name';
import type { RestateServerProps } from './restate-server-props';
import type { RestateServerAttributes } from './server-attributes';
import { planServer, type ServerPlan } from './server-plan';
import type { IRestateServer } from './server-reference';
import { dataSnapshots, type Snapshots } from './snapshots';

/**
 * One Restate server, alone on a virtual machine, with Envoy beside it as the only way in.
 *
 * Callers reach an address of a load balancer, and through it Envoy, which verifies their credential and lets through what it knows. Restate
 * listens on loopback and a unix socket. Its requests to services are signed, and those to private services of Cloud Run carry an ID token.
 * The machine has no address of the internet and no way out but to Google's own services; what the disk holds is encrypted, and outlives
 * machine and stack.
 *
 * It admits nobody whom the properties do not name. Where a user may want what is not offered, the children below are public;
 * `portcullis prove` reads what came of it.
 *
 * @example
 * new RestateServer(stack, 'Restate', {
 *   project: { id: 'my-project', number: '123456789012' },
 *   network,
 *   zone: 'europe-west3-a',
 *   images,
 *   identity: { secret: SecretVersion.of({ secret: identityKey, version: '1' }), publicKey: 'publickeyv1_...' },
 *   ingress: {
 *     certificate: ProxyCertificate.fromSecret({ certificate, privateKey }),
 *     hostnames: ['restate.example.com'],
 *     peers: [Peer.serviceAccount('shop@my-project.iam.gserviceaccount.com')],
 *     auth: IngressAuth.jwt({ issuer: 'https://login.example.com/', audiences: ['orders'], jwks }),
 *   },
 * });
 * @throws UnsafeConfigurationError when what is asked for could not be safe or could not be proven
 * @see https://docs.restate.dev/server/security
 */
export class RestateServer extends Construct implements IRestateServer {
  /**
   * A server of another stack, by what that stack says of it: for services behind it.
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
  public readonly credentials: GoogleCredentials;
  public readonly encryption: Encryption;
  /** What the machine runs as. */
  public readonly account: MachineAccount;
  public readonly disk: DataDisk;
  /** Absent where `snapshots` is false. */
  public readonly snapshots?: Snapshots;
  public readonly logBucket: LogBucket;
  public readonly firewall: FirewallRules;
  public readonly instance: Instance;
  public readonly healthCheck: HealthCheck;
  public readonly instanceGroup: InstanceGroup;
  /** Where callers come in: with a `ProxyCertificate` a passthrough load balancer, with a `ManagedCertificate` one of HTTPS. */
  public readonly front: PassthroughFront | HttpsFront;
  /** Where operators come in. Absent where `admin` admits nobody, or tunnels alone. */
  public readonly adminFront?: PassthroughFront;
  public readonly alarms: Alarms;

  public constructor(scope: Construct, id: string, props: RestateServerProps) {
    super(scope, id);
    assertOneFramework(this, { ...props });
    const plan = planServer(this, props);
    const { model } = plan;
    const { network, zone } = props;
    const project = props.project.id;
    const { region } = network;
    const secrets = machineSecrets(props, plan);
    this.model = model;
    this.hostnames = model.ingress.hostnames;
    this.url = `https://${this.hostnames[0]}`;
    this.identityPublicKeys = identityPublicKeys(props.identity);
    this.credentials = plan.credentials;

    this.encryption = new Encryption(this, 'Encryption', {
      project: props.project,
      region,
      key: props.encryptionKey,
      logAgent: props.logEncryptionAgent,
    });
    this.account = this.accountOf(props, plan, secrets);
    const { encryption, account } = this;
    this.disk = new DataDisk(this, 'Data', {
      project,
      zone,
      encryption,
      type: props.diskType,
      sizeGib: props.diskSizeGib,
      restoreFrom: props.restoreFrom,
    });
    const snapshots = dataSnapshots(this, { project, region, zone, disk: this.disk, options: props.snapshots });
    if (snapshots !== undefined) this.snapshots = snapshots;
    const machine = resourceName(this, LONGEST_MACHINE_NAME, 'Machine');
    this.logBucket = new LogBucket(this, 'Logs', {
      project,
      region,
      encryption,
      machine,
      retentionDays: props.logRetentionDays,
      locked: props.lockLogs,
    });

    this.firewall = new FirewallRules(this, 'Firewall', {
      project,
      network,
      model,
      front: plan.front,
      targetAccount: account.email,
    });
    for (const range of props.services ?? []) this.firewall.reach(range);
    this.instance = new Instance(this, 'Instance', {
      project,
      network,
      account,
      encryption,
      image: props.images.machine,
      machineType: props.machineType,
      userData: this.userData(props, plan, secrets),
      tags: this.firewall.tags,
    });
    this.healthCheck = new HealthCheck(this, 'HealthCheck', { project, region, front: plan.front });
    this.instanceGroup = new InstanceGroup(this, 'Group', {
      project,
      zone,
      machine,
      front: plan.front,
      instance: this.instance,
      disk: this.disk,
      healthCheck: this.healthCheck,
    });
    this.front = this.frontOf(props, plan);
    if (hasOperatorsByAddress(model)) {
      this.adminFront = new PassthroughFront(this, 'AdminFront', { ...this.behind(props), port: PORTS.admin });
    }
    grantOperatorTunnels(this, model, this.instanceGroup);
    writeDnsRecords(this, {
      project,
      zones: props.dns,
      model,
      ingressAddress: this.front.address,
      adminAddress: this.adminFront?.address,
    });
    this.alarms = new Alarms(this, 'Alarms', {
      project,
      machine,
      group: this.instanceGroup.manager.name,
      model,
      options: props.alarms,
    });
    stateIntent(this.instance.template, model);
    const { credentials } = plan;
    const risks = [
      credentialsRisk(credentials),
      model.admin.kind === 'peers' ? ADMIN_ON_LOOPBACK : undefined,
      credentials.source === 'metadata-server' && credentials.impersonate !== undefined ? TOKEN_OF_MACHINE : undefined,
    ];
    for (const risk of risks) if (risk !== undefined) acceptRisk(this.instance.template, risk);
  }

  /** Name of the machine in its zone, for good: what a tunnel is opened to. */
  public get machineName(): string {
    return this.instanceGroup.name;
  }

  /** The IPv4 address that callers connect to: where records of their host names lead. */
  public get address(): string {
    return this.front.address;
  }

  /** The IPv4 address that operators connect to. Absent where `admin` admits nobody, or tunnels alone. */
  public get adminAddress(): string | undefined {
    return this.adminFront?.address;
  }

  public callerAccount(auth: GoogleIdToken): string {
    return accountOfToken(this, this.credentials, auth, this.account.email);
  }

  /**
   * Lets somebody open a shell on the machine, through a tunnel of Identity-Aware Proxy: as root there, and so with the admin socket and the
   * disk. For nobody by default, and for few in an emergency.
   *
   * @param principal `user:...`, `group:...`, `serviceAccount:...`, `principal://...` or `principalSet://...`
   * @throws UnsafeConfigurationError `PrincipalInvalid`
   */
  public grantBreakGlass(principal: string): void {
    const { instanceGroup: machine, account, firewall } = this;
    grantBreakGlass(this, { machine, account, firewall }, principal);
  }

  private accountOf(props: RestateServerProps, plan: ServerPlan, secrets: readonly MachineSecret[]): MachineAccount {
    return new MachineAccount(this, 'Account', {
      project: props.project.id,
      images: props.images,
      secrets,
      credentials: plan.credentials,
      revocationBucket: revocationObject(plan.model.ingress.auth)?.bucket,
    });
  }

  private userData({ images }: RestateServerProps, plan: ServerPlan, secrets: readonly MachineSecret[]): string {
    const certificate = certificateImage(images, plan.front);
    return renderCloudInit({
      plan,
      images: {
        restate: renderImage('restate', images.restate),
        envoy: renderImage('envoy', images.envoy),
        ...(certificate !== undefined && { certificate }),
      },
      secretFiles: secretFilesOf(secrets),
      marker: plan.server.clusterName,
      deviceName: DATA_DEVICE,
      restored: this.disk.restored,
    });
  }

  private frontOf(props: RestateServerProps, plan: ServerPlan): PassthroughFront | HttpsFront {
    const { certificate, internetFacing = false } = props.ingress;
    if (certificate instanceof ManagedCertificate) {
      return new HttpsFront(this, 'Front', { ...this.behind(props), model: plan.model, certificate });
    }
    return new PassthroughFront(this, 'Front', { ...this.behind(props), port: PORTS.https, internetFacing });
  }

  private behind({ project, network }: RestateServerProps): {
    project: string;
    network: RestateServerProps['network'];
    instanceGroup: string;
    healthCheck: string;
  } {
    return {
      project: project.id,
      network,
      instanceGroup: this.instanceGroup.groupId,
      healthCheck: this.healthCheck.resource.id,
    };
  }
}

const ADMIN_ON_LOOPBACK = {
  claim: 'admin-closed',
  reason:
    "the server offers its admin API on the containers' loopback, too, where Envoy's admin listener reaches it: the containers of this " +
    'machine need no credential for it; AdminAccess.nobody() closes it',
};

const TOKEN_OF_MACHINE = {
  claim: 'metadata-unreachable',
  reason:
    "to impersonate, the server is handed the access token of its machine's account: a server that is taken over reads what the machine may " +
    "read, Envoy's private keys and its images among them; GoogleCredentials.metadataServer() without impersonate closes it",
};
