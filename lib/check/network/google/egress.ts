import { literal } from '../../../artifact/text';
import { bootstrapSource, parseBootstrap } from '../../../artifact/bootstrap';
import { jwtProvidersOf } from '../../../artifact/bootstrap-facts';
import { sameText } from '../../../artifact/same-text';
import { resolve } from '../../../artifact/text';
import type { Finding } from '../../finding';
import { AddressSet } from '../address-set';
import { NOT_PUBLIC, PUBLIC } from '../breadth';
import type { FirewallRule } from '../../../artifact/firewall-rule';
import { PRIVATE_ACCESS } from './google-ranges';
import type { GoogleServer } from './google-server';
import { foreignAnswers } from './foreign-answers';
import { type LetOut, letOutBy } from './let-out';
import { describeRules } from './describe-reach';
import { type Mode, rangesOf } from './rule-order';
import { verdictOf } from './verdict';

const HTTPS = 443;
/** A service has few ports. */
const FEW_PORTS = 4;
/** Of the ports below this one, services are called at these alone: the others are those of shells, mail, names and files. */
const FIRST_FREE_PORT = 1024;
const WEB: readonly number[] = [80, HTTPS];
/** What lies around Google's own addresses for private networks, and is nobody's service. */
const AROUND_PRIVATE_ACCESS = AddressSet.of('199.36.152.0/21');
/** Where services stand is no wider than this, and what is called on the internet no wider than that. */
const NARROW = { inside: { 4: 20, 6: 56 }, outside: { 4: 24, 6: 64 } } as const;
/** A machine speaks with itself, and with Google's own resolver and metadata server, whatever the rules say. */
const UNFILTERED = AddressSet.of('169.254.169.254/32', '127.0.0.0/8', '::1/128');

/** `egress-closed`: what the rules let out of the machine, in the end, are Google's own services, services, and an issuer's keys. */
export function decideEgressClosed(server: GoogleServer): readonly Finding[] {
  return [
    verdictOf(server, {
      wrong: (mode) => [
        ...waysOut(server, mode).flatMap((way) => whyWide(server, way) ?? []),
        ...whyRouted(server),
        ...whyTaken(server),
        ...foreignAnswers(server).wrong,
      ],
      doubts: [...whyNotRouted(server), ...foreignAnswers(server).unknown],
      holds: described(server),
    }),
  ];
}

/** `internal-endpoints-unreachable`: of private addresses the way out reaches those of services alone, which is not where it stands. */
export function decideInternalEndpoints(server: GoogleServer): readonly Finding[] {
  const own = ownSubnets(server);
  return [
    verdictOf(server, {
      wrong: (mode) =>
        waysOut(server, mode).flatMap((way) => {
          const inside = way.addresses.intersect(server.local.union(NOT_PUBLIC)).subtract(PRIVATE_ACCESS);
          const isOfServices =
            way.protocol === 'tcp' &&
            isFew(way) &&
            isNarrow(inside, NARROW.inside) &&
            !own.some((each) => inside.covers(each));
          return inside.isEmpty || isOfServices
            ? []
            : [`${describe({ ...way, addresses: inside })}, which is in the network itself`];
        }),
      holds: `of private addresses its way out reaches ${insideOf(server).describe()} alone: ${described(server)}`,
    }),
  ];
}

function insideOf(server: GoogleServer): AddressSet {
  const inside = server.local.union(NOT_PUBLIC);
  return AddressSet.unionOf(waysOut(server, 'possible').map(({ addresses }) => addresses.intersect(inside)));
}

/** The subnet of the machine; every one of its network where the file does not say which. */
function ownSubnets({ vpc, host, local }: GoogleServer): readonly AddressSet[] {
  const placed = vpc.placements.find(({ machine }) => host.id === machine || host.id.startsWith(`${machine}/`))?.subnet;
  const subnet = vpc.subnets.find(({ id }) => id === placed);
  const ranges = subnet?.ranges.flatMap((range) => AddressSet.parse(range) ?? []) ?? [];
  return ranges.length > 0 ? ranges : local.isEmpty ? [] : [local];
}

