import type { Attack, Attempt } from '../../attack';
import { callersDoor } from '../ingress-door';
import { sendHeaders, type SentHeader } from './journal';
import { plantedSecret } from '../planted';

const CREDENTIAL_HEADERS = [
  'cookie',
  'proxy-authorization',
  'x-api-key',
  'x-auth-token',
  'x-csrf-token',
  'x-internal-token',
  'x-serverless-authorization',
  'x-amzn-oidc-accesstoken',
  'x-goog-iap-jwt-assertion',
  'x-session-id',
  'api-key',
  'user-agent',
  'x-http-method-override',
];

const IDENTITY_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-user',
  'x-forwarded-client-cert',
  'x-real-ip',
  'x-original-url',
  'x-rewrite-url',
  'x-request-id',
  'x-envoy-external-address',
  'x-envoy-internal',
  'x-envoy-original-path',
  'x-envoy-upstream-rq-timeout-ms',
  'x-envoy-decorator-operation',
  'x-amzn-oidc-data',
  'x-amzn-oidc-identity',
  'x-amzn-mtls-clientcert-subject',
  'x-amzn-trace-id',
  'x-goog-authenticated-user-email',
  'x-restate-foo',
  'x-restate-jwt-v1',
  'x-restate-signature-scheme',
  'x-restate-ingress-path',
  'x-restate-cluster-name',
];

/** Headers that a durable call may carry; a deployment lets at least one of them through, or the control says that none arrived. */
const HARMLESS_HEADERS = [
  { name: 'content-type', value: 'application/json' },
  { name: 'traceparent', value: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
];

const HARMLESS: Attempt = {
  from: 'caller',
  attempt: 'send a header that belongs to a durable call along with a good call',
  async run(deployment) {
    const seen = await sendHeaders(deployment, callersDoor(deployment), HARMLESS_HEADERS.slice(1));
    if (seen.outcome === 'refused') return seen.seen;
    const arrived = HARMLESS_HEADERS.filter((sent) =>
      seen.journal.some((kept) => kept.name === sent.name && kept.value === sent.value),
    );
    return arrived.length > 0
      ? { succeeded: true, observed: `the journal holds ${arrived.map(({ name }) => name).join(', ')}` }
      : { succeeded: false, observed: 'no header of a durable call arrived' };
  },
};

/** Headers that must not reach the server, which would write each into its journal and hand it to the handler. */
export const HEADER_ATTACKS: readonly Attack[] = [
  headerAttack({
    id: 'credentials-to-the-journal',
    claim: 'headers-allow-listed',
    attempt: 'send credentials, cookies and unnamed headers along with a good call',
    names: CREDENTIAL_HEADERS,
  }),
  headerAttack({
    id: 'forged-forwarding-headers',
    claim: 'forwarded-identity-not-trusted',
    attempt: 'claim another address, host or identity in headers that proxies and servers trust',
    names: IDENTITY_HEADERS,
  }),
];

function headerAttack(props: Pick<Attack, 'id' | 'claim' | 'attempt'> & { readonly names: readonly string[] }): Attack {
  const { names, ...named } = props;
  return {
    ...named,
    from: 'caller',
    expected: 'the call is made, and neither header nor value stands in the journal',
    async run(deployment) {
      const sent = names.map((name): SentHeader => ({ name, value: plantedSecret() }));
      const seen = await sendHeaders(deployment, callersDoor(deployment), sent);
      if (seen.outcome === 'refused') return seen.seen;
      const written = seen.written.map(({ name }) => name);
      if (written.length > 0) return { succeeded: true, observed: `the journal holds ${written.join(', ')}` };
      const kept = seen.journal.map(({ name }) => name).join(', ');
      const observed = `the journal of the call holds ${kept} alone`;
      return { succeeded: false, observed, refusedBy: `envoy: ${names.length} headers and the token removed` };
    },
    control: HARMLESS,
  };
}
