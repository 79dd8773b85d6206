import type { Artifact, Host, Instance } from '../../../artifact/artifact';
import type { FirewallRule } from '../../../artifact/firewall-rule';
import type { RestateDeployment } from '../../../artifact/role';
import { sameText } from '../../../artifact/same-text';
import type { Text } from '../../../artifact/text';
import type { Vpc } from '../../../artifact/vpc';
import type { CheckedDeployment } from '../../checked-deployment';
import { AddressSet } from '../address-set';
import { healthPorts } from '../health-ports';
import { type Listening, type ListeningPorts, listeningPorts } from '../listening';
import { type JudgedRule, rulesAbout } from './rule-order';

/** A server on a machine of Google, its network, and where it listens. */
export interface GoogleServer {
  readonly artifact: Artifact;
  readonly vpc: Vpc;
  readonly host: Host;
  readonly instance: Instance;
  readonly deployment: RestateDeployment;
  readonly listening: ListeningPorts;
  /** Where the proxy says how the server is. */
  readonly health: ReadonlySet<number>;
  /** The rules about the machine, in the order in which they are asked. */
  readonly in: readonly JudgedRule[];
  readonly out: readonly JudgedRule[];
  /** Addresses that it speaks with at all: without one of IPv6 those of IPv4 alone. */
  readonly speaks: AddressSet;
  /** Addresses of its network, as far as the file shows them. */
  readonly local: AddressSet;
  /** Why it is not known who reaches its ports, whatever the rules say. */
  readonly doubts: readonly string[];
  /** Every resource on which the answer to who reaches it rests. */
  readonly restsOn: readonly string[];
}

const NOTHING: Vpc = {
  networks: [],
  subnets: [],
  routes: [],
  nats: [],
  placements: [],
  repairs: [],
  serviceEgress: [],
};

/** The rule of which nobody knows whether it is there: Google's default network has such ones, with the last priority before the implied. */
const UNSEEN = 'rules of the network that stand in no file';
const LAST_PRIORITY = 65_534;

/** The server of a deployment with its network. `undefined` where it is on no machine of Google. */
export function googleServer(checked: CheckedDeployment): GoogleServer | undefined {
  const { artifact, server } = checked;
  if (server?.host.instance === undefined) return undefined;
  const known = SERVERS.get(server);
  if (known?.artifact === artifact) return known;
  const made = put(checked, server, server.host.instance);
  SERVERS.set(server, made);
  return made;
}

const SERVERS = new WeakMap<RestateDeployment, GoogleServer>();

function put(checked: CheckedDeployment, deployment: RestateDeployment, instance: Instance): GoogleServer {
  const { artifact } = checked;
  const { host } = deployment;
  const listening = listeningPorts(deployment);
  const vpc = artifact.vpc ?? NOTHING;
  const rules = artifact.firewall ?? [];
  const isKnown = host.network === 'published' || host.network === 'host';
  return {
    artifact,
    vpc,
    host,
    instance,
    deployment,
    listening,
    health: healthPorts(checked),
    in: rulesAbout(instance, 'in', [...rules, ...unseenRules(instance.network)]),
    out: rulesAbout(instance, 'out', rules),
    speaks: instance.ipv6 === true ? AddressSet.ALL : AddressSet.IPV4,
    local: localAddresses(artifact, vpc, instance.network),
    doubts: [
      ...(isKnown ? [] : [`which of its containers' ports the machine publishes is not known (${host.network})`]),
      ...listening.doubts,
    ],
    restsOn: restsOn(artifact, host),
  };
}

/** The ports of the machine that lead to where something of it listens. */
export function machinePortsOf({ host, instance }: GoogleServer, { port }: Pick<Listening, 'port'>): readonly number[] {
  if (host.network !== 'published') return [port];
  return instance.published.filter(({ containerPort }) => containerPort === port).map((each) => each.port);
}

/** Where a network is not of this file, others may have made rules of it, too. */
function unseenRules(network: Text): readonly FirewallRule[] {
  const [only, ...rest] = network;
  const isOfFile =
    rest.length === 0 && typeof only === 'object' && /^(?:module\..+\.)?google_compute_network\./.test(only.logicalId);
  if (isOfFile) return [];
  return [
    {
      id: UNSEEN,
      // not known, so that it is about the machine without being certain
      network: [],
      direction: 'in',
      priority: LAST_PRIORITY,
      action: 'allow',
      flows: [{ protocol: 'all', ports: [] }],
      ranges: ['0.0.0.0/0', '::/0'],
      sourceTags: [],
      sourceAccounts: [],
      targetTags: [],
      targetAccounts: [],
    },
  ];
}

function localAddresses({ networkCidrs = [] }: Artifact, { subnets }: Vpc, network: Text): AddressSet {
  const own = subnets.filter((subnet) => subnet.network !== undefined && sameText(subnet.network, network) === true);
  const ranges = own.length > 0 ? own.flatMap((subnet) => subnet.ranges) : networkCidrs;
  return AddressSet.unionOf(ranges.flatMap((range) => AddressSet.parse(range) ?? []));
}

function restsOn({ balancers }: Artifact, { id }: Host): readonly string[] {
  const leading = balancers.filter(
    ({ listeners }) =>
      listeners.length === 0 || listeners.some(({ targets }) => targets.some((target) => target.host === id)),
  );
  return [
    ...new Set([
      id,
      // a host of a second group is its template and the group
      ...id.split('/'),
      ...leading.flatMap((balancer) => [
        balancer.id,
        ...balancer.listeners.flatMap((listener) => listener.targets.map(({ group }) => group)),
      ]),
    ]),
  ];
}
