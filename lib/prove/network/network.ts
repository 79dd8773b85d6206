import type { Artifact, Balancer, Host } from '../../artifact/artifact';
import type { PlaceName } from '../attack';
import type { Place } from '../deployment';
import { renderFirewall } from './firewall';
import { metadataFromTask, startInstanceMetadata, type InstanceMetadata } from './instance-metadata';
import { blockMetadata, enterNamespace, joinSeats, ROUTER } from './links';
import { AgentPlace } from './place';
import { awaitRefusal, type Flow } from './refused-connections';
import { runChecked } from './run-checked';
import { ownAddresses, type Seat } from './seat';
import { type OperatorsPlan, planSeats, rangesOfNobody, type SeatPlan } from './seat-plan';

/** The network of a deployment, with everybody who may want something of it. */
export interface Network {
  /** The seats, by the name of their namespace. */
  seat(name: string): Seat;
  /** Command prefix that runs a program in a seat's namespace. */
  enter(seat: string): readonly string[];
  place(name: PlaceName): Place;
  /** The balancers in front of the host and the namespace of each; the first has the TLS listener, if any has. */
  readonly balancers: readonly { readonly balancer: Balancer; readonly seat: string }[];
  /** Where operators come in. Absent: the proxy has no listener for them. */
  readonly operators?: OperatorsPlan;
  /** Where the services' own group lets the server in. */
  readonly servicePort: number;
  /** Public addresses: the first for the issuer, the others for issuers that misbehave. */
  readonly issuerAddresses: readonly string[];
  readonly metadata: InstanceMetadata;
  /** Who refused a connection: a security group with its direction, or the missing route; nobody, where an unknown rule might have admitted it. */
  firewallRefused(flow: Flow): Promise<string | undefined>;
  /** What the run does in the cloud's stead, a line each. */
  readonly emulated: readonly string[];
  /** What the file does not say exactly, and whom the run therefore admits: nobody. Claims that rest on it are unproven. */
  readonly unproven: readonly string[];
}

export interface NetworkOptions {
  readonly artifact: Artifact;
  readonly host: Host;
  /** Folder of the compiled programs. @default - this file's own folder */
  readonly programs?: string;
}

/**
 * Builds the network of a host: namespaces, links, and the artifact's security groups as a firewall between them.
 *
 * Runs inside the sandbox (root of private mount, network and process namespaces, private /run) and takes nothing down: it all ends
 * with the sandbox.
 */
export async function buildNetwork(options: NetworkOptions): Promise<Network> {
  const { artifact, host, programs = __dirname } = options;
  const plan = planSeats(artifact, host);
  const firewall = renderFirewall(plan.seats, artifact, plan.range);
  await joinSeats(plan.seats);
  await runChecked([...enterNamespace(ROUTER), 'nft', '-f', '-'], firewall.ruleset);
  // What is unknown is left to the verdict, which is then in doubt: open here, it would be called broken.
  if (metadataFromTask(host.machine) !== 'open') await blockMetadata('task');
  const places = new Map(plan.seats.map((seat) => [seat.name, placeAt(seat, programs)]));
  return {
    seat: (name) =>
      found(
        plan.seats.find((seat) => seat.name === name),
        name,
      ),
    enter: enterNamespace,
    place: (name) => found(places.get(name === 'operator' ? (plan.operators?.seat ?? name) : name), name),
    balancers: plan.balancers,
    ...(plan.operators && { operators: plan.operators }),
    servicePort: plan.service.port,
    issuerAddresses: plan.issuerAddresses,
    metadata: await startInstanceMetadata(host.machine, programs),
    firewallRefused: async (flow) => (await awaitRefusal(enterNamespace(ROUTER), firewall, flow))?.by,
    emulated: emulations(host),
    unproven: [...firewall.unproven, ...notes(artifact, plan)],
  };
}

function placeAt(seat: Seat, programs: string): AgentPlace {
  const { address, address6 } = ownAddresses(seat);
  return new AgentPlace(seat.name as PlaceName, address, address6, enterNamespace(seat.name), programs);
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`the run's network has no ${name}`);
  return thing;
}

const USER_DATA =
  'user data: read as text, and no line of it run; that the ECS agent shuts the metadata service is believed where ECS_AWSVPC_BLOCK_IMDS=true stands in the text that writes /etc/ecs/ecs.config';

function emulations(host: Host): readonly string[] {
  const shut = {
    shut: "shut for the task by the ECS agent's route, as its user data asks",
    open: 'open to the task, since its user data does not shut it',
    unknown: "shut for the task by the ECS agent's route, although its user data asks for that on a condition",
  }[metadataFromTask(host.machine)];
  return [
    'VPC: one network namespace per host, a router between them, security groups as nftables rules in its forward hook',
    `instance metadata: a stand-in with worthless credentials at 169.254.169.254, ${shut}`,
    ...(host.machine === undefined ? [] : [USER_DATA]),
    ...(host.internetRoute === 'unknown'
      ? ["internet: a route is assumed, since the file does not show the subnet's"]
      : []),
  ];
}

function notes(artifact: Artifact, plan: SeatPlan): readonly string[] {
  return [
    ...rangesOfNobody(artifact, plan).map((cidr) => `nobody of the run has an address in ${cidr}`),
    ...(plan.service.groups.length === 0 ? ['no group of the file admits the server to a service'] : []),
  ];
}