function waysOut(server: GoogleServer, mode: Mode): readonly LetOut[] {
  const known = WAYS[mode].get(server) ?? letOutBy(server.out, server.speaks.subtract(UNFILTERED), mode);
  WAYS[mode].set(server, known);
  return known;
}

const WAYS: Readonly<Record<Mode, WeakMap<GoogleServer, readonly LetOut[]>>> = {
  sure: new WeakMap(),
  possible: new WeakMap(),
};

function whyWide(server: GoogleServer, way: LetOut): string | undefined {
  if (way.protocol !== 'tcp')
    return `${describe(way)}: nothing here needs ${way.protocol === 'other' ? 'other protocols' : way.protocol}`;
  const isHttps = way.ports?.from === HTTPS && way.ports.to === HTTPS;
  const ofGoogle = way.addresses.intersect(PRIVATE_ACCESS);
  if (!isHttps && !ofGoogle.isEmpty)
    return `${describe({ ...way, addresses: ofGoogle })}: Google's services are asked at port ${HTTPS} alone`;
  const needed = isHttps ? PRIVATE_ACCESS.union(fetchesKeys(server) ? PUBLIC : AddressSet.NONE) : AddressSet.NONE;
  const rest = way.addresses.subtract(needed);
  if (rest.isEmpty) return undefined;
  if (!isFew(way)) return `${describe({ ...way, addresses: rest })}: more ports than a service has`;
  if (isOfSystem(way)) return `${describe({ ...way, addresses: rest })}, a port at which no service is called`;
  if (rest.overlaps(AROUND_PRIVATE_ACCESS))
    return `${describe({ ...way, addresses: rest })}, which lies beside Google's own`;
  const inside = rest.intersect(NOT_PUBLIC);
  const isFit = isNarrow(inside, NARROW.inside) && isNarrow(rest.subtract(inside), NARROW.outside);
  return isFit ? undefined : `${describe({ ...way, addresses: rest })}, which is no service by itself`;
}

/**
 * Routes to the internet of a machine that is let out to nothing there: they serve nothing, and only a rule of the firewall stands before them.
 */
function whyRouted(server: GoogleServer): readonly string[] {
  const { vpc, instance } = server;
  const open = AddressSet.unionOf(waysOut(server, 'possible').map(({ addresses }) => addresses)).subtract(
    PRIVATE_ACCESS,
  );
  if (open.overlaps(PUBLIC)) return [];
  const network =
    instance.network.length === 1 ? vpc.networks.find(({ id }) => isNamed(instance.network, id)) : undefined;
  const own = vpc.routes.filter(
    (route) =>
      route.network !== undefined &&
      sameText(route.network, instance.network) === true &&
      (route.tags.length === 0 || route.tags.some((tag) => instance.tags.includes(tag))),
  );
  return [
    ...(network?.dropsDefaultRoute === false
      ? [
          `${network.id} keeps Google's route to the whole internet (delete_default_routes_on_create), where nothing is let out to`,
        ]
      : []),
    ...own.flatMap(({ id, destination, target }) => {
      const to = AddressSet.parse(destination);
      return to !== undefined && target === 'internet' && !PRIVATE_ACCESS.covers(to)
        ? [`${id} leads ${destination} to the internet, where nothing is let out to`]
        : [];
    }),
    ...vpc.nats
      .filter((nat) => nat.network !== undefined && sameText(nat.network, instance.network) === true)
      .map(({ id }) => `${id} leads to the internet, where nothing is let out to`),
  ];
}

/** Routes that take what is for Google's services to somebody else. */
function whyTaken({ vpc, instance }: GoogleServer): readonly string[] {
  return vpc.routes
    .filter(
      ({ network, target }) =>
        network !== undefined && target !== 'internet' && sameText(network, instance.network) === true,
    )
    .filter(({ destination }) => PRIVATE_ACCESS.overlaps(AddressSet.parse(destination) ?? AddressSet.NONE))
    .map(({ id, destination }) => `${id} takes ${destination}, which is Google's, to somebody else`);
}

