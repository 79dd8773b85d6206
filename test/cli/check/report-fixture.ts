import type { CheckReport, CheckResult } from '../../../lib/check';

function row(id: string, verdict: CheckResult['verdict'], more: Partial<CheckResult> = {}): CheckResult {
  const subject = more.subject ?? 'Orders/TaskGroup';
  const fix = verdict === 'broken' || verdict === 'unproven' ? `close ${id}` : '';
  return { id, verdict, subject, evidence: `${id} was looked at`, fix, source: subject, ...more };
}

/** A report on two stacks with one of everything, among it what would break out of each format. */
export const REPORT: CheckReport = {
  tool: 'portcullis',
  version: '0.0.0',
  artifact: 'cdk.out',
  claims: [
    row('ingress-authenticated', 'holds', { subject: 'Orders/Task' }),
    row('admin-closed', 'broken', {
      evidence: '10.0.0.0/8 reaches 9070 | by "rule" <1> & \u001B]0;owned\u0007 `x`\nand [2](javascript:alert) ]]>',
      source: 'Orders/Restate/TaskGroup (cdk.out/Orders template.json:12)',
      place: { file: 'cdk.out/Orders template.json', line: 12 },
    }),
    row('admin-closed', 'accepted', { subject: 'Orders/Machine', evidence: 'root is an operator' }),
    row('rules-exact', 'holds', { evidence: 'no wider than its listener' }),
    ...['A', 'B', 'C', 'D'].map((id) =>
      row('images-by-digest', 'holds', { subject: `Orders/${id}`, evidence: 'by digest' }),
    ),
    row('egress-closed', 'unproven', { subject: 'Billing/TaskGroup' }),
    row('cloud-run-private', 'not-applicable', { subject: 'Billing/Task', evidence: 'there is none' }),
  ],
  summary: { holds: 6, broken: 1, unproven: 1, accepted: 1, 'not-applicable': 1, exitCode: 1, durationMs: 1_234 },
  checks: [
    {
      artifact: 'Orders',
      summary: { holds: 6, broken: 1, unproven: 0, accepted: 1, 'not-applicable': 0, exitCode: 1 },
    },
    {
      artifact: 'Billing',
      summary: { holds: 0, broken: 0, unproven: 1, accepted: 0, 'not-applicable': 1, exitCode: 1 },
    },
  ],
};
