import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Observation } from '../../attack';
import { pathOf } from '../../credentials/grants';
import type { ClientAuthority, ClientCertificateOptions, Deployment } from '../../deployment';
import type { ClientCertificate } from '../../probe';
import { callerAttack, type Calls } from '../caller-attack';
import { type IngressCall, tryCall } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { certificatesOpenNothing } from './open-nothing';
import { uniqueKey } from '../planted';

/** How long the proxy may take to read another revocation list. */
const TAKEN_UP_WITHIN_MS = 6_000;
const POLL_MS = 250;
const TEN_YEARS_HOURS = 10 * 365 * 24;

/** Certificates with which nobody may connect, or which nobody may use for this. */
export const CLIENT_CERTIFICATE_ATTACKS: readonly Attack[] = [
  certificateAttack({
    id: 'no-client-certificate',
    attempt: 'call without a certificate: over both protocols and versions of TLS, and naming one in a header',
    expected: 'a TLS alert, or 401 or 403 where a token would do as well',
    calls: ({ names }) => {
      const [name = 'caller'] = names;
      return {
        'HTTP/1.1': { certificate: 'none' },
        'HTTP/2': { certificate: 'none', protocol: 'h2' },
        'TLS 1.2': { certificate: 'none', maxVersion: 'TLSv1.2' },
        'named in a header': {
          certificate: 'none',
          headers: [
            ['x-forwarded-client-cert', `Subject="CN=${name}";URI=${name};DNS=${name}`],
            ['x-amzn-mtls-clientcert-subject', `CN=${name}`],
            ['x-client-cert', name],
          ],
        },
      };
    },
  }),
  certificateAttack({
    id: 'foreign-client-certificate',
    attempt: 'show a certificate of another authority of the same name, and one that the holder of a good one signed',
    expected: 'a TLS alert',
    calls: (clients) =>
      issueEach(clients, {
        'another authority': { signedBy: 'foreign' },
        'a certificate as authority': { signedBy: 'caller' },
        'another authority, another name': { signedBy: 'foreign', name: 'somebody-else.example' },
      }),
  }),
  certificateAttack({
    id: 'unfit-client-certificate',
    attempt: 'show a certificate of the right authority that is too old, too new, for servers, or for another name',
    expected: 'a TLS alert, or 403 from the proxy',
    calls: (clients, name) =>
      issueEach(clients, {
        expired: { fromHours: -48, untilHours: -1 },
        'not yet valid': { fromHours: 1, untilHours: 24 },
        'for servers': { purpose: 'server' },
        'another name': { name: 'somebody-else.example' },
        'a longer name': { name: `${name}.somebody-else.example` },
        'a name before it': { name: name.replace(/^([a-z]+:\/\/)?/, '$1x-') },
        wildcard: { name: name.includes('://') ? `${name.replace(/[^/]*$/, '')}*` : name.replace(/^[^.]*/, '*') },
        'the name as an e-mail address': { nameAs: 'email' },
        'the name in the subject alone': { nameAs: 'subject' },
        'another name for ten years': { name: 'somebody-else.example', untilHours: TEN_YEARS_HOURS },
      }),
  }),
  certificateAttack({
    id: 'revoked-client-certificate',
    attempt: 'show a certificate that is on the revocation list of its authority',
    expected: 'a TLS alert',
    calls: ({ revoked }) =>
      Promise.resolve({ 'HTTP/1.1': { certificate: revoked }, 'HTTP/2': { certificate: revoked, protocol: 'h2' } }),
  }),
  {
    id: 'certificate-revoked-meanwhile',
    claim: 'client-certificate-required',
    from: 'caller',
    attempt: 'show a certificate that was put on the list, which the node renews, after it had been used',
    expected: 'a TLS alert, without a restart of the proxy',
    notApplicable: asksForNone,
    run: async (deployment) => {
      const clients = needClients(deployment);
      const certificate = await clients.issue();
      const before = await show(deployment, certificate);
      if (!before.succeeded)
        return { succeeded: false, observed: `not admitted in the first place: ${before.observed}` };
      await clients.revoke(certificate);
      return await untilRefused(deployment, certificate);
    },
    control: {
      from: 'caller',
      attempt: 'show another certificate of the same name when the list has been renewed',
      run: async (deployment) => {
        const clients = needClients(deployment);
        const [certificate, other] = await Promise.all([clients.issue(), clients.issue()]);
        await clients.revoke(other);
        await untilRefused(deployment, other);
        return await show(deployment, certificate);
      },
    },
  },
];

interface CertificateAttack extends Pick<Attack, 'id' | 'attempt' | 'expected'> {
  /** @param name of the good caller's certificate */
  readonly calls: (clients: ClientAuthority, name: string) => Calls | Promise<Calls>;
}

/** The control shows a certificate that was made in the same way, and that nothing is wrong with. */
function certificateAttack({ calls, ...named }: CertificateAttack): Attack {
  return callerAttack({
    ...named,
    claim: 'client-certificate-required',
    notApplicable: asksForNone,
    calls: async (deployment) => {
      const clients = needClients(deployment);
      const [name = 'caller.example'] = [...clients.target.certificates, ...clients.names];
      const each = Object.entries(await calls(clients, name));
      return Object.fromEntries(each.map(([what, call]) => [what, { ...certifiedCall(clients), ...call }]));
    },
    control: {
      attempt: 'the same with a certificate that was made for it',
      call: async (deployment) => {
        const clients = needClients(deployment);
        return { ...certifiedCall(clients), certificate: await clients.issue() };
      },
    },
  });
}

async function issueEach(
  clients: ClientAuthority,
  wrong: Readonly<Record<string, ClientCertificateOptions>>,
): Promise<Calls> {
  const calls = Object.entries(wrong).map(async ([name, options]): Promise<[string, IngressCall]> => [
    name,
    { certificate: await clients.issue(options) },
  ]);
  return Object.fromEntries(await Promise.all(calls));
}

function show(deployment: Deployment, certificate: ClientCertificate): Promise<Observation> {
  return tryCall(deployment, callersDoor(deployment), { ...certifiedCall(needClients(deployment)), certificate });
}

/** A call of what a certificate opens, which need not be what a token opens. */
function certifiedCall({ target }: ClientAuthority): IngressCall {
  const key = uniqueKey();
  return { key, path: pathOf(target, key) };
}

/** What becomes of a certificate that was withdrawn, by the time that the proxy must have heard of it. */
async function untilRefused(deployment: Deployment, certificate: ClientCertificate): Promise<Observation> {
  const deadline = performance.now() + TAKEN_UP_WITHIN_MS;
  for (;;) {
    const seen = await show(deployment, certificate);
    if (!seen.succeeded && seen.refusedBy !== undefined) return seen;
    if (performance.now() > deadline)
      return { ...seen, observed: `${seen.observed}, after ${TAKEN_UP_WITHIN_MS / 1000} s` };
    await sleep(POLL_MS);
  }
}

function asksForNone(deployment: Deployment): string | undefined {
  return deployment.credentials.clients === undefined
    ? 'callers show tokens, not client certificates'
    : certificatesOpenNothing(deployment);
}

function needClients({ credentials }: Deployment): ClientAuthority {
  if (credentials.clients === undefined) throw new Error('no client certificate is asked for');
  return credentials.clients;
}
