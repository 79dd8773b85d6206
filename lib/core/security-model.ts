import { type AdminAccess, adminAccess } from './admin-access';
import { type CallerGrant, callerGrants } from './caller-grant';
import { concrete } from './concrete';
import { deepFreeze } from './deep-freeze';
import { quote, UnsafeConfigurationError } from './errors';
import { DEFAULT_FORWARD_HEADERS, forwardHeaders, forwardQuery, type QueryParameter } from './forwarding';
import { hostnames } from './hostnames';
import { ingressAuth, methodOf, type IngressAuth } from './ingress-auth';
import { refuseUnknownOptions } from './known-options';
import { ingressLimits, type IngressLimits } from './limits';
import type { Listener, ListenerName } from './listener';
import { assertPeers, type Peer } from './peer';

/** What the ingress demands and lets through. Read by the proxy. */
export interface IngressPolicy {
  readonly auth: IngressAuth;
  /** Host names that callers use; a request for any other is refused. */
  readonly hostnames: readonly string[];
  /** Who may call what. Absent: every verified caller reaches every public handler. */
  readonly callers?: readonly CallerGrant[];
  /** Lower-case names of the request headers that reach the server. */
  readonly forwardHeaders: readonly string[];
  readonly forwardQuery: readonly QueryParameter[];
  /** Origins of browser code that may call, exactly as browsers send them: `https://app.example.com`. */
  readonly corsOrigins: readonly string[];
  readonly limits: IngressLimits;
}

/** One permitted flow. What no rule names is denied. */
export interface AccessRule<Handle = never> {
  /** `internet` is everybody; it may stand at the ingress alone. */
  readonly from: Peer<Handle> | 'internet';
  readonly to: ListenerName;
  /** What the caller must show there. */
  readonly requires: IngressAuth['method'];
}

/** Who may talk to which listener, and what they must show: plain, frozen, without a cloud in it. */
export interface SecurityModel<Handle = never> {
  readonly listeners: readonly Listener[];
  readonly ingress: IngressPolicy;
  readonly admin: AdminAccess<Handle>;
  readonly rules: readonly AccessRule<Handle>[];
}

/** Input of {@link defineSecurityModel}. */
export interface SecurityModelProps<Handle = never> {
  /** The doors of the engine. */
  readonly listeners: readonly Listener[];
  readonly ingress: {
    /** How callers show who they are. */
    readonly auth: IngressAuth;
    /** Host names that callers use. At least one; exact names. */
    readonly hostnames: readonly string[];
    /** Who may connect. @default - nobody */
    readonly peers?: readonly Peer<Handle>[];
    /** Whether everybody may connect (and must then show a credential). @default false */
    readonly internetFacing?: boolean;
    /** Who may call which handlers; an empty list is nobody. @default - every verified caller reaches every public handler */
    readonly callers?: readonly CallerGrant[];
    /** Request headers that reach the server. @default - DEFAULT_FORWARD_HEADERS */
    readonly forwardHeaders?: readonly string[];
    /** Query parameters that reach the server. @default - `delay` */
    readonly forwardQuery?: readonly QueryParameter[];
    /** Browser origins that may call. @default - none */
    readonly corsOrigins?: readonly string[];
    /** @default - see IngressLimits */
    readonly limits?: Partial<IngressLimits>;
  };
  /** Who may reach the admin API. */
  readonly admin: AdminAccess<Handle>;
}

/** Every name of the options of an ingress, and no other: the compiler holds the list complete. */
export const INGRESS_OPTIONS: Readonly<Record<keyof SecurityModelProps['ingress'], true>> = {
  auth: true,
  hostnames: true,
  peers: true,
  internetFacing: true,
  callers: true,
  forwardHeaders: true,
  forwardQuery: true,
  corsOrigins: true,
  limits: true,
};

/**
 * Validates what was asked for, once, and returns it as deeply frozen data. What it does not allow is denied.
 *
 * @throws UnsafeConfigurationError `HostnameInvalid`, `HostnameShared`, `OriginInvalid`, `PeersBesideInternet`, `PeerInvalid`, `CidrTooOpen`, `OptionUnknown`,
 * and the codes of the parts
 */
export function defineSecurityModel<Handle = never>(props: SecurityModelProps<Handle>): SecurityModel<Handle> {
  refuseUnknownOptions('ingress', props.ingress, Object.keys(INGRESS_OPTIONS));
  const { peers = [], internetFacing = false } = props.ingress;
  assertPeers('the ingress', peers);
  const auth = ingressAuth(props.ingress.auth);
  if (internetFacing && peers.length > 0) {
    throw new UnsafeConfigurationError({
      code: 'PeersBesideInternet',
      given: `ingress names peers (${peers.length}) beside internetFacing: true`,
      because: 'with everybody admitted the list of peers would have no effect',
      write: 'leave out one of the two',
    });
  }
  const admin = adminAccess(props.admin);
  const names = hostnames('ingress', props.ingress.hostnames);
  refuseSharedHostname(names, admin);
  const sources: readonly AccessRule<Handle>['from'][] = internetFacing ? ['internet'] : peers;

  return deepFreeze({
    listeners: [...props.listeners],
    ingress: {
      auth,
      hostnames: names,
      ...(props.ingress.callers !== undefined && { callers: callerGrants(props.ingress.callers, auth) }),
      forwardHeaders: forwardHeaders(props.ingress.forwardHeaders ?? DEFAULT_FORWARD_HEADERS),
      forwardQuery: forwardQuery(props.ingress.forwardQuery ?? ['delay']),
      corsOrigins: corsOrigins(props.ingress.corsOrigins ?? []),
      limits: ingressLimits(props.ingress.limits ?? {}),
    },
    admin,
    rules: [...sources.map((from) => ({ from, to: 'ingress' as const, requires: auth.method })), ...operators(admin)],
  });
}

/** An API key is made for host names, so a name of both doors would make a caller's key one for the admin API. */
function refuseSharedHostname<Handle>(ingress: readonly string[], admin: AdminAccess<Handle>): void {
  const shared = admin.kind === 'peers' ? admin.hostnames.find((name) => ingress.includes(name)) : undefined;
  if (shared === undefined) return;
  throw new UnsafeConfigurationError({
    code: 'HostnameShared',
    given: `${quote(shared)} is a hostname of the ingress and of the admin door`,
    because: 'credentials say by host name which door they open',
    write: "give operators a name of their own, e.g. 'restate-admin.example.com'",
  });
}

function operators<Handle>(admin: AdminAccess<Handle>): readonly AccessRule<Handle>[] {
  if (admin.kind === 'nobody') return [];
  return admin.peers.map((from) => ({ from, to: 'admin' as const, requires: admin.auth.method }));
}

function corsOrigins(origins: readonly string[]): readonly string[] {
  for (const origin of origins) {
    concrete('a CORS origin', origin);
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    if (url?.protocol !== 'https:' || url.origin !== origin || origin.includes('*')) {
      throw new UnsafeConfigurationError({
        code: 'OriginInvalid',
        given: `corsOrigins names ${quote(origin)}`,
        because: 'only an exact https origin can be told from another',
        write: "write scheme and host as a browser sends them, e.g. 'https://app.example.com'",
      });
    }
  }
  return [...new Set(origins)].sort();
}

/** Whether signing keys are fetched at any door, for which the node needs a way out. */
export function fetchesKeys<Handle>({ ingress, admin }: SecurityModel<Handle>): boolean {
  const auths = [ingress.auth, ...(admin.kind === 'peers' ? [admin.auth] : [])];
  return auths.some((auth) => methodOf(auth, 'jwt')?.keys.source === 'remote');
}
