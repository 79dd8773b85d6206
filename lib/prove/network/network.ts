import type { Artifact, Host } from '../../artifact/artifact';
import type { PlaceName } from '../attack';
import type { Place } from '../deployment';
import { networkEmulations, networkNotes } from './emulations';
import { type Firewall, renderFirewall } from './firewall';
import { type GuestGuard, guestGuard } from './guest-guard';
import { metadataFromTask, startInstanceMetadata, type InstanceMetadata } from './instance-metadata';
import { blockMetadata, enterNamespace, joinSeats, METADATA_ADDRESS, ROUTER } from './links';
import { GUARD_REFUSERS, renderMachineRules } from './machine-rules';
import { AgentPlace } from './place';
import { awaitRefusal, type Flow } from './refused-connections';
import { runChecked } from './run-checked';
import { ownAddresses, type Seat } from './seat';
import { type OperatorsPlan, planSeats, type SeatedBalancer } from './seat-plan';

/** The network of a deployment, with everybody who may want something of it. */
export interface Network {
  /** The seats, by the name of their namespace. */
  seat(name: string): Seat;
  /** Command prefix that runs a program in a seat's namespace. */
  enter(seat: string): readonly string[];
  place(name: PlaceName): Place;
  /** The balancers in front of the host and the namespace of each; the first has the TLS listener, if any has. */
  readonly balancers: readonly SeatedBalancer[];
  /** Where operators come in. Absent: the proxy has no listener for them. */
  readonly operators?: OperatorsPlan;
  /** Where the services' own group lets the server in. */
  readonly servicePort: number;
  /** Public addresses: the first for the issuer, the others for issuers that misbehave. */
  readonly issuerAddresses: readonly string[];
  readonly metadata: InstanceMetadata;
  /** What keeps the containers of a machine of Google from its metadata service. Absent: the host is no such machine. */
  readonly metadataGuard?: GuestGuard;
  /**
   * Who refused a connection: a security group or a rule of the network's firewall with its direction, the machine, its guest firewall, or
   * the missing route; nobody, where an unknown rule might have admitted it.
   */
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
  /** Starts what answers at the metadata service's address. @default - a stand-in for that of EC2 */
  readonly startMetadata?: (at: MetadataPlace) => Promise<InstanceMetadata>;
}

/** Where the metadata service of a machine has to answer, on port 80. */
export interface MetadataPlace {
  readonly address: string;
  /** Command prefix that enters the namespace. */
  readonly enter: readonly string[];
}

/**
 * Builds the network of a host: namespaces, links, and the artifact's security groups, or the firewall of its VPC network, between them.
 *
 * Runs inside the sandbox (root of private mount, network and process namespaces, private /run) and takes nothing down: it all ends
 * with the sandbox.
 */
export async function buildNetwork(options: NetworkOptions): Promise<Network> {
  const { artifact, host, programs = __dirname, startMetadata = ec2Metadata(host, programs) } = options;
  const plan = planSeats(artifact, host);
  const firewall = renderFirewall(plan.seats, artifact, plan.range);
  await joinSeats(plan.seats);
  await runChecked([...enterNamespace(ROUTER), 'nft', '-f', '-'], firewall.ruleset);
  const metadataGuard = await guardMetadata(host);
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
    metadata: await startMetadata({ address: METADATA_ADDRESS, enter: enterNamespace(ROUTER) }),
    ...(metadataGuard && { metadataGuard }),
    firewallRefused: (flow) => whoRefused(firewall, metadataGuard, flow),
    emulated: networkEmulations(host, metadataGuard),
    unproven: [...firewall.unproven, ...networkNotes(artifact, plan, metadataGuard)],
  };
}

/** What is unknown is left to the verdict, which is then in doubt: open here, it would be called broken. */
async function guardMetadata({ instance, machine }: Host): Promise<GuestGuard | undefined> {
  if (instance === undefined) {
    if (metadataFromTask(machine) !== 'open') await blockMetadata('task');
    return undefined;
  }
  const guard = guestGuard(instance);
  await runChecked([...enterNamespace('task'), 'nft', '-f', '-'], renderMachineRules(instance, guard === 'set'));
  if (guard === 'unknown') await blockMetadata('task');
  return guard;
}

/** The guest's own firewall alone stands before the metadata service. */
async function whoRefused(firewall: Firewall, guard: GuestGuard | undefined, flow: Flow): Promise<string | undefined> {
  const ofGuest = guard === 'set' && flow.to === METADATA_ADDRESS;
  const refusal = ofGuest
    ? await awaitRefusal(enterNamespace('task'), { refusers: GUARD_REFUSERS }, flow)
    : await awaitRefusal(enterNamespace(ROUTER), firewall, flow);
  return refusal?.by;
}

function ec2Metadata({ machine }: Host, programs: string): () => Promise<InstanceMetadata> {
  return () => startInstanceMetadata(machine, programs);
}

function placeAt(seat: Seat, programs: string): AgentPlace {
  const { address, address6 } = ownAddresses(seat);
  return new AgentPlace(seat.name as PlaceName, address, address6, enterNamespace(seat.name), programs);
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`the run's network has no ${name}`);
  return thing;
}
