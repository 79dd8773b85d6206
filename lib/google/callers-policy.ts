import {
  ComputeSecurityPolicy,
  type ComputeSecurityPolicyRule,
} from '@cdktf/provider-google/lib/compute-security-policy';
import type { Construct } from 'constructs';
import { resourceName } from './resource-name';

/** Properties of {@link callersPolicy}. */
export interface CallersPolicyProps {
  readonly project: string;
  /** IPv4 blocks of the callers. */
  readonly ranges: readonly string[];
}

/** What one rule of a policy may name. @see https://cloud.google.com/armor/quotas */
const MOST_RANGES = 10;
const FIRST_PRIORITY = 1000;
/** Of the rule that every policy ends with. */
const LAST_PRIORITY = 2_147_483_647;

/**
 * Who may call through an HTTPS load balancer, by address: the firewall of the machine cannot say, since all calls reach it from the front
 * ends of Google. Whom no rule names gets 403, before Envoy sees the call.
 *
 * @see https://cloud.google.com/armor/docs/security-policy-overview
 */
export function callersPolicy(scope: Construct, { project, ranges }: CallersPolicyProps): ComputeSecurityPolicy {
  const callers = Array.from({ length: Math.ceil(ranges.length / MOST_RANGES) }, (_, index) =>
    rule(
      FIRST_PRIORITY + index,
      'allow',
      ranges.slice(index * MOST_RANGES, (index + 1) * MOST_RANGES),
      'Callers of the ingress',
    ),
  );
  return new ComputeSecurityPolicy(scope, 'CallersPolicy', {
    name: resourceName(scope),
    project,
    type: 'CLOUD_ARMOR',
    rule: [...callers, rule(LAST_PRIORITY, 'deny(403)', ['*'], 'Everybody else')],
  });
}

function rule(priority: number, action: string, srcIpRanges: string[], description: string): ComputeSecurityPolicyRule {
  return { priority, action, description, match: { versionedExpr: 'SRC_IPS_V1', config: { srcIpRanges } } };
}
