import { checkDeployment, FAULT } from '../../../lib/check/check-artifact';
import { PROXY_CLAIMS } from '../../../lib/check/proxy/proxy-claims';
import { proxyDoors } from '../../../lib/check/proxy/proxy-doors';
import type { Example } from '../examples';
import { bootstrapOf, complaints, verdicts, withProxy } from './edited-proxy';

const EXAMPLES: readonly Example[] = ['Orders', 'Billing', 'Ledger', 'Invoices', 'Storefront'];

test.each(EXAMPLES)('every claim about the proxy of %s holds or does not apply', (example) => {
  const deployment = withProxy(example, bootstrapOf(example));
  expect(complaints(deployment)).toEqual([]);
  const results = checkDeployment({ deployment, prefix: '' }, PROXY_CLAIMS);
  expect(results.filter(({ evidence }) => evidence.startsWith(FAULT))).toEqual([]);
});

test.each([
  ['Orders', 'ingress-authenticated', /nothing passes but with a token of issuer/],
  ['Orders', 'token-audience-bound', /for orders alone/],
  ['Orders', 'token-issuer-bound', /https:\/\/login\.example\.com\/ alone/],
  ['Orders', 'headers-allow-listed', /accept, baggage, content-encoding, .*tracestate alone/],
  ['Ledger', 'ingress-authenticated', /nothing passes but with a verified certificate/],
  ['Ledger', 'scope-per-handler', /caller-0 for the certificate of shop\.internal\.example\.com/],
  ['Billing', 'admin-authenticated', /viewer for scope restate:view; deployer for scope restate:deploy/],
  ['Storefront', 'forwarded-identity-not-trusted', /the 2 hops before it add/],
  ['Invoices', 'metadata-unreachable', /for tokens alone/],
] as const)('the evidence about %s and %s names what was found', (example, id, evidence) => {
  expect(verdicts(withProxy(example, bootstrapOf(example))).get(id)).toMatch(evidence);
});

test('each door of a proxy is told by where it leads', () => {
  const { doors, unread } = proxyDoors(withProxy('Invoices', bootstrapOf('Invoices')));
  expect(unread).toEqual([]);
  expect(doors.map(({ kind, port, tls, anonymous, leadsTo }) => ({ kind, port, tls, anonymous, leadsTo }))).toEqual([
    { kind: 'callers', port: 8443, tls: true, anonymous: false, leadsTo: ['ingress'] },
    { kind: 'health', port: 8081, tls: false, anonymous: false, leadsTo: [] },
    { kind: 'operators', port: 8444, tls: true, anonymous: false, leadsTo: ['admin'] },
    { kind: 'metadata', port: 8079, tls: false, anonymous: true, leadsTo: ['metadata'] },
  ]);
});
