import type { Artifact, Container, Host } from '../../../artifact/artifact';
import { deploymentsOf } from '../../../artifact/role';
import { isLoopback, type Listening, listeningPorts } from '../../../check/network/listening';
import { type ProxyDoor, proxyDoors } from '../../../check/proxy/proxy-doors';
import type { Box } from './drawing';
import type { Names } from './names';

/** A host with its containers, the proxy first, each with the doors that it opens; and the machine below them. */
export function hostBox(artifact: Artifact, host: Host, names: Names): Box {
  const server = deploymentsOf(artifact).find((each) => each.host.id === host.id);
  const doors = proxyDoors({ artifact, ...(server !== undefined && { server }) }).doors.filter(
    (door) => door.host === host.id,
  );
  const listening = server === undefined ? [] : listeningPorts(server).ports.filter(({ by }) => by === 'server');
  const isProxy = ({ name }: Container): boolean => doors.some(({ container }) => container === name);
  const ordered = [...host.containers.filter(isProxy), ...host.containers.filter((each) => !isProxy(each))];
  return {
    key: host.id,
    kind: 'host',
    title: names.of(host.id),
    lines: [
      host.instance === undefined ? `task, network ${host.network}` : 'machine of Compute Engine',
      `${host.publicAddress ? 'a public address' : 'no public address'}; route to the internet: ${host.internetRoute}`,
    ],
    parts: [
      ...ordered.map((container): Box => {
        const own = doors.filter((door) => door.container === container.name);
        const bound = container === server?.restate ? listening : [];
        return {
          key: containerKey(host, container.name),
          kind: 'container',
          title: container.name,
          lines: linesOf(container),
          parts: [
            ...own.map((door, index) => doorBox(host, door, index)),
            ...bound.map((each, index) => boundBox(host, each, index)),
          ],
        };
      }),
      ...machineBox(host, names),
    ],
  };
}

/** The key of a container of a host. */
function containerKey(host: Host, name: string): string {
  return `${host.id} container ${name}`;
}

/** How the key of what listens on a port of a host begins; its place among its container's doors comes behind. */
export function doorKey(host: string, port: number | undefined, by: 'proxy' | 'server'): string {
  return port === undefined ? `${host} ${by} socket` : `${host} ${by} port ${port}`;
}

function doorBox(host: Host, door: ProxyDoor, index: number): Box {
  const { name, kind, address, port, tls, anonymous, leadsTo } = door;
  const isShut = address === undefined || isLoopback(address);
  const outside = host.instance?.published.filter(({ containerPort }) => containerPort === port) ?? [];
  const open = { true: 'without credential', false: 'with credential', unknown: 'credential not known' } as const;
  return {
    key: `${doorKey(host.id, port, 'proxy')} ${index}`,
    kind: isShut ? 'closed' : kind === 'operators' ? 'operators' : 'door',
    title: `${name}${port === undefined ? '' : ` ${port}`}`,
    lines: [
      `${address ?? 'unix socket'}${isShut ? ', this host alone' : ''}, ${tls ? 'TLS' : 'no TLS'}${outside.map((each) => `, as ${each.port} outside`).join('')}`,
      leadsTo.length === 0 ? 'leads nowhere' : `to ${leadsTo.join(', ')}, ${open[`${anonymous}`]}`,
    ],
    parts: [],
  };
}

function boundBox(host: Host, { port, address, exposed, worth }: Listening, index: number): Box {
  return {
    key: `${doorKey(host.id, port, 'server')} ${index}`,
    kind: exposed ? 'door' : 'closed',
    title: `${worth.join(', ')} ${port}`,
    lines: [`${address}${exposed ? '' : ', this host alone'}`],
    parts: [],
  };
}

function linesOf({ image, user, readonlyRootFilesystem, privileged, secrets }: Container): readonly string[] {
  const named = Object.keys(secrets).sort();
  return [
    image.digest === undefined ? 'image without digest' : `image ${image.digest.slice(0, 19)}`,
    `user ${user ?? 'of the image'}, root ${readonlyRootFilesystem ? 'read-only' : 'writable'}${privileged ? ', privileged' : ''}`,
    ...(named.length === 0 ? [] : [`secrets: ${named.join(', ')}`]),
  ];
}

function machineBox({ id, machine, instance }: Host, names: Names): readonly Box[] {
  if (machine !== undefined) {
    const tokens = machine.metadataTokensRequired ? 'tokens required' : 'no tokens';
    return [
      {
        key: `${id} machine ${machine.id}`,
        kind: 'machine',
        title: `machine ${names.of(machine.id)}`,
        lines: [
          `metadata: ${tokens}, ${machine.metadataHopLimit} hop${machine.metadataHopLimit === 1 ? '' : 's'}`,
          machine.publicAddress ? 'a public address' : 'no public address',
        ],
        parts: [],
      },
    ];
  }
  if (instance === undefined) return [];
  const { metadata, account } = instance;
  const guard =
    metadata === 'open' || metadata === 'unknown' ? metadata : `user ${metadata.exceptUsers.join(', ')} alone`;
  return [
    {
      key: `${id} machine`,
      kind: 'machine',
      title: 'metadata server and account',
      lines: [
        `metadata over HTTP: ${guard}`,
        account === undefined ? 'no service account' : `account ${names.inText(account)}`,
      ],
      parts: [],
    },
  ];
}
