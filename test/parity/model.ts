import { CALLERS_AUTHORITY } from '../../examples/aws/callers-authority';
import type { AdminPeersOptions } from '../../lib/core/admin-access';
import type { CallerGrant, HandlerGrant } from '../../lib/core/caller-grant';
import { IngressAuth, type SingleAuth } from '../../lib/core/ingress-auth';
import type { SecurityModelProps } from '../../lib/core/security-model';
import { SHOP } from '../aws/mutual-tls';
import { randomNumbers } from '../check/network/random-numbers';

/** Who may connect: blocks of addresses, and workloads, which each cloud knows by a name of its own. */
export interface Sources {
  readonly blocks: readonly string[];
  readonly workloads: readonly string[];
}

/** What is asked for, in the words that both clouds take. */
export interface ParityModel {
  readonly certificate: 'balancer' | 'proxy';
  /** @param crl where the revocation list of callers' certificates is: each cloud has a store of its own */
  readonly auth: (crl: string) => IngressAuth;
  readonly from: 'internet' | Sources;
  readonly ingress: Pick<
    SecurityModelProps['ingress'],
    'hostnames' | 'callers' | 'forwardHeaders' | 'forwardQuery' | 'corsOrigins' | 'limits'
  >;
  readonly admin?: {
    readonly from: Sources;
    readonly door: AdminPeersOptions;
  };
  /** Whether the keys of tokens are fetched from their issuer. */
  readonly fetches: boolean;
}

/** Names of workloads: on AWS of security groups, on Google Cloud of service accounts. */
export const WORKLOADS = { callers: ['shop', 'cart', 'till'], operators: ['bastion', 'deployer'] } as const;

const KEY = {
  kty: 'EC',
  crv: 'P-256',
  alg: 'ES256',
  x: 'PQmdis4Gs6PCVI0DBLVcojRgYs53Se4WepacHubYBfA',
  y: 'kxrhluf1myFAkAmpJ9oE9BS0QfNvDpY19Sd_U1HvxEQ',
} as const;
const METHODS = [
  'jwt',
  'jwt-fetched',
  'api-keys',
  'mutual-tls',
  'jwt+api-keys',
  'api-keys+mutual-tls',
  'jwt+mutual-tls',
];
const SCOPES = ['orders:write', 'orders:read', 'cart:write', 'ops:view', 'ops:deploy', 'ops:all'];
const HEADERS = [
  'content-type',
  'content-length',
  'idempotency-key',
  'traceparent',
  'x-tenant-id',
  'accept',
  'x-region',
];
const ORIGINS = ['https://app.example.com', 'https://shop.example.org', 'https://example.net:8443'];
const HANDLERS: readonly HandlerGrant[] = [
  { service: 'Greeter', handlers: ['greet', 'wave'] },
  { object: 'Cart', handlers: ['add', 'remove'] },
  { workflow: 'Order', handlers: ['run'] },
  { service: 'com.example.Mail', handlers: ['send'] },
];

/** Chances of one seed. */
class Dice {
  private readonly random: (below: number) => number;

  public constructor(seed: number) {
    this.random = randomNumbers(seed);
  }

  public below(most: number): number {
    return this.random(most);
  }

  public one<Item>(items: readonly Item[]): Item {
    return items[this.random(items.length)]!;
  }

  public some<Item>(items: readonly Item[], least: number): readonly Item[] {
    const chosen = items.filter(() => this.random(2) === 0);
    return chosen.length >= least ? chosen : items.slice(0, least);
  }

  public maybe<Made extends object>(make: () => Made): Partial<Made> {
    return this.random(2) === 0 ? {} : make();
  }
}

/** A model, the same for the same seed. */
export function generatedModel(seed: number): ParityModel {
  const dice = new Dice(seed);
  const method = dice.one(METHODS);
  const methods = method.split('+');
  const certificate = methods.includes('mutual-tls') || dice.below(3) > 0 ? 'proxy' : 'balancer';
  const admin = operators(dice);
  return {
    certificate,
    auth: authOf(dice, methods),
    from: dice.below(4) === 0 ? 'internet' : callers(dice, certificate),
    ingress: {
      hostnames: dice.some(['restate.example.com', 'orders.example.com', 'billing.example.org'], 1),
      ...dice.maybe(() => ({ callers: grants(dice, methods) })),
      ...dice.maybe(() => ({ forwardHeaders: dice.some(HEADERS, 0) })),
      ...dice.maybe(() => ({ forwardQuery: dice.some(['delay'] as const, 0) })),
      ...dice.maybe(() => ({ corsOrigins: dice.some(ORIGINS, 0) })),
      ...dice.maybe(() => ({ limits: limits(dice) })),
    },
    ...(admin !== undefined && { admin }),
    fetches: methods.includes('jwt-fetched'),
  };
}

