import type { Resource, Resources } from './network-of';

interface Flow {
  readonly protocol: string;
  readonly ports?: readonly string[];
}

/** Each rule of the firewall as a line, sorted: `900 allow in tcp 443 from 10.20.0.0/16 to account a@b`. */
export function firewallLines(resources: Resources): string[] {
  return Object.values(resources['google_compute_firewall'] ?? {})
    .map(line)
    .sort();
}

function line(rule: Resource): string {
  const list = (name: string): readonly string[] => (rule[name] as readonly string[] | undefined) ?? [];
  const allowed = rule['allow'] as readonly Flow[] | undefined;
  const flows = allowed ?? (rule['deny'] as readonly Flow[]);
  const what = flows.map(({ protocol, ports = [] }) => [protocol, ports.join(',')].join(' ').trim()).join(' and ');
  const target = [
    ...list('target_service_accounts').map((account) => `account ${account}`),
    ...list('target_tags').map((tag) => `tag ${tag.replace(/-[0-9a-f]{8}$/, '')}`),
  ].join(' or ');
  const isIn = rule['direction'] === 'INGRESS';
  const other = isIn
    ? [...list('source_ranges'), ...list('source_service_accounts'), ...list('source_tags')]
    : list('destination_ranges');
  return [
    String(rule['priority']),
    allowed === undefined ? 'deny' : 'allow',
    isIn ? 'in' : 'out',
    what,
    isIn ? 'from' : 'to',
    other.join(' '),
    isIn ? 'to' : 'from',
    target === '' ? 'everything' : target,
  ].join(' ');
}
