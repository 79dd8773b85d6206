import type { Artifact } from '../../../artifact/artifact';
import { spell } from '../../../artifact/iam/principal';
import type { RestateDeployment } from '../../../artifact/role';
import { sameText } from '../../../artifact/same-text';
import type { Text } from '../../../artifact/text';
import { AddressSet } from '../../network/address-set';
import { rangesOf, rulesAbout } from '../../network/google/rule-order';
import type { Finding } from '../../finding';
import { broken, unproven, worst } from '../../server/wrong';
import { type LogEntry, loggingQuery } from './logging-query';

/** What networks write down, by the names of Google's logs. */
const TRAILS: readonly (readonly [what: string, log: string, resource: string])[] = [
  ['connections of subnets', 'compute.googleapis.com%2Fvpc_flows', 'gce_subnetwork'],
  ['connections that rules decide', 'compute.googleapis.com%2Ffirewall', 'gce_subnetwork'],
  ['requests at balancers', 'requests', 'http_load_balancer'],
  ['translations of gateways', 'compute.googleapis.com%2Fnat_flows', 'nat_gateway'],
  ['names that are asked', 'dns.googleapis.com%2Fdns_queries', 'dns_query'],
];

/** Gateways by which machines of the server's network reach the internet. */
export function gatewaysOf({ vpc }: Artifact, { host }: RestateDeployment): readonly string[] {
  return (vpc?.nats ?? []).filter(({ network }) => isOf(network, host.instance?.network)).map(({ id }) => id);
}

/** Whether all that the network refuses, resolves and gives places to is written down, and kept. */
export function networkTrails(artifact: Artifact, server: RestateDeployment): readonly Finding[] {
  return [refusals(artifact, server), ...ownNetwork(artifact, server), ...leftOut(artifact)];
}

/** What no rule fits Google refuses without a line: a rule has to do it that writes one. */
function refusals({ firewall = [] }: Artifact, { host }: RestateDeployment): Finding {
  const party = host.instance ?? { network: [], tags: [] };
  const denying = rulesAbout(party, 'in', firewall).filter(
    ({ rule, certain }) => certain && rule.action === 'deny' && rule.flows.some(({ protocol }) => protocol === 'all'),
  );
  const rest = AddressSet.IPV4.subtract(AddressSet.unionOf(denying.map(({ rule }) => rangesOf(rule))));
  const evidence = `no rule refuses ${rest.describe(3)} every protocol to ${host.id}: what no rule lets in is refused without a line in any log`;
  return {
    subject: host.id,
    ...worst(
      rest.isEmpty ? [] : [broken(evidence)],
      `what is refused to ${host.id} is refused by ${denying.map(({ rule }) => rule.id).join(', ')}`,
    ),
  };
}

/** A network of this file has the names that are asked in it written down, and no subnets that nobody wrote. */
function ownNetwork({ vpc }: Artifact, { host }: RestateDeployment): readonly Finding[] {
  const own = (vpc?.networks ?? []).filter(({ id }) =>
    isOf([{ logicalId: id, attribute: 'id' }], host.instance?.network),
  );
  return own.map(({ id, makesSubnets }): Finding => {
    const policies = (vpc?.resolution?.policies ?? []).filter(({ networks }) =>
      networks.some((network) => isOf(network, host.instance?.network)),
    );
    const logs = policies.map((policy) => policy.logs);
    const isLogged = logs.includes(true);
    return {
      subject: id,
      ...worst(
        [
          ...(makesSubnets === true
            ? [
                broken(
                  `${id} makes subnets in every region by itself (auto_create_subnetworks), which write down nothing`,
                ),
              ]
            : []),
          ...(makesSubnets === 'unknown' ? [unproven(`whether ${id} makes subnets by itself is not known`)] : []),
          ...(isLogged || logs.includes('unknown')
            ? []
            : [broken(`no google_dns_policy of ${id} writes down which names are asked (enable_logging)`)]),
          ...(!isLogged && logs.includes('unknown')
            ? [unproven(`whether the names that are asked in ${id} are written down is not known`)]
            : []),
        ],
        `names that are asked in ${id} are written down`,
      ),
    };
  });
}

/** What is left out of the project's own logs is kept nowhere, unless a sink takes it to a place of the file. */
function leftOut({ logRouting, name }: Artifact): readonly Finding[] {
  const { exclusions = [], routes = [] } = logRouting ?? {};
  const faults = exclusions.flatMap(({ id, filter }) =>
    TRAILS.flatMap(([what, log, type]) => {
      const entry = { logName: `projects/${projectIn(spell(filter))}/logs/${log}`, resource: { type } };
      const isKept = routes.some(
        (route) =>
          route.store !== undefined &&
          route.enabled === true &&
          (route.filter === undefined || asked(route.filter, entry) === true),
      );
      const is = asked(filter, entry);
      if (isKept || is === false) return [];
      return [
        is === true
          ? broken(`${id} leaves ${what} out of the logs of the project, and no sink of this file keeps them`)
          : unproven(`whether ${id} leaves ${what} out of the logs of the project is not understood`),
      ];
    }),
  );
  return exclusions.length === 0
    ? []
    : [{ subject: name, ...worst(faults, 'what networks write down is left out by no exclusion') }];
}

function asked(filter: Text, entry: LogEntry): boolean | undefined {
  return loggingQuery(spell(filter))?.(entry);
}

/** A filter is asked within its own project. */
function projectIn(filter: string): string {
  return /projects\/([^/"]+)\/logs\//.exec(filter)?.[1] ?? 'project';
}

function isOf(network: Text | undefined, own: Text | undefined): boolean {
  return network !== undefined && own !== undefined && sameText(network, own) === true;
}
