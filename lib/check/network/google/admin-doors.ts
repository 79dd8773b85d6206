import { sameText } from '../../../artifact/same-text';
import type { Finding } from '../../finding';
import { AddressSet } from '../address-set';
import { whyWide } from '../breadth';
import { keyOf, type Name } from './admitted';
import { describeBlocked, describeFront, describeName, describeReach } from './describe-reach';
import type { GoogleServer } from './google-server';
import type { Front, Reach } from './reach';
import type { Mode } from './rule-order';
import { passesFront, portsWorth, type ReachedPort } from './server-doors';
import { tunnellersOf } from './tunnellers';
import { verdictOf } from './verdict';

/** `admin-closed`: who reaches the admin API, raw or over the proxy, is an operator whom somebody named. */
export function decideAdminClosed(server: GoogleServer): readonly Finding[] {
  return [
    verdictOf(server, {
      wrong: (mode) => wrongOperators(server, mode),
      doubts: [...server.doubts, ...unknownTunnellers(server)],
      holds: described(server),
    }),
  ];
}

/** `registration-by-deployers-only`: nobody who is no operator gets to where deployments are registered. */
export function decideRegistration(server: GoogleServer): readonly Finding[] {
  const doors = doorsOf(server, 'possible');
  const mixed = doors
    .filter(({ listening, reaches }) => listening.worth.includes('ingress') && reaches.length > 0)
    .map(({ listening }) => `${listening.name} leads callers to the ingress and to the admin API alike`);
  const entered = portsWorth(server, 'ingress', 'possible').flatMap(({ reaches }) => reaches);
  const callers = new Set(entered.flatMap(namesIn).map(keyOf));
  const calling = AddressSet.unionOf(entered.map((reach) => reach.callers));
  const ranges = doors
    .flatMap(({ reaches }) => reaches.map((reach) => reach.callers.intersect(calling)))
    .filter((addresses) => !addresses.isEmpty)
    .map((addresses) => addresses.describe());
  const both = [
    ...doors
      .flatMap(({ reaches }) => reaches.flatMap(namesIn))
      .filter((name) => callers.has(keyOf(name)))
      .map(describeName),
    ...ranges,
  ].map(
    (who) => `${who} are admitted as callers and as operators, and nothing says that they may register deployments`,
  );
  return [
    verdictOf(server, {
      wrong: (mode) => [...mixed, ...wrongOperators(server, mode)],
      doubts: [...both, ...server.doubts, ...unknownTunnellers(server)],
      holds: `POST /deployments: ${described(server)}; what the proxy admits of them is told by admin-authenticated`,
    }),
  ];
}

function namesIn({ admitted }: Reach): readonly Name[] {
  return [...admitted.names.values()].map(({ name }) => name);
}

function doorsOf(server: GoogleServer, mode: Mode): readonly ReachedPort[] {
  return portsWorth(server, 'admin', mode).filter(
    ({ listening }) => listening.by === 'proxy' && !server.health.has(listening.port),
  );
}

function wrongOperators(server: GoogleServer, mode: Mode): readonly string[] {
  const raw = portsWorth(server, 'admin', mode)
    .filter(({ listening }) => listening.by === 'server')
    .flatMap(({ listening, reaches }) =>
      reaches.flatMap((reach) => {
        const who = describeReach(server, reach);
        return who === undefined
          ? []
          : [`${listening.name}, ${listening.exposed ? 'which asks nobody who they are, ' : ''}is reached by ${who}`];
      }),
    );
  const doors = doorsOf(server, mode).flatMap(({ listening, reaches }) =>
    reaches.flatMap((reach) =>
      whyNoOperators(server, reach).map(
        (why) => `${listening.name} is reached by ${describeReach(server, reach) ?? 'somebody'}: ${why}`,
      ),
    ),
  );
  return [...raw, ...needless(server), ...doors];
}

/** Where no listener of the proxy leads to the admin API, it needs no port. */
function needless({ listening: { ports } }: GoogleServer): readonly string[] {
  const hasDoor = ports.some(({ by, exposed, worth }) => by === 'proxy' && exposed && worth.includes('admin'));
  return ports
    .filter(({ by, exposed, worth }) => by === 'server' && !exposed && worth.includes('admin') && !hasDoor)
    .map(({ name }) => `${name}, though no listener of the proxy leads there: all that runs on the machine reaches it`);
}

function whyNoOperators(server: GoogleServer, reach: Reach): readonly string[] {
  const { callers, ending, passing, tunnelled, admitted } = reach;
  const wide = whyWide(callers, server.local);
  const names = [...admitted.names.values()].flatMap(({ name }) => whyInsider(server, name) ?? []);
  const open = passing.filter(({ balancer }) => balancer.scheme === 'internet-facing');
  const isMeant = !callers.subtract(server.local).isEmpty;
  return [
    ...(wide === undefined ? [] : [wide]),
    ...(passesFront(reach) ? ['they come past the balancer before it'] : []),
    ...names,
    ...(tunnelled ? tunnellersOf(server).wide : []),
    ...ending.flatMap((front) => whyWideFront(front, server.local)),
    ...(isMeant
      ? []
      : open.map(({ balancer }) => `${balancer.id} is internet-facing, though nobody is admitted from there`)),
  ];
}

function whyWideFront(front: Front, local: AddressSet): readonly string[] {
  if (front.callers.equals(AddressSet.ALL)) return [`${describeFront(front)} asks nobody of them where they come from`];
  const wide = whyWide(front.callers, local);
  return wide === undefined ? [] : [`${describeFront(front)}: ${wide}`];
}

/** The accounts and tags that the deployment's own parts wear: nobody of them is an operator. */
function whyInsider({ instance, artifact, vpc }: GoogleServer, name: Name): string | undefined {
  if (name.kind === 'tag') {
    if (instance.tags.includes(name.tag)) return `the tag ${name.tag} is the machine's own`;
    const service = vpc.serviceEgress.find(({ tags }) => tags !== 'unknown' && tags.includes(name.tag));
    return service && `the tag ${name.tag} is that of ${service.service}`;
  }
  if (sameText(name.account, instance.account) === true) return "it is the machine's own account";
  const service = (artifact.cloudRun ?? []).find(({ account }) => sameText(name.account, account) === true);
  return service && `it is the account of ${service.id}`;
}

function unknownTunnellers(server: GoogleServer): readonly string[] {
  const isAsked = doorsOf(server, 'possible').some(({ reaches }) => reaches.some(({ tunnelled }) => tunnelled));
  return isAsked ? tunnellersOf(server).unknown : [];
}

function described(server: GoogleServer): string {
  const ports = portsWorth(server, 'admin', 'possible').filter(({ listening }) => !server.health.has(listening.port));
  return ports
    .map(({ listening, reaches }) => {
      const come = reaches.flatMap((reach) => describeReach(server, reach) ?? []);
      const tunnel = reaches.some(({ tunnelled }) => tunnelled)
        ? `, where tunnels are opened by ${tunnellersOf(server).named.join(', ')}`
        : '';
      return `${listening.name}: ${come.length > 0 ? come.join('; ') : describeBlocked(server, reaches)}${tunnel}`;
    })
    .join('; ');
}
