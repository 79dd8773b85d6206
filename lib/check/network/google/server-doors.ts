import { sameText } from '../../../artifact/same-text';
import { RESTATE_PORTS } from '../../../restate/listeners';
import type { Finding } from '../../finding';
import type { Listening, Worth } from '../listening';
import type { Name } from './admitted';
import { describeBlocked, describeReach } from './describe-reach';
import { type GoogleServer, machinePortsOf } from './google-server';
import { type Reach, reachesOf, reachOf } from './reach';
import type { Mode } from './rule-order';
import { verdictOf } from './verdict';

/** A port on which something listens, and who gets there. */
export interface ReachedPort {
  readonly listening: Listening;
  readonly reaches: readonly Reach[];
}

/** The ports that lead to something, each with who gets there: those open to more than the machine, and those that only a setting keeps shut. */
export function portsWorth(server: GoogleServer, worth: Exclude<Worth, 'proxy'>, mode: Mode): readonly ReachedPort[] {
  const { ports } = server.listening;
  const exposed = ports
    .filter((each) => each.exposed && each.worth.includes(worth))
    .map((listening) => ({ listening, reaches: reachesOf(server, listening, mode) }));
  return [...exposed, ...boundShut(server, worth, mode)];
}

/**
 * The ports of a listener of the server on which nothing listens beyond loopback, and which it takes as soon as nobody says otherwise: whoever
 * is let in to one is kept out by a setting alone.
 */
function boundShut(server: GoogleServer, worth: Exclude<Worth, 'proxy'>, mode: Mode): readonly ReachedPort[] {
  const { ports } = server.listening;
  const open = new Set(
    ports.filter(({ exposed }) => exposed).flatMap((each) => [each.port, ...machinePortsOf(server, each)]),
  );
  const bound = ports.filter((each) => each.by === 'server' && each.worth.includes(worth)).map(({ port }) => port);
  return [...new Set([...bound, RESTATE_PORTS[worth]])].flatMap((port): readonly ReachedPort[] => {
    const leading = [...new Set([port, ...machinePortsOf(server, { port })])].filter((each) => !open.has(each));
    if (leading.length === 0) return [];
    const name = `port ${port} of Restate's ${worth}, which nothing but its own setting keeps to loopback or a socket`;
    return [
      {
        listening: { port, address: 'loopback', exposed: false, by: 'server', worth: [worth], name },
        reaches: leading.map((each) => reachOf(server, each, mode)),
      },
    ];
  });
}

/** `fabric-cluster-only`: other machines of the server's own account alone get to the fabric, over no balancer. */
export function decideFabric(server: GoogleServer): readonly Finding[] {
  return closed(
    server,
    (mode) => portsWorth(server, 'fabric', mode),
    (reach) => isNode(server, reach),
  );
}

/** `metrics-closed`: metrics and profiles are answered on the fabric's port. */
export function decideMetrics(server: GoogleServer): readonly Finding[] {
  return decideFabric(server);
}

/** `ingress-no-bypass`: nobody gets to the server's own ingress but what shares its machine, and to the proxy only over what stands before it. */
export function decideNoBypass(server: GoogleServer): readonly Finding[] {
  return closed(
    server,
    (mode) => portsWorth(server, 'ingress', mode),
    (reach, { by }) => by === 'proxy' && !passesFront(reach),
  );
}

/** Whether somebody comes straight to a port before which a balancer stands that ends connections. */
export function passesFront({ callers, tunnelled, admitted, ending, shut }: Reach): boolean {
  return ending.length + shut.length > 0 && (!callers.isEmpty || tunnelled || admitted.names.size > 0);
}

/** `bind-narrow`: what listens on more than the machine's own address is published, and a rule admits somebody, in that family. */
export function decideBindNarrow(server: GoogleServer): readonly Finding[] {
  const exposed = server.listening.ports.filter((each) => each.exposed);
  const names = exposed.map(({ name }) => name).join(', ');
  return [
    verdictOf(server, {
      // nobody is admitted for certain only where nobody may be
      wrong: (mode) => [
        ...exposed.flatMap((each) => whyBound(server, each, mode === 'sure' ? 'possible' : 'sure')),
        ...(server.doubts.length > 0 ? [] : whyPublished(server)),
      ],
      doubts: server.doubts,
      holds:
        exposed.length === 0
          ? 'everything listens on loopback or unix sockets'
          : `beside loopback and unix sockets it listens on ${names}, where rules admit somebody`,
    }),
  ];
}

/** Ports of the machine that lead to where nothing listens for anybody but what runs beside it. */
function whyPublished({ instance, listening }: GoogleServer): readonly string[] {
  const open = new Set(listening.ports.filter(({ exposed }) => exposed).map(({ port }) => port));
  return instance.published
    .filter(({ containerPort }) => !open.has(containerPort))
    .map(
      ({ port, containerPort }) =>
        `the machine publishes port ${port}, which leads to port ${containerPort}, where nothing listens for others`,
    );
}

/** Whether only machines of the server's own account or tags come. */
function isNode({ instance }: GoogleServer, { callers, tunnelled, probed, ending, passing, admitted }: Reach): boolean {
  const isOwn = (name: Name): boolean =>
    name.kind === 'tag' ? instance.tags.includes(name.tag) : sameText(name.account, instance.account) === true;
  const others = [...admitted.names.values()].filter(({ name }) => !isOwn(name));
  return callers.isEmpty && !tunnelled && !probed && ending.length + passing.length === 0 && others.length === 0;
}

/** Whether somebody comes to a port, be it Google's probes. */
function isReached({ admitted, ending }: Reach): boolean {
  return !admitted.addresses.isEmpty || admitted.names.size > 0 || ending.length > 0;
}

function closed(
  server: GoogleServer,
  ports: (mode: Mode) => readonly ReachedPort[],
  mayCome: (reach: Reach, listening: Listening) => boolean,
): readonly Finding[] {
  const open = ports('possible');
  const told = open.map(({ listening, reaches }) => {
    const come = reaches.flatMap((reach) => describeReach(server, reach) ?? []);
    return `${listening.name}: ${come.length > 0 ? come.join('; ') : describeBlocked(server, reaches)}`;
  });
  return [
    verdictOf(server, {
      wrong: (mode) =>
        ports(mode).flatMap(({ listening, reaches }) =>
          reaches
            .filter((reach) => isReached(reach) && !mayCome(reach, listening))
            .map((reach) => `${listening.name} is reached by ${describeReach(server, reach) ?? 'somebody'}`),
        ),
      doubts: server.doubts,
      holds: told.join('; '),
    }),
  ];
}

function whyBound(server: GoogleServer, listening: Listening, mode: Mode): readonly string[] {
  const reaches = reachesOf(server, listening, mode);
  if (!reaches.some(isReached)) {
    return [`${listening.name}, where nobody is admitted: ${describeBlocked(server, reaches)}`];
  }
  const isSix = listening.address.includes(':') && listening.address !== '::';
  const admits = reaches.some(
    ({ admitted: { addresses, names }, ending }) =>
      names.size + ending.length > 0 || !(isSix ? addresses.ipv6 : addresses).isEmpty,
  );
  return admits ? [] : [`${listening.name}, where nobody is admitted over IPv6`];
}
