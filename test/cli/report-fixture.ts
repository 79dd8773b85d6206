import type { ProofReport } from '../../lib/prove/report';

const closed = {
  id: 'admin-from-stranger',
  claim: 'admin-closed',
  subject: 'Orders/RestateTask',
  from: 'stranger',
  attempt: 'connects to the admin port of the task',
  expected: 'dropped by the security group',
  observed: 'no answer within 1 s',
  refusedBy: 'firewall: TaskGroup',
  verdict: 'holds',
  control: { from: 'stranger', attempt: 'connects to a canary', observed: 'connected', verdict: 'succeeded' },
  durationMs: 1_012,
} as const;

const open = {
  ...closed,
  id: 'token-expired',
  claim: 'token-expiry-required',
  observed: '200 from \u001B]0;owned\u0007 the handler',
  refusedBy: undefined,
  verdict: 'broken',
} as const;

/** A report with one of everything, of a deployment that is not safe. */
export const REPORT: ProofReport = {
  tool: 'portcullis',
  version: '0.0.0',
  artifact: 'cdk.out',
  claims: [
    {
      id: 'admin-closed',
      verdict: 'holds',
      subject: 'Orders/RestateTask',
      evidence: 'admin-from-stranger refused by firewall: TaskGroup',
      fix: '',
      source: 'Orders/Restate',
    },
    {
      id: 'token-expiry-required',
      verdict: 'broken',
      subject: 'Orders/RestateTask',
      evidence: `token-expired from internet: 200, and a word of 80 characters: ${'x'.repeat(80)}`,
      fix: 'require exp in the proxy',
      source: 'Orders/Restate',
    },
    ...['cloud-run-private', 'cloud-run-http2'].map((id) => ({
      id,
      verdict: 'not-applicable' as const,
      subject: 'Orders/RestateTask',
      evidence: 'no service runs on Cloud Run',
      fix: '',
      source: 'Orders/Restate',
    })),
    {
      id: 'egress-closed',
      verdict: 'accepted',
      subject: 'Orders/TaskGroup',
      evidence: 'keys are fetched',
      fix: '',
      source: 'Orders/Restate/TaskGroup',
    },
  ],
  attacks: [closed, open].map(({ refusedBy, ...attack }) =>
    refusedBy === undefined ? attack : { ...attack, refusedBy },
  ),
  skipped: [
    {
      id: 'slow-body',
      claim: 'slow-client-bounded',
      subject: 'Orders/RestateTask',
      verdict: 'not-applicable',
      reason: 'needs --slow',
    },
  ],
  emulated: ['the load balancer: a TCP forwarder with TLS'],
  replaced: ['certificate authorities: that of the run'],
  summary: {
    holds: 1,
    broken: 1,
    unproven: 0,
    accepted: 1,
    'not-applicable': 2,
    attacks: 2,
    refused: 1,
    durationMs: 41_300,
    exitCode: 1,
  },
};
