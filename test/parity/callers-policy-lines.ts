import { AddressSet } from '../../lib/check/network/address-set';
import { wayIn } from './flow-lines';

interface Rule {
  readonly action: string;
  readonly priority: number;
  readonly match: { readonly versioned_expr: string; readonly config: { readonly src_ip_ranges: readonly string[] } };
}

interface File {
  readonly resource: {
    readonly google_compute_global_forwarding_rule?: object;
    readonly google_compute_security_policy?: Readonly<Record<string, { readonly rule: readonly Rule[] }>>;
    readonly google_compute_backend_service?: Readonly<Record<string, { readonly security_policy?: string }>>;
  };
}

/** Whom a balancer of HTTP lets call: it ends their connections, so that no rule of the firewall sees who they are. */
export function callersPolicyLines(text: string): readonly string[] {
  const { resource } = JSON.parse(text) as File;
  if (resource.google_compute_global_forwarding_rule === undefined) return [];
  const [service] = Object.values(resource.google_compute_backend_service ?? {});
  const name = /^\$\{google_compute_security_policy\.([^.]+)\.id\}$/.exec(service?.security_policy ?? '')?.[1];
  const rules = name === undefined ? undefined : resource.google_compute_security_policy?.[name]?.rule;
  const admitted = rules === undefined ? AddressSet.IPV4 : admittedBy(rules);
  return admitted
    .cidrs()
    .flatMap((source) => wayIn({ door: 'ingress of the proxy', protocol: 'tcp', port: 443, source }));
}

function admittedBy(rules: readonly Rule[]): AddressSet {
  let admitted = AddressSet.NONE;
  let decided = AddressSet.NONE;
  for (const { action, match } of rules.toSorted((one, other) => one.priority - other.priority)) {
    const ranges = match.config.src_ip_ranges.map((range) => (range === '*' ? AddressSet.ALL : AddressSet.of(range)));
    const here = AddressSet.unionOf(ranges).subtract(decided);
    if (action === 'allow') admitted = admitted.union(here);
    decided = decided.union(here);
  }
  return admitted;
}
