import { runChecked } from './run-checked';
import type { Seat } from './seat';

/** The namespace that stands between all others, as a VPC's own router does. */
export const ROUTER = 'router';
/** The address of the cloud's metadata service; link-local, so that no security group sees it. */
export const METADATA_ADDRESS = '169.254.169.254';
/** The gateway of every seat: the same on all links, never seen beyond them. */
const GATEWAY = '169.254.1.1';
const GATEWAY6 = 'fe80::1';

/**
 * Makes a namespace for each seat and one router between them, each seat alone on its link: no two share a segment, so whatever
 * they say to each other passes the router's firewall.
 *
 * Expects to be root of private mount, network and process namespaces with a private /run: nothing that it makes is taken down.
 */
export async function joinSeats(seats: readonly Seat[]): Promise<void> {
  await runChecked(['mkdir', '-p', '/run/netns']);
  const names = [ROUTER, ...seats.map((seat) => seat.name)];
  await ip(
    [],
    [
      ...names.map((name) => `netns add ${name}`),
      ...seats.map((seat) => `link add ${seat.link} netns ${ROUTER} type veth peer name eth0 netns ${seat.name}`),
    ],
  );
  await Promise.all([
    ip(['-n', ROUTER], routerCommands(seats)),
    ...seats.map((s) => ip(['-n', s.name], seatCommands(s))),
  ]);
  await runChecked([...enterNamespace(ROUTER), 'sh', '-c', routerSettings()]);
}

/** Command prefix that runs a program in a namespace, and changes nothing else about it. */
export function enterNamespace(name: string): readonly string[] {
  return ['nsenter', `--net=/run/netns/${name}`, '--'];
}

/** Takes the way to the metadata service from a namespace, with the route that the ECS agent sets for ECS_AWSVPC_BLOCK_IMDS. */
export async function blockMetadata(seat: string): Promise<void> {
  await ip(['-n', seat], [`route add blackhole ${METADATA_ADDRESS}/32`]);
}

async function ip(options: readonly string[], lines: readonly string[]): Promise<void> {
  await runChecked(['ip', ...options, '-batch', '-'], `${lines.join('\n')}\n`);
}

function routerCommands(seats: readonly Seat[]): readonly string[] {
  return [
    'link set lo up',
    `addr add ${METADATA_ADDRESS}/32 dev lo`,
    ...seats.flatMap(({ link, addresses, addresses6 }) => [
      `link set ${link} up`,
      `addr add ${GATEWAY}/32 dev ${link}`,
      `addr add ${GATEWAY6}/64 dev ${link} nodad`,
      ...addresses.map((address) => `route add ${address}/32 dev ${link}`),
      ...addresses6.map((address) => `route add ${address}/128 dev ${link}`),
    ]),
  ];
}

function seatCommands(seat: Seat): readonly string[] {
  const [address = ''] = seat.addresses;
  const [address6 = ''] = seat.addresses6;
  return [
    'link set lo up',
    'link set eth0 up',
    ...seat.addresses.map((each) => `addr add ${each}/32 dev eth0`),
    ...seat.addresses6.map((each) => `addr add ${each}/128 dev eth0 nodad`),
    `route add ${GATEWAY} dev eth0 scope link src ${address}`,
    `route add default via ${GATEWAY} dev eth0 src ${address}`,
    `route add default via ${GATEWAY6} dev eth0 src ${address6}`,
  ];
}

/** A late packet of a connection that the router forgot must not open it again (`loose`), or a refusal could be talked round. */
function routerSettings(): string {
  return [
    'echo 1 >/proc/sys/net/ipv4/ip_forward',
    'echo 1 >/proc/sys/net/ipv6/conf/all/forwarding',
    'echo 0 >/proc/sys/net/netfilter/nf_conntrack_tcp_loose',
  ].join(' && ');
}