function authOf(dice: Dice, methods: readonly string[]): ParityModel['auth'] {
  const token = { ...tokens(dice), ...dice.maybe(() => ({ clockSkewSeconds: 1 + dice.below(300) })) };
  const revoked = dice.some(['leaked-in-june', 'left-in-july'], 0);
  const made: Readonly<Record<string, (crl: string) => SingleAuth>> = {
    jwt: () => IngressAuth.jwt({ ...token, jwks: { keys: [{ ...KEY, kid: 'login-1' }] } }),
    'jwt-fetched': () => IngressAuth.jwt({ ...token, jwksUri: 'https://login.example.com/keys.json' }),
    'api-keys': () => IngressAuth.apiKeys({ jwks: { keys: [{ ...KEY, kid: 'operator-1' }] }, revoked }),
    'mutual-tls': (crl) =>
      IngressAuth.mutualTls({ ca: CALLERS_AUTHORITY, names: [SHOP, 'spiffe://example.com/till'], crl }),
  };
  return (crl) => {
    const [first, ...others] = methods.map((method) => made[method]!(crl));
    return others.length === 0 ? first! : IngressAuth.anyOf(first!, ...others);
  };
}

function tokens(dice: Dice): { issuer: string; audiences: readonly string[]; maxLifetimeSeconds: number } {
  return {
    issuer: dice.one(['https://login.example.com/', 'https://accounts.example.org']),
    audiences: dice.some(['orders', 'billing', 'https://api.example.com'], 1),
    maxLifetimeSeconds: 60 + dice.below(604_741),
  };
}

function callers(dice: Dice, certificate: ParityModel['certificate']): Sources {
  // Behind Google's balancer of HTTP, which takes none before nobody, no private address arrives, and no workload is told from another.
  if (certificate === 'balancer')
    return { blocks: [publicBlock(dice), ...some(dice, () => publicBlock(dice))], workloads: [] };
  return {
    blocks: some(dice, () => dice.one([privateBlock, publicBlock, blockOfSix])(dice)),
    workloads: dice.some(WORKLOADS.callers, 0),
  };
}

function operators(dice: Dice): ParityModel['admin'] {
  if (dice.below(2) === 0) return undefined;
  const token = tokens(dice);
  return {
    from: { blocks: [privateBlock(dice)], workloads: dice.some(WORKLOADS.operators, 0) },
    door: {
      hostnames: dice.some(['admin.example.com', 'operations.example.net'], 1),
      auth: dice.one([
        IngressAuth.jwt({ ...token, audiences: ['operations'], jwks: { keys: [{ ...KEY, kid: 'login-2' }] } }),
        IngressAuth.apiKeys({ jwks: { keys: [{ ...KEY, kid: 'operator-2' }] } }),
      ]),
      roles: {
        viewer: dice.some(SCOPES, 0),
        stateReader: dice.some(SCOPES, 0),
        deployer: dice.some(SCOPES, 1),
        operator: dice.some(['ops:all'], 0),
      },
    },
  };
}

function grants(dice: Dice, methods: readonly string[]): readonly CallerGrant[] {
  const bearers = methods.some((method) => method !== 'mutual-tls') ? dice.some(SCOPES.slice(0, 3), 0) : [];
  const certified = methods.includes('mutual-tls') ? dice.some([SHOP], 0) : [];
  return [
    ...bearers.map((scope) => ({ scope, handlers: dice.some(HANDLERS, 1) })),
    ...certified.map((certificate) => ({ certificate, handlers: dice.some(HANDLERS, 1) })),
  ];
}

function limits(dice: Dice): NonNullable<ParityModel['ingress']['limits']> {
  const requestsPerSecondPerAddress = 1 + dice.below(500);
  const burstPerAddress = 1 + dice.below(1_000);
  return {
    maxBodyBytes: 1 + dice.below(33_554_432),
    requestsPerSecondPerAddress,
    requestsPerSecond: requestsPerSecondPerAddress + dice.below(10_000),
    burstPerAddress,
    burst: burstPerAddress + dice.below(10_000),
    concurrentCalls: 1 + dice.below(25_000),
    longestCallSeconds: 1 + dice.below(604_800),
    headersSeconds: 1 + dice.below(60),
    uploadSeconds: 1 + dice.below(3_600),
    maxConnections: 1 + dice.below(100_000),
  };
}

function some(dice: Dice, make: () => string): readonly string[] {
  return Array.from({ length: dice.below(5) }, make);
}

function privateBlock(dice: Dice): string {
  return block(10, dice, 9 + dice.below(24));
}

/** Of addresses that neither Google's front ends nor its tunnels have. */
function publicBlock(dice: Dice): string {
  return block(dice.one([20, 52, 81]), dice, 10 + dice.below(23));
}

function block(first: number, dice: Dice, prefix: number): string {
  const address = first * 2 ** 24 + dice.below(2 ** 24);
  const network = address - (address % 2 ** (32 - prefix));
  return `${[24, 16, 8, 0].map((bits) => Math.floor(network / 2 ** bits) % 256).join('.')}/${prefix}`;
}

function blockOfSix(dice: Dice): string {
  return `2001:db8:${(1 + dice.below(65_535)).toString(16)}::/48`;
}
