import type { Unreadable } from '../artifact';
import type { Resources } from './resources';

/** Resources that let somebody in, or rule over who may, and are not modelled: the run attacks by none of them. */
const OTHERS: readonly (readonly [RegExp, string, Unreadable['concerns']])[] = [
  [/^google_compute_service_attachment$/, 'lets other networks in by Private Service Connect', 'ways-in'],
  [
    /^google_compute_target_(?:instance|pool)$/,
    'hands packets to machines by another way than a backend service',
    'ways-in',
  ],
  [/^google_compute_target_(?:tcp|ssl)_proxy$/, 'is a proxy that ends TCP or TLS', 'ways-in'],
  [/^google_compute_region_target_tcp_proxy$/, 'is a proxy that ends TCP', 'ways-in'],
  [
    /^google_compute_(?:(?:region_)?network_)?firewall_policy(?:_rule|_with_rules|_association)$/,
    'is part of a firewall policy, which is asked beside the rules of the network',
    'template',
  ],
  [
    /^google_compute_organization_security_policy(?:_rule|_association)?$/,
    'is part of a policy of the organization, which is asked before the rules of the network',
    'template',
  ],
  [
    /^google_(?:deployment_manager|config)_deployment$|^google_os_config_(?:os_policy_assignment|guest_policies)$/,
    'changes machines, or makes others, by what stands in no file',
    'template',
  ],
  [
    /^google_service_account_key$/,
    'is a key of an account, for whoever reads the state of this configuration',
    undefined,
  ],
  [/^google_compute_packet_mirroring$/, 'copies packets to somebody', 'template'],
];

/** Reports what is there of them. */
export function reportOtherWaysIn(resources: Resources): void {
  for (const [pattern, what, concerns] of OTHERS) {
    for (const { id } of resources.like(pattern)) {
      resources.report(id, `${what}, which is not modelled`, concerns);
    }
  }
}
