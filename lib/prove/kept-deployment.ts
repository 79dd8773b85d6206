/** A deployment that is up and stays so, and how to talk to it from the machine that it runs on. */
export interface KeptDeployment {
  readonly subject: string;
  /** The URL of a handler, as callers of the cloud would write it. */
  readonly url: string;
  /** Where the balancer's door is on this machine. */
  readonly ingress: { readonly address: string; readonly port: number };
  /** File with the authority that vouches for the balancer: PEM. */
  readonly caFile: string;
  /** A bearer token of the run's own issuer, or an API key; absent where callers show certificates. */
  readonly token?: string;
  /** When the token expires, UTC. */
  readonly tokenExpires?: string;
  /** Files with a client certificate and its key, PEM; absent where none is needed. */
  readonly clientCertificate?: { readonly certificateFile: string; readonly keyFile: string };
  /** Where operators come in; absent where the deployment has no such door. */
  readonly adminDoor?: KeptAdminDoor;
  /** The admin API without any credential, which no door of the deployment offers. */
  readonly adminUrl: string;
  /** What answers behind the server. */
  readonly service: KeptService;
  readonly replaced: readonly string[];
  readonly emulated: readonly string[];
}

/** The operators' door of a kept deployment, whose certificate is the callers' authority's. */
export interface KeptAdminDoor {
  /** A URL of the admin API, as operators of the cloud would write it. */
  readonly url: string;
  /** Its port on this machine. */
  readonly port: number;
  readonly roles: readonly { readonly name: string; readonly token: string }[];
}

/** The service behind a kept deployment. */
export interface KeptService {
  /** What it is registered as, or is to be. */
  readonly uri: string;
  /** Names of the services that the server found there. */
  readonly names: readonly string[];
  /** Where it is on this machine, where it is the developer's own. */
  readonly own?: string;
  /** Path of one of its handlers, where it is the developer's own and has any. */
  readonly path?: string;
  /** Why the server did not take it, where it did not. */
  readonly refused?: string;
  /** What the server signs its requests with: `publickeyv1_...`; absent where it signs none. */
  readonly identityKey?: string;
}
