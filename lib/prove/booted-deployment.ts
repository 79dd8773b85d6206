import type { Artifact, Host } from '../artifact/artifact';
import type { Bootstrap } from '../artifact/bootstrap';
import type { AdminDoor } from './admin-door/admin-door';
import type { PlaceName } from './attack';
import { readProxyLog } from './attacks/proxy-log';
import type {
  AccessLogEntry,
  Credentials,
  Deployment,
  IngressDoor,
  Issuer,
  IssuerMode,
  Place,
  RunningContainer,
  SecondProxy,
  ServerRecords,
  ServiceUnderTest,
} from './deployment';
import type { CloudRunUnderTest } from './google-cloud/cloud-run-under-test';
import type { Network } from './network/network';
import { ownAddresses } from './network/seat';

/** The run's own process behind the server, where it is in the run's network. */
export interface StandIn {
  readonly seat: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** A deployment that runs, and what is not as it would be in the cloud. */
export interface BootedDeployment extends Deployment {
  /** In whose place a service of somebody else's may stand. */
  readonly standIn: StandIn;
  /** Values of the artifact that were replaced for the run, a line each. */
  readonly replaced: readonly string[];
  /** What stands in for something of the cloud, a line each. */
  readonly emulated: readonly string[];
}

/** What a booted deployment consists of. */
export interface DeploymentParts {
  readonly artifact: Artifact;
  readonly host: Host;
  readonly restate: RunningContainer;
  readonly proxy: RunningContainer;
  readonly containers: readonly RunningContainer[];
  readonly door: IngressDoor;
  readonly issuer: Issuer;
  readonly credentials: Credentials;
  readonly adminDoor?: AdminDoor;
  readonly service: ServiceUnderTest;
  readonly standIn: StandIn;
  readonly cloudRun?: CloudRunUnderTest;
  readonly records: ServerRecords;
  readonly bootstrap: Bootstrap;
  readonly network: Network;
  readonly secrets: Readonly<Record<string, string>>;
  readonly slow: boolean;
  readonly replaced: readonly string[];
  readonly emulated: readonly string[];
  readonly secondProxy: (issuer: IssuerMode) => Promise<SecondProxy>;
  readonly replaceServer: Deployment['replaceServer'];
  readonly snapshotDisk: Deployment['snapshotDisk'];
}

const LOG_TIMEOUT_MS = 1000;
const LOG_PAUSE_MS = 20;

/** The parts of a running deployment, as attacks see them. */
export class RunningDeployment implements BootedDeployment {
  public readonly artifact: Artifact;
  public readonly host: Host;
  public readonly restate: RunningContainer;
  public readonly proxy: RunningContainer;
  public readonly containers: readonly RunningContainer[];
  public readonly door: IngressDoor;
  public readonly issuer: Issuer;
  public readonly credentials: Credentials;
  public readonly adminDoor?: AdminDoor;
  public readonly service: ServiceUnderTest;
  public readonly standIn: StandIn;
  public readonly cloudRun?: CloudRunUnderTest;
  public readonly records: ServerRecords;
  public readonly bootstrap: Bootstrap;
  public readonly taskAddress: string;
  public readonly taskAddress6: string;
  public readonly secrets: Readonly<Record<string, string>>;
  public readonly slow: boolean;
  public readonly replaced: readonly string[];
  public readonly emulated: readonly string[];
  private readonly network: Network;
  public readonly replaceServer: Deployment['replaceServer'];
  public readonly snapshotDisk: Deployment['snapshotDisk'];
  private readonly startProxy: DeploymentParts['secondProxy'];

  public constructor(parts: DeploymentParts) {
    const { address, address6 } = ownAddresses(parts.network.seat('task'));
    this.artifact = parts.artifact;
    this.host = parts.host;
    this.restate = parts.restate;
    this.proxy = parts.proxy;
    this.containers = parts.containers;
    this.door = parts.door;
    this.issuer = parts.issuer;
    this.credentials = parts.credentials;
    if (parts.adminDoor !== undefined) this.adminDoor = parts.adminDoor;
    this.service = parts.service;
    this.standIn = parts.standIn;
    if (parts.cloudRun !== undefined) this.cloudRun = parts.cloudRun;
    this.records = parts.records;
    this.bootstrap = parts.bootstrap;
    this.taskAddress = address;
    this.taskAddress6 = address6;
    this.secrets = parts.secrets;
    this.slow = parts.slow;
    this.replaced = parts.replaced;
    this.emulated = parts.emulated;
    this.network = parts.network;
    this.startProxy = parts.secondProxy;
    this.replaceServer = parts.replaceServer;
    this.snapshotDisk = parts.snapshotDisk;
  }

  public place(name: PlaceName): Place {
    return this.network.place(name);
  }

  public firewallRefused(flow: Parameters<Deployment['firewallRefused']>[0]): Promise<string | undefined> {
    return this.network.firewallRefused(flow);
  }

  public get metadataGuardable(): boolean {
    return this.network.metadataGuard !== 'impossible';
  }

  public metadataRequests(): Promise<readonly string[]> {
    return this.network.metadata.requests();
  }

  public async accessLog(path: string): Promise<readonly AccessLogEntry[]> {
    const until = Date.now() + LOG_TIMEOUT_MS;
    for (;;) {
      const entries = this.entriesOf(path);
      if (entries.length > 0 || Date.now() > until) {
        return entries;
      }
      await new Promise((settle) => setTimeout(settle, LOG_PAUSE_MS));
    }
  }

  public secondProxy({ issuer }: { readonly issuer: IssuerMode }): Promise<SecondProxy> {
    return this.startProxy(issuer);
  }

  private entriesOf(path: string): readonly AccessLogEntry[] {
    return readProxyLog(this.bootstrap, this.proxy.log(), { marker: path })
      .filter((entry) => entry.path === path)
      .map(({ status = 0, details = '' }) => ({ path, status, details }));
  }
}
