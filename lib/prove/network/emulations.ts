import type { Artifact, Host, Instance } from '../../artifact/artifact';
import { resolve } from '../../artifact/text';
import type { GuestGuard } from './guest-guard';
import { metadataFromTask } from './instance-metadata';
import { rangesOfNobody, type SeatPlan } from './seat-plan';

const USER_DATA =
  'user data: read as text, and no line of it run; that the ECS agent shuts the metadata service is believed where ECS_AWSVPC_BLOCK_IMDS=true stands in the text that writes /etc/ecs/ecs.config';

/** What the network does in the cloud's stead, a line each. */
export function networkEmulations(host: Host, guard: GuestGuard | undefined): readonly string[] {
  const { instance } = host;
  return [
    ...(instance === undefined || guard === undefined ? ofTask(host) : ofInstance(instance, guard)),
    ...(host.internetRoute === 'unknown'
      ? ["internet: a route is assumed, since the file does not show the subnet's"]
      : []),
  ];
}

/** What the file does not say exactly enough for the network, a line each. */
export function networkNotes(artifact: Artifact, plan: SeatPlan, guard: GuestGuard | undefined): readonly string[] {
  return [
    ...rangesOfNobody(artifact, plan, 'in').map(
      (cidr) =>
        `peers in ${cidr} were not tried: nobody of the run has an address there, and its callers came from ${callersOf(plan)}`,
    ),
    ...rangesOfNobody(artifact, plan, 'out').map(
      (cidr) => `addresses in ${cidr}, which rules let out to, were not tried: nobody of the run has one`,
    ),
    ...(guard === undefined && plan.service.groups.length === 0
      ? ['no group of the file admits the server to a service']
      : []),
    ...(guard === 'impossible'
      ? [
          "users are not mapped here, so that the guest's firewall cannot be set, and the metadata service is open to all",
        ]
      : []),
  ];
}

function callersOf({ seats }: SeatPlan): string {
  const { addresses = [], memberOf = [], identity } = seats.find(({ name }) => name === 'caller') ?? {};
  const known = [
    ...memberOf.map((id) => `a member of ${id}`),
    ...(identity?.tags ?? []).map((tag) => `with the tag ${tag}`),
    ...(identity?.account === undefined ? [] : [`as ${resolve(identity.account, ({ logicalId }) => logicalId)}`]),
  ];
  return [addresses[0], ...known].join(', ');
}

function ofTask(host: Host): readonly string[] {
  const shut = {
    shut: "shut for the task by the ECS agent's route, as its user data asks",
    open: 'open to the task, since its user data does not shut it',
    unknown: "shut for the task by the ECS agent's route, although its user data asks for that on a condition",
  }[metadataFromTask(host.machine)];
  return [
    'VPC: one network namespace per host, a router between them, security groups as nftables rules in its forward hook',
    `instance metadata: a stand-in with worthless credentials at 169.254.169.254, ${shut}`,
    ...(host.machine === undefined ? [] : [USER_DATA]),
  ];
}

function ofInstance({ published }: Instance, guard: GuestGuard): readonly string[] {
  const said = {
    set: "guarded in the containers' network by the user of a process, as the machine's own firewall does",
    none: "open to every process of the containers' network, since the machine does not guard it",
    unknown: "shut to the containers' network, since what the machine's firewall does about it is not understood",
    impossible: "open to every process of the containers' network, since the run cannot tell their users apart",
  }[guard];
  const ports = published.map(({ port, containerPort }) => `${port} to ${containerPort}`).join(', ');
  return [
    "VPC: one network namespace per host, a router between them, the network's firewall as nftables rules in its forward hook",
    `machine: one namespace with its containers' network, where nftables redirect the published ports (${ports || 'none'}); what the machine itself listens on, as SSH, is not there`,
    `metadata server: a stand-in at 169.254.169.254, which no firewall of the network filters, ${said}`,
    "Google's services: a stand-in at 199.36.153.4, to which a route and names are assumed from everywhere in the network",
  ];
}
