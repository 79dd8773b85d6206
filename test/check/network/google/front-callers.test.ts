import { parseTemplateText } from '../../../../lib/artifact/template-text';
import { readTerraform } from '../../../../lib/artifact/terraform/read-terraform';
import { checkDeployment, FAULT } from '../../../../lib/check/check-artifact';
import { findDeployments } from '../../../../lib/check/find-deployments';
import { PEERS_AS_MEANT } from '../../../../lib/check/intent/peers-as-meant';
import { ManagedCertificate, Peer } from '../../../../lib/google';
import { newStack } from '../../../google/network-of';
import { CERTIFICATE_IMAGE, IMAGES, serverIn } from '../../../google/template-of';

interface Rule {
  action: string;
  priority: number;
  preview?: unknown;
  match: Record<string, unknown>;
}
interface Parts {
  readonly policy: { rule: Rule[]; type: string };
  readonly service: Record<string, unknown>;
  readonly resource: Record<string, unknown>;
}

const MEANT = '198.51.100.0/24';

/** A server behind Google's balancer of HTTP, whose callers are one block. */
const SOUND = ((): string => {
  const stack = newStack();
  serverIn(stack, {
    images: { ...IMAGES, certificate: CERTIFICATE_IMAGE },
    ingress: { certificate: ManagedCertificate.forHostnames(), peers: [Peer.cidr(MEANT)] },
  });
  stack.prepareStack();
  return JSON.stringify(stack.toTerraform());
})();

/** What is said of who comes to the callers' door after an edit. */
function judged(edit: (parts: Parts) => void): string {
  const file = JSON.parse(SOUND) as { resource: Record<string, Record<string, unknown>> };
  const only = (type: string): unknown => Object.values(file.resource[type]!)[0];
  edit({
    policy: only('google_compute_security_policy') as Parts['policy'],
    service: only('google_compute_backend_service') as Parts['service'],
    resource: file.resource,
  });
  const content = parseTemplateText(JSON.stringify(file), 'test') as Parameters<typeof readTerraform>[0]['content'];
  const artifact = readTerraform({ name: 'test', file: 'test', format: 'terraform', content });
  const [found] = findDeployments([{ path: 'test', artifacts: [artifact] }]);
  const rows = checkDeployment(found!, [PEERS_AS_MEANT]).filter(({ evidence }) =>
    /callers' door|^the check/.test(evidence),
  );
  expect(rows.filter(({ evidence }) => evidence.includes(FAULT))).toEqual([]);
  return rows.map(({ verdict, evidence }) => `${verdict} ${evidence}`).join('; ');
}

const allowed = (ranges: readonly string[]): Rule['match'] => ({
  versioned_expr: 'SRC_IPS_V1',
  config: { src_ip_ranges: ranges },
});

test('the callers of a balancer that ends connections are those whom its policy names', () => {
  expect(judged(() => {})).toMatch(/^holds to the callers' door comes nobody but 198\.51\.100\.0\/24/);
});

test.each<[string, (parts: Parts) => void, RegExp]>([
  ['no policy', ({ service }) => delete service['security_policy'], /^broken .*come 0\.0\.0\.0\/1/],
  [
    'a wider block',
    ({ policy }) => void (policy.rule[0]!.match = allowed([MEANT, '203.0.113.0/24'])),
    /^broken .*come 203\.0\.113\.0\/24 .*security_policy/,
  ],
  ['an end that allows', ({ policy }) => void (policy.rule.at(-1)!.action = 'allow'), /^broken /],
  ['no end, where Google allows', ({ policy }) => void policy.rule.pop(), /^broken /],
  ['an end that only watches', ({ policy }) => void (policy.rule.at(-1)!.preview = true), /^broken /],
  [
    'a rule before the others',
    ({ policy }) => void policy.rule.push({ action: 'throttle', priority: 1, match: allowed(['*']) }),
    /^broken /,
  ],
  [
    'a rule that stands apart',
    ({ resource, service }) =>
      void (resource['google_compute_security_policy_rule'] = {
        apart: {
          security_policy: service['security_policy'],
          action: 'allow',
          priority: 5,
          match: allowed(['203.0.113.0/24']),
        },
      }),
    /^broken .*203\.0\.113\.0\/24/,
  ],
  [
    'a rule that asks otherwise than by address',
    ({ policy }) =>
      void policy.rule.push({
        action: 'allow',
        priority: 1,
        match: { expr: { expression: 'request.method == "GET"' } },
      }),
    /^unproven .*not comparable/,
  ],
  [
    'a policy of elsewhere',
    ({ service }) => void (service['security_policy'] = 'projects/p/global/securityPolicies/x'),
    /^unproven /,
  ],
  ['another kind of policy', ({ policy }) => void (policy.type = 'CLOUD_ARMOR_EDGE'), /^unproven /],
  ['an action that is none', ({ policy }) => void (policy.rule[0]!.action = 'welcome'), /^unproven /],
  [
    'a watching that is not known',
    ({ policy }) => void (policy.rule.at(-1)!.preview = '${var.watch}'),
    /^(?:unproven|broken) /,
  ],
])('told is %s', (_, edit, said) => {
  expect(judged(edit)).toMatch(said);
});

test.each<[string, (parts: Parts) => void]>([
  ['a narrower block', ({ policy }) => void (policy.rule[0]!.match = allowed(['198.51.100.0/25']))],
  [
    'a rule that denies some of them before',
    ({ policy }) => void policy.rule.push({ action: 'deny(403)', priority: 1, match: allowed(['198.51.100.7']) }),
  ],
  ['another order of the same rules', ({ policy }) => void policy.rule.splice(0, 2, policy.rule[1]!, policy.rule[0]!)],
])('no harm does %s', (_, edit) => {
  expect(judged(edit)).toMatch(/^holds /);
});
