import type { GroupRule } from '../../../artifact/artifact';
import { nameOf } from './admission';

/** The other side of a rule, for people. */
export function describePeer({ peer }: GroupRule): string {
  if (peer.kind === 'cidr') {
    return peer.cidr;
  }
  if (peer.kind === 'unknown') {
    return 'addresses that only the cloud knows';
  }
  return peer.kind === 'group' ? `members of ${peer.id}` : `the prefix list ${peer.id}`;
}

/** What a rule for the way out says, for people. */
export function describeOut(rule: GroupRule): string {
  const { protocol, fromPort, toPort } = rule;
  const ports = `${protocol} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
  return `${nameOf(rule)} lets ${protocol === 'all' ? 'everything' : ports} out to ${describePeer(rule)}`;
}
