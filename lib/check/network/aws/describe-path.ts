import { type Admission, nameOf } from './admission';
import type { NetworkView } from './network-view';
import type { Blocked, Path, Target, Via } from './reach';

/** Who comes by a path, and over what: the witness of "reachable". */
export function describePath(view: NetworkView, { host, port }: Target, path: Path): string {
  const { via, admission, hostRules } = path;
  const rules = namesOf(admission);
  const behind = namesOf(hostRules);
  const end = `${host.id} port ${port}`;
  const who = whoComes(view, path);
  const routed =
    path.open.isEmpty && admission.members.size === 0 ? ', to whom no route of the file leads back now' : '';
  return via === undefined
    ? `${who}${routed} to ${end}, let in by ${rules}`
    : `${who}${routed} over ${front(via)}${rules === '' ? ' (no security group)' : `, let in by ${rules}`}, to ${end}, let in by ${behind || 'its groups'}`;
}

/** More rules than these nobody reads one by one. */
const MOST_RULES = 12;

function namesOf({ rules }: Admission): string {
  const rest = rules.length - MOST_RULES;
  return `${rules.slice(0, MOST_RULES).map(nameOf).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Why nobody comes by some ways: what blocks "not reachable". */
export function describeBlocked(blocked: readonly Blocked[]): string {
  return blocked.map(({ via, because }) => (via === undefined ? because : `over ${front(via)}: ${because}`)).join('; ');
}

function front({ balancer, listener, target }: Via): string {
  return `listener ${listener.id} (port ${listener.port}) of the ${balancer.scheme} balancer ${balancer.id} and target group ${target.group}`;
}

function whoComes(view: NetworkView, { admission, filtered }: Path): string {
  const addresses = admission.addresses.intersect(filtered);
  const members = [...admission.members].map((id) => {
    const known = view.wearers(id).map((each) => each.id);
    return known.length === 0 ? `members of ${id}` : `members of ${id} (${known.slice(0, 6).join(', ')})`;
  });
  return [...(addresses.isEmpty ? [] : [addresses.describe()]), ...members, ...admission.unknown].join(', ');
}
