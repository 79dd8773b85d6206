import type { Artifact, Container, Host } from '../artifact/artifact';
import type { AdminDoor } from './admin-door/admin-door';
import type { PlaceName } from './attack';
import type { Grant, Handler } from './credentials/grants';
import type { CloudRunUnderTest } from './google-cloud/cloud-run-under-test';
import type { RegistrationAuth } from './google-cloud/google-plan';
import type { ClientCertificate, Probe, ProbeReport } from './probe';

/** How a good caller reaches the ingress: the balancer's address and the names it uses. */
export interface IngressDoor {
  readonly address: string;
  readonly port: number;
  readonly hostname: string;
  /** PEM of the run's own certificate authority. */
  readonly ca: string;
}

/** A place in the network that can be told to try things. */
export interface Place {
  readonly name: PlaceName;
  readonly address: string;
  readonly address6: string;
  probe(probe: Probe): Promise<ProbeReport>;
  /** Opens a listener that answers `answer` (HTTP/1.1 200, or raw bytes) until closed, and counts who came. Used as a canary behind a guard. */
  listen(options: { readonly address: string; readonly port: number; readonly answer: string }): Promise<Canary>;
}

/** A listener of our own, put where only a guard keeps others from it. */
export interface Canary {
  readonly port: number;
  /** First bytes of each connection that came, Latin-1. */
  received(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A process of a container of the deployment. */
export interface RunningContainer {
  readonly container: Container;
  readonly host: Host;
  /** Process id as the supervisor sees it; of the exec'ed server, not of the entry script. */
  pid(): number;
  /** Everything it has written to stdout and stderr so far. */
  log(): string;
}

/** Who signs tokens that a provider of the proxy takes: an identity provider, or the operator who makes API keys. */
export interface Issuer {
  /** Name of the provider in the proxy's configuration. */
  readonly name: string;
  readonly issuer: string;
  readonly audience: string;
  /** Whether the proxy fetches its keys. */
  readonly fetched: boolean;
  /** A token that is good in every respect, except for what is overridden. `undefined` removes a claim or header member. */
  token(overrides?: TokenOverrides): string;
}

/** What to change about a good token. */
export interface TokenOverrides {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Sign with: the issuer's key, a foreign key under the same `kid`, nothing (empty signature), or HMAC keyed with the public key. */
  readonly signature?: 'issuer' | 'foreign' | 'none' | 'hmac-public-key';
}

/** What a caller shows. */
export interface ShownCredential {
  /** A bearer token. */
  readonly token?: string;
  readonly certificate?: ClientCertificate;
}

/** What to make different about a good client certificate. */
export interface ClientCertificateOptions {
  /** @default - the good caller's */
  readonly name?: string;
  /** Where the name stands. `subject` is in no alternative name at all. @default - as a name of its form does */
  readonly nameAs?: 'dns' | 'url' | 'email' | 'subject';
  /** Who signs: the run's own authority, another of the same name, or the holder of a good certificate that is no authority. @default own */
  readonly signedBy?: 'own' | 'foreign' | 'caller';
  /** @default client */
  readonly purpose?: 'client' | 'server';
  /** Hours from now. @default -1 */
  readonly fromHours?: number;
  /** Hours from now. @default 24 */
  readonly untilHours?: number;
}

/** The authority of the run that signs certificates of callers. */
export interface ClientAuthority {
  /** Whether there is no connection without a certificate. */
  readonly required: boolean;
  /** The names that the proxy admits. Empty: any. */
  readonly names: readonly string[];
  /** What the good certificate opens. */
  readonly target: Grant;
  /** A certificate that nothing is wrong with. */
  readonly good: ClientCertificate;
  issue(options?: ClientCertificateOptions): Promise<ClientCertificate>;
  /** A certificate that has been on the revocation list since before the proxy started. */
  readonly revoked: ClientCertificate;
  /** Whether the proxy reads a revocation list of the node. */
  readonly keepsList: boolean;
  /** Puts a certificate on the list that the proxy reads, as the node does: another file under the same name. */
  revoke(certificate: ClientCertificate): Promise<void>;
}

/** What the listener that callers reach asks for, and how a good caller meets it. */
export interface Credentials {
  /** One for each provider of tokens or keys; empty where none is taken. */
  readonly issuers: readonly Issuer[];
  /** Absent: no client certificate is asked for. */
  readonly clients?: ClientAuthority;
  /** Who may call what. Nothing in it is the run's: it is read from the proxy's configuration. */
  readonly grants: readonly Grant[];
  /** Handlers that the configuration opens to nobody, some of them the run's own. */
  readonly ungranted: readonly Handler[];
  /** What the good caller calls. */
  readonly target: Grant;
  /** Ids (`jti`) that are refused. */
  readonly revokedIds: readonly string[];
  /** What a good caller shows: one credential, and a certificate beside it only where no connection does without. */
  good(): ShownCredential;
}

/** The real SDK service behind the server, which writes down every request it gets. */
export interface ServiceUnderTest {
  /** Where the server calls it: on Cloud Run, Google's front end. */
  readonly address: string;
  readonly port: number;
  /** What it is registered as. */
  readonly uri: string;
  /** How the server shows itself to it. Absent: by its signature alone. */
  readonly auth?: RegistrationAuth;
  /** Every HTTP request that reached it, raw, oldest first. */
  requests(): Promise<
    readonly { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>> }[]
  >;
}

/** The server's own records, asked over its unix admin socket as break-glass would. */
export interface ServerRecords {
  /** An admin API call. */
  admin(
    path: string,
    init?: { readonly method?: string; readonly json?: unknown; readonly timeoutMs?: number },
  ): Promise<{ readonly status: number; readonly body: string }>;
  /** Names and values of the headers that the journal holds for an invocation; throws when there is not exactly one input entry. */
  journalHeaders(invocationId: string): Promise<readonly { readonly name: string; readonly value: string }[]>;
  /** The effective configuration as the server itself dumps it. */
  dumpConfig(): Promise<Readonly<Record<string, unknown>>>;
}

/** A line of the proxy's access log. */
export interface AccessLogEntry {
  readonly path: string;
  readonly status: number;
  /** Envoy's RESPONSE_CODE_DETAILS. */
  readonly details: string;
}

/** The artifact as a running network of the real servers. */
export interface Deployment {
  readonly artifact: Artifact;
  readonly host: Host;
  readonly restate: RunningContainer;
  readonly proxy: RunningContainer;
  readonly containers: readonly RunningContainer[];
  readonly door: IngressDoor;
  readonly issuer: Issuer;
  readonly credentials: Credentials;
  /** Absent: the proxy leads nobody to the server's admin API. */
  readonly adminDoor?: AdminDoor;
  readonly service: ServiceUnderTest;
  /** Absent: the files hold no service of Cloud Run. */
  readonly cloudRun?: CloudRunUnderTest;
  readonly records: ServerRecords;
  /** The parsed Envoy bootstrap that runs. */
  readonly bootstrap: Readonly<Record<string, unknown>>;
  /** Address of the task's own network interface. */
  readonly taskAddress: string;
  readonly taskAddress6: string;
  /** Values that were made for the run and must never show in a log: name to value. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly slow: boolean;
  place(name: PlaceName): Place;
  /** Which security group, if any, dropped packets of this connection; asked of the firewall's own counters. */
  firewallRefused(flow: {
    readonly from: string;
    readonly fromPort?: number;
    readonly to: string;
    readonly toPort: number;
  }): Promise<string | undefined>;
  /** Whether the run can guard the metadata service of a machine as the machine does: it cannot where it is unable to tell users apart. */
  readonly metadataGuardable: boolean;
  /** Method and path of every request that the stand-in for the machine's metadata service got, oldest first. */
  metadataRequests(): Promise<readonly string[]>;
  /** The proxy's access log entries for a path (the query is not logged), waiting up to a second for the first to come. */
  accessLog(path: string): Promise<readonly AccessLogEntry[]>;
  /**
   * Ends the server and starts its container anew, as in a task on another machine: what is on the machine's disk is kept, and nothing
   * else. SIGKILL is a machine that is lost; SIGTERM a deployment, which kills it after its stop time. Resolves when it answers again.
   */
  replaceServer(signal: 'SIGKILL' | 'SIGTERM'): Promise<{
    /** Whether it had ended by itself when its stop time was over. */
    readonly inTime: boolean;
    readonly afterMs: number;
  }>;
  /**
   * Takes a copy of the machine's disk at one moment of the running server, as a snapshot of it is.
   *
   * @returns what the loss of the disk is followed by: ends the server by SIGKILL and starts its container anew on that copy. Resolves when
   * it answers again.
   */
  snapshotDisk(): Promise<() => Promise<void>>;
  /**
   * Starts a second proxy from the same container definition in the task's network, on another port, while the issuer misbehaves.
   * No group admits its port, so it is called from the `task`. Stopped with `stop()`.
   */
  secondProxy(options: { readonly issuer: IssuerMode }): Promise<SecondProxy>;
}

/**
 * `good`; `down`: no answer at all; `rogue`: an untrusted certificate and, as its only key, the foreign key of
 * {@link TokenOverrides.signature}; `misnamed`: that key under a trusted certificate of another name; `rotated`: the good certificate, and that
 * foreign key alone, also in the place of keys that stand in the configuration.
 */
export type IssuerMode = 'good' | 'down' | 'rogue' | 'misnamed' | 'rotated';

/** A proxy of its own, for attacks that need a misbehaving issuer. */
export interface SecondProxy {
  readonly port: number;
  /** Everything it has written to stdout and stderr so far. */
  log(): string;
  setIssuer(mode: IssuerMode): Promise<void>;
  stop(): Promise<void>;
}
