import type { AdminRoles } from './admin-access';
import type { CallerGrant } from './caller-grant';
import { methodsOf, type IngressAuth, type SingleAuth } from './ingress-auth';
import type { IngressLimits } from './limits';
import type { ListenerName } from './listener';
import type { PublicJwk } from './public-jwk';
import type { SecurityModel } from './security-model';

/** What was asked for, as plain values: files carry it, so that whoever reads them can compare what was rendered with what was meant. */
export interface Intent {
  readonly version: 1;
  readonly ingress: DoorIntent & {
    /** Absent: every verified caller reaches every public handler. */
    readonly callers?: readonly CallerGrant[];
    readonly forwardHeaders: readonly string[];
    readonly forwardQuery: readonly string[];
    readonly corsOrigins: readonly string[];
    readonly limits: IngressLimits;
  };
  /** Absent: nobody reaches the admin API. */
  readonly admin?: DoorIntent & { readonly roles: AdminRoles };
}

/** Who comes to a door, and what they show there. */
export interface DoorIntent {
  readonly hostnames: readonly string[];
  /** One of these is enough. */
  readonly auth: readonly AuthIntent[];
  readonly peers: 'internet' | readonly PeerIntent[];
}

/** One way of showing who one is. Of keys and certificates the public halves alone. */
export type AuthIntent =
  | {
      readonly method: 'jwt';
      readonly issuer: string;
      readonly audiences: readonly string[];
      readonly maxLifetimeSeconds: number;
      readonly clockSkewSeconds: number;
      /** Where the issuer's keys are fetched from. Absent: they are stated as `keys`. */
      readonly jwksUri?: string;
      readonly keys?: readonly PublicJwk[];
    }
  | {
      readonly method: 'apiKeys';
      readonly keys: readonly PublicJwk[];
      readonly revoked: readonly string[];
      readonly maxLifetimeSeconds: number;
    }
  | { readonly method: 'mutualTls'; readonly ca: string; readonly names: readonly string[]; readonly crl: string };

/** A block of addresses, or a workload: by what the cloud calls it, under the cloud's own word for it. */
export type PeerIntent = { readonly cidr: string } | Readonly<Record<string, string | readonly string[]>>;

/**
 * What a model was made of, with no hash and nothing rendered in it.
 *
 * @param nameOf what the cloud calls a workload: `{ securityGroup: 'Shop' }`
 */
export function intentOf<Handle>(model: SecurityModel<Handle>, nameOf: (handle: Handle) => PeerIntent): Intent {
  const { ingress, admin } = model;
  const { callers, forwardHeaders, forwardQuery, corsOrigins, limits } = ingress;
  return {
    version: 1,
    ingress: {
      ...door(model, 'ingress', ingress, nameOf),
      ...(callers !== undefined && { callers }),
      forwardHeaders,
      forwardQuery,
      corsOrigins,
      limits,
    },
    ...(admin.kind === 'peers' && { admin: { ...door(model, 'admin', admin, nameOf), roles: admin.roles } }),
  };
}

function door<Handle>(
  { rules }: SecurityModel<Handle>,
  to: ListenerName,
  { hostnames, auth }: { readonly hostnames: readonly string[]; readonly auth: IngressAuth },
  nameOf: (handle: Handle) => PeerIntent,
): DoorIntent {
  const sources = rules.filter((rule) => rule.to === to).map(({ from }) => from);
  return {
    hostnames,
    auth: methodsOf(auth).map(authIntent),
    peers: sources.includes('internet')
      ? 'internet'
      : sources.flatMap((from): readonly PeerIntent[] => {
          if (from === 'internet') return [];
          return [from.kind === 'cidr' ? { cidr: from.cidr } : nameOf(from.handle)];
        }),
  };
}

function authIntent(auth: SingleAuth): AuthIntent {
  if (auth.method === 'mutualTls') return { ...auth };
  if (auth.method === 'apiKeys') {
    const { jwks, ...rest } = auth;
    return { ...rest, keys: jwks.keys };
  }
  const { keys, ...rest } = auth;
  return { ...rest, ...(keys.source === 'remote' ? { jwksUri: keys.uri } : { keys: keys.jwks.keys }) };
}