/** Without private access what is for Google's services goes over the internet, or nowhere. */
function whyNotRouted(server: GoogleServer): readonly string[] {
  const { vpc, host } = server;
  const placed = vpc.placements.find(({ machine }) => host.id === machine || host.id.startsWith(`${machine}/`))?.subnet;
  const subnet = vpc.subnets.find(({ id }) => id === placed);
  const asks = waysOut(server, 'sure').some(({ addresses }) => addresses.overlaps(PRIVATE_ACCESS));
  return subnet?.reachesGoogle === false && asks && !host.publicAddress
    ? [
        `${subnet.id} has no private access to Google's services (private_ip_google_access), so that another way leads there`,
      ]
    : [];
}

function isNamed(text: GoogleServer['instance']['network'], id: string): boolean {
  const [only] = text;
  return typeof only === 'object' ? only.logicalId === id : literal(text) === id;
}

/** Why one rule lets out more than the machine needs, whatever others do. */
export function whyMoreThanNeeded(server: GoogleServer, rule: FirewallRule): readonly string[] {
  const addresses = rangesOf(rule).subtract(UNFILTERED);
  if (addresses.isEmpty) return [];
  return rule.flows
    .flatMap(({ protocol, ports }): readonly Pick<LetOut, 'protocol' | 'ports'>[] => {
      const said = protocol === 'all' ? 'other' : protocol;
      return ports.length === 0 ? [{ protocol: said }] : ports.map((range) => ({ protocol: said, ports: range }));
    })
    .flatMap((way) => whyWide(server, { ...way, addresses, rules: [rule], implied: AddressSet.NONE }) ?? []);
}

function isOfSystem({ ports }: LetOut): boolean {
  if (ports === undefined) return false;
  const last = Math.min(ports.to, FIRST_FREE_PORT - 1);
  return ports.from <= last && !(ports.from === last && WEB.includes(last));
}

function isFew({ ports }: LetOut): boolean {
  return ports !== undefined && ports.to - ports.from < FEW_PORTS;
}

function isNarrow(addresses: AddressSet, { 4: four, 6: six }: { readonly 4: number; readonly 6: number }): boolean {
  const most = (1n << BigInt(32 - four)) * 4n;
  return (
    (addresses.prefixes(4)[0] ?? 32) >= four && (addresses.prefixes(6)[0] ?? 128) >= six && addresses.ipv4.size <= most
  );
}

/** Where packets are let out to, and by what, for people. */
export function describe({ protocol, ports, addresses, rules, implied }: LetOut): string {
  const said = ports === undefined ? '' : ports.from === ports.to ? ` ${ports.from}` : ` ${ports.from}-${ports.to}`;
  const by = [
    ...(rules.length > 0 ? [describeRules(rules)] : []),
    ...(implied.overlaps(addresses) ? ['no rule, which lets out'] : []),
  ].join(' and ');
  return `${protocol}${said} is let out to ${addresses.describe(3)} by ${by}`;
}

function described(server: GoogleServer): string {
  const told = waysOut(server, 'possible').map(describe);
  return told.length === 0 ? 'nothing is let out' : told.slice(0, 6).join('; ');
}

/** Whether the proxy fetches its issuers' keys from the internet. */
function fetchesKeys({ deployment: { envoy } }: GoogleServer): boolean {
  const source = envoy === undefined ? undefined : bootstrapSource(envoy);
  const bootstrap = source?.kind === 'argument' ? parseBootstrap(resolve(source.text, () => 'unknown')) : undefined;
  return (
    bootstrap !== undefined &&
    jwtProvidersOf(bootstrap).some(({ keys }) => keys.kind === 'remote' && keys.uri.startsWith('https://'))
  );
}
