import type { Attack } from '../../attack';
import type { Deployment, Issuer } from '../../deployment';
import type { ClientCertificate } from '../../probe';
import { callerAttack, type Calls } from '../caller-attack';
import { goodCaller } from '../good-call';
import { plantedSecret } from '../planted';

/** Credentials of several methods in one request, where each alone would do. */
export const COMBINED_CREDENTIAL_ATTACKS: readonly Attack[] = [
  callerAttack({
    id: 'several-good-credentials',
    claim: 'credentials-not-combined-loosely',
    attempt: 'show two good credentials at once, so that whoever acts on a call may read another than who checked it',
    expected: '401 or 403 from the proxy',
    notApplicable: oneMethod,
    calls: ({ credentials }) => ({
      ...besideCertificate(credentials.clients?.good, credentials.issuers, (issuer) => issuer.token()),
      ...pairs(credentials.issuers),
    }),
    control: { attempt: 'show one of them', call: goodCaller },
  }),
  callerAttack({
    id: 'bad-credential-beside-a-good-one',
    claim: 'credentials-not-combined-loosely',
    attempt: 'show a bad credential of one method beside a good one of another',
    expected: '401 or 403 from the proxy, or a TLS alert',
    notApplicable: oneMethod,
    calls: async (deployment) => {
      const { clients, issuers, revokedIds } = deployment.credentials;
      const [jti] = revokedIds;
      const bad: Readonly<Record<string, (issuer: Issuer) => string>> = {
        foreign: (issuer) => issuer.token({ signature: 'foreign' }),
        unsigned: (issuer) => issuer.token({ signature: 'none' }),
        expired: (issuer) => issuer.token({ claims: { exp: 1 } }),
        'for others': (issuer) => issuer.token({ claims: { aud: 'somebody-else' } }),
        ...(jti !== undefined && { revoked: (issuer: Issuer) => issuer.token({ claims: { jti } }) }),
      };
      const beside = Object.entries(bad).map(([name, token]) =>
        besideCertificate(clients?.good, issuers, token, `${name} `),
      );
      return {
        ...Object.assign({}, ...beside),
        ...noTokens(clients?.good),
        ...(await besideToken(deployment)),
        ...headersOf(issuers, bad),
      };
    },
    control: { attempt: 'show the good one alone', call: goodCaller },
  }),
  callerAttack({
    id: 'credential-of-another-issuer',
    claim: 'credentials-not-combined-loosely',
    attempt: "show a credential that one issuer signed in another's name, and for its audience",
    expected: '401 from the proxy',
    notApplicable: ({ credentials }) =>
      credentials.issuers.length < 2 ? 'tokens of one issuer are accepted at most' : undefined,
    calls: ({ credentials: { issuers } }) =>
      Object.fromEntries(
        issuers.flatMap((signer) =>
          issuers
            .filter((named) => named !== signer)
            .map(({ name, issuer: iss, audience: aud }) => [
              `${signer.name} as ${name}`,
              { token: signer.token({ claims: { iss, aud } }) },
            ]),
        ),
      ),
    control: { attempt: 'show one that is signed in the own name', call: goodCaller },
  }),
];

function oneMethod({ credentials }: Deployment): string | undefined {
  const { clients, issuers } = credentials;
  if (clients?.required === true) {
    return issuers.length === 0
      ? 'one method is allowed'
      : 'a certificate and a token are asked for together, not one of them';
  }
  return issuers.length + Number(clients !== undefined) < 2 ? 'one method is allowed' : undefined;
}

function besideCertificate(
  certificate: ClientCertificate | undefined,
  issuers: readonly Issuer[],
  token: (issuer: Issuer) => string,
  which = '',
): Calls {
  if (certificate === undefined) return {};
  return Object.fromEntries(
    issuers.map((issuer) => [
      `${which}token of ${issuer.name} beside a certificate`,
      { certificate, token: token(issuer) },
    ]),
  );
}

/** What is not even read as a token must not be overlooked either. */
function noTokens(certificate: ClientCertificate | undefined): Calls {
  if (certificate === undefined) return {};
  const values = { 'a password': `Basic ${plantedSecret()}`, garbage: `Bearer ${plantedSecret()}` };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      `${name} beside a certificate`,
      { certificate, headers: [['authorization', value]] as const },
    ]),
  );
}

async function besideToken({ credentials }: Deployment): Promise<Calls> {
  const { clients, issuers } = credentials;
  const token = issuers[0]?.token();
  if (clients === undefined || token === undefined) return {};
  const foreign = await clients.issue({ signedBy: 'foreign' });
  const unknown = await clients.issue({ name: 'somebody-else.example' });
  return {
    'foreign certificate beside a token': { token, certificate: foreign },
    'revoked certificate beside a token': { token, certificate: clients.revoked },
    'certificate of an unknown name beside a token': { token, certificate: unknown },
  };
}

/** Two headers, or one with two values, of different issuers. */
function pairs(issuers: readonly Issuer[]): Calls {
  const [one, other] = issuers.map((issuer) => issuer.token());
  return one === undefined || other === undefined ? {} : together(one, other, 'both good');
}

function headersOf(issuers: readonly Issuer[], bad: Readonly<Record<string, (issuer: Issuer) => string>>): Calls {
  const [first, second] = issuers;
  if (first === undefined || second === undefined) return {};
  const calls = Object.entries(bad).map(([name, token]) => together(token(first), second.token(), `${name} first`));
  return Object.assign({}, ...calls) as Calls;
}

function together(one: string, other: string, name: string): Calls {
  return {
    [`two headers, ${name}`]: {
      headers: [
        ['authorization', `Bearer ${one}`],
        ['authorization', `Bearer ${other}`],
      ],
    },
    [`one header, ${name}`]: { headers: [['authorization', `Bearer ${one}, Bearer ${other}`]] },
  };
}
