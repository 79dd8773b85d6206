import type { Artifact, Balancer } from '../../../artifact/artifact';
import type { CheckedDeployment } from '../../../check/checked-deployment';
import { balancerBox, listenerKey } from './balancer-box';
import type { Box, Drawing, Link } from './drawing';
import { grouped } from './grouped';
import { doorKey, hostBox } from './host-box';
import { callingHosts } from './invokers';
import { namesOf } from './names';
import { serviceBoxes } from './service-boxes';
import { storeBoxes } from './store-boxes';
import type { WayIn } from './way-in';
import type { WayOut } from './way-out';
import { waysInOnAws } from './ways-in-on-aws';
import { waysInOnGoogle } from './ways-in-on-google';
import { waysOutOnAws } from './ways-out-on-aws';
import { waysOutOnGoogle } from './ways-out-on-google';

/**
 * Draws what a stack deploys: who comes in, over what, to which doors, where it is let out to, and where its data lies.
 *
 * @param deployments those of one artifact
 */
export function drawStack(artifact: Artifact, deployments: readonly CheckedDeployment[]): Drawing {
  const names = namesOf(artifact);
  const hosts = artifact.hosts.map((host) => hostBox(artifact, host, names));
  const balancers = artifact.balancers.map((balancer) => balancerBox(balancer, names, artifact.network !== undefined));
  const services = serviceBoxes(artifact, names);
  const ends = new Ends(artifact, hosts);
  const waysIn = deployments.flatMap((each) => [...waysInOnAws(each, names), ...waysInOnGoogle(each)]);
  const waysOut = deployments.flatMap((each) => [
    ...(each.server === undefined || each.artifact.network === undefined
      ? []
      : waysOutOnAws(artifact, each.server.host, names)),
    ...waysOutOnGoogle(each, names),
  ]);
  const callers = callersOf(waysIn);
  const outside = outsideOf(waysOut);
  return {
    lanes: { callers: callers.map(({ box }) => box), balancers, hosts, outside: [...outside, ...services] },
    stores: storeBoxes(artifact, names),
    links: distinct([
      ...callers.flatMap(({ box, ways }) => ways.map((way) => ends.fromCaller(box.key, way))),
      ...artifact.balancers.flatMap((balancer) => ends.fromBalancer(balancer)),
      ...waysOut.map((way): Link => ({ from: way.host, to: outsideKey(way) })),
      ...(artifact.cloudRun ?? []).flatMap((service) =>
        callingHosts(artifact, service).map((from): Link => ({ from, to: service.id })),
      ),
    ]),
  };
}

/** Where links end: at the door that a port leads to, or at its host where nothing is known to listen there. */
class Ends {
  public constructor(
    private readonly artifact: Artifact,
    private readonly hosts: readonly Box[],
  ) {}

  public fromCaller(from: string, { via, host, port, probe }: WayIn): Link {
    const to = via === undefined ? this.door(host, port) : this.listener(via.balancer, via.listener);
    return { from, to, ...(probe === true && { probe }) };
  }

  public fromBalancer({ id, listeners }: Balancer): readonly Link[] {
    return listeners.flatMap((listener, index) =>
      listener.targets.flatMap(({ host, port, healthCheck }): readonly Link[] => {
        const from = listenerKey(id, listener, index);
        const to = this.door(host, port);
        const health = this.door(host, healthCheck.port);
        return [{ from, to }, ...(health === to ? [] : [{ from, to: health, probe: true as const }])];
      }),
    );
  }

  private listener(balancer: string, id: string): string {
    const listeners = this.artifact.balancers.find((each) => each.id === balancer)?.listeners ?? [];
    const index = listeners.findIndex((listener) => listener.id === id);
    return index < 0 ? balancer : listenerKey(balancer, { id }, index);
  }

  private door(host: string, port: number): string {
    const published = this.artifact.hosts.find(({ id }) => id === host)?.instance?.published ?? [];
    const inside = published.find((each) => each.port === port)?.containerPort ?? port;
    const doors = this.hosts
      .filter(({ key }) => key === host)
      .flatMap(({ parts }) => parts.flatMap((part) => part.parts));
    const found = (['proxy', 'server'] as const).flatMap((by) =>
      doors.filter(({ key }) => key.startsWith(`${doorKey(host, inside, by)} `)),
    );
    return found[0]?.key ?? host;
  }
}

/** Somebody, and the ways by which he comes. */
interface Caller {
  readonly box: Box;
  readonly ways: readonly [WayIn, ...WayIn[]];
}

function callersOf(ways: readonly WayIn[]): readonly Caller[] {
  return grouped(ways, ({ who }) => who.join('; ')).map((alike) => ({ box: callerBox(alike), ways: alike }));
}

function callerBox(ways: Caller['ways']): Box {
  const { who } = ways[0];
  const [title = 'somebody', ...lines] = who;
  return {
    key: `caller ${who.join('; ')}`,
    kind: ways.some(({ isEverybody }) => isEverybody) ? 'internet' : 'caller',
    title,
    lines,
    parts: [],
  };
}

function outsideKey({ title, lines }: WayOut): string {
  return `outside ${title} ${lines.join('; ')}`;
}

function outsideOf(ways: readonly WayOut[]): readonly Box[] {
  const boxes = ways.map((way): Box => ({
    key: outsideKey(way),
    kind: 'outside',
    title: way.title,
    lines: way.lines,
    parts: [],
  }));
  return [...new Map(boxes.map((box) => [box.key, box])).values()];
}

function distinct(links: readonly Link[]): readonly Link[] {
  return [...new Map(links.map((link) => [JSON.stringify(link), link])).values()];
}
