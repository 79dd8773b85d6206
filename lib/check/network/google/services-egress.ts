import type { Artifact } from '../../../artifact/artifact';
import type { ServiceEgress } from '../../../artifact/vpc';
import type { Finding } from '../../finding';
import { AddressSet } from '../address-set';
import { isEverybody, NOT_PUBLIC } from '../breadth';
import { describe } from './egress';
import { letOutBy } from './let-out';
import { type Mode, rulesAbout } from './rule-order';
import { verdictOf } from './verdict';

/** A way out has few ports. */
const FEW_PORTS = 1024;

/** `services-egress-bounded`: what a service of Cloud Run sends into a network goes where its firewall names ranges and ports. */
export function decideServicesEgress(artifact: Artifact): readonly Finding[] {
  const given = artifact.vpc?.serviceEgress ?? [];
  const without = (artifact.cloudRun ?? []).filter(({ id }) => given.every(({ service }) => service !== id));
  const judged = given.map((egress) => judge(artifact, egress));
  const others = without.map(({ id }): Finding => ({
    verdict: 'not-applicable',
    subject: id,
    evidence:
      "it is given no way into a network: it sends to the internet alone, over what is Google's own and no firewall bounds",
  }));
  return judged.length + others.length > 0
    ? [...judged, ...others]
    : [{ verdict: 'not-applicable', subject: artifact.name, evidence: 'the file has no service of Cloud Run' }];
}

function judge({ firewall = [] }: Artifact, { service, network, tags, traffic }: ServiceEgress): Finding {
  const server = { host: { id: service }, restsOn: [service] };
  if (network === undefined || tags === 'unknown' || traffic === 'unknown') {
    return verdictOf(server, {
      wrong: () => [],
      doubts: ['into which network it sends, or as whom, the file does not say'],
      holds: '',
    });
  }
  // The firewall knows a service of Cloud Run by its tags, and not by its account.
  const order = rulesAbout(
    { network, tags },
    'out',
    firewall.filter(({ targetTags, targetAccounts }) => targetAccounts.length === 0 || targetTags.length > 0),
  );
  const receivers = traffic === 'all' ? AddressSet.IPV4 : NOT_PUBLIC.ipv4;
  const ways = (mode: Mode): ReturnType<typeof letOutBy> => letOutBy(order, receivers, mode);
  return verdictOf(server, {
    wrong: (mode) =>
      ways(mode)
        .filter(
          ({ protocol, ports, addresses }) =>
            protocol === 'other' ||
            isEverybody(addresses) ||
            (ports !== undefined && ports.to - ports.from >= FEW_PORTS),
        )
        .map(describe),
    holds: ways('possible').map(describe).slice(0, 6).join('; ') || 'nothing is let out',
  });
}
