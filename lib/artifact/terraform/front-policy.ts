import type { FrontPolicy, FrontRule } from '../front-policy';
import type { Property } from '../property';
import type { Resource } from '../resource';
import type { Resources } from './resources';

const POLICIES = ['google_compute_security_policy', 'google_compute_region_security_policy'];
const SINGLE_RULES = ['google_compute_security_policy_rule', 'google_compute_region_security_policy_rule'];
const BY_ADDRESS = 'SRC_IPS_V1';
const EVERYBODY = ['0.0.0.0/0', '::/0'];

/** Rules that let through what keeps to a rate let through; those that lead elsewhere do not. */
const ACTIONS: readonly (readonly [RegExp, 'allow' | 'deny'])[] = [
  [/^(?:allow|throttle|rate_based_ban)$/, 'allow'],
  [/^(?:deny(?:\(\d{3}\))?|redirect)$/, 'deny'],
];

/**
 * The policy by which a backend service lets call. `undefined`: it has none, and everybody may.
 *
 * @see https://cloud.google.com/armor/docs/security-policy-overview
 */
export function frontPolicyOf(service: Resource, resources: Resources): FrontPolicy | undefined {
  const named = service.properties.get('security_policy');
  if (!named.present || named.value === '') return undefined;
  const policy = resources.quietlyReferredBy(named, ...POLICIES);
  if (policy === undefined) return { id: service.id, rules: 'unknown' };
  const apart = resources
    .quietly(...SINGLE_RULES)
    .filter((rule) => [undefined, policy.id].includes(policyOf(rule, resources)));
  const rules = [...policy.properties.blocks('rule'), ...apart.map(({ properties }) => properties)].filter(
    (rule) => rule.get('preview').boolean() !== true,
  );
  const priorities = rules.map((rule) => rule.get('priority').integer());
  const read = rules.map((rule, index) => ({ ...ruleOf(rule), priority: priorities[index] ?? 0 }));
  const isKnown = policy.doubts.length === 0 && apart.every(({ doubts }) => doubts.length === 0);
  return {
    id: policy.id,
    rules:
      isKnown &&
      !priorities.includes(undefined) &&
      (policy.properties.get('type').string() ?? 'CLOUD_ARMOR') === 'CLOUD_ARMOR'
        ? read.toSorted((one, other) => one.priority - other.priority).map(({ action, ranges }) => ({ action, ranges }))
        : 'unknown',
  };
}

/** Address of the policy of a rule that stands apart. `undefined`: not known. */
function policyOf({ properties }: Resource, resources: Resources): string | undefined {
  return resources.quietlyReferredBy(properties.get('security_policy'), ...POLICIES)?.id;
}

function ruleOf(rule: Property): FrontRule {
  const action = rule.get('action').string() ?? '';
  const match = rule.block('match');
  const isByAddress = match.get('versioned_expr').string() === BY_ADDRESS && match.blocks('expr').length === 0;
  const ranges = match.block('config').get('src_ip_ranges').strings();
  return {
    action: ACTIONS.find(([pattern]) => pattern.test(action))?.[1] ?? 'unknown',
    ranges:
      isByAddress && ranges.length > 0 ? ranges.flatMap((range) => (range === '*' ? EVERYBODY : [range])) : 'unknown',
  };
}
