import { generateKeyPairSync, sign } from 'node:crypto';
import type { Attack } from '../../attack';
import type { Issuer } from '../../deployment';
import { callerAttack } from '../caller-attack';
import { eachIssuer, takesNoTokens } from './each-issuer';
import type { IngressCall } from '../ingress-call';

/** Tokens that the issuer never signed. */
export const TOKEN_SIGNATURE_ATTACKS: readonly Attack[] = [
  callerAttack({
    id: 'forged-token',
    claim: 'token-signature-verified',
    attempt: 'show a token signed by a key of the attacker, one that was changed, and one that brings its own key',
    expected: '401 from the proxy',
    notApplicable: takesNoTokens,
    calls: (deployment) =>
      eachIssuer(deployment, (issuer) => ({
        'foreign key, known key id': { token: issuer.token({ signature: 'foreign' }) },
        'foreign key, unknown key id': {
          token: issuer.token({ signature: 'foreign', header: { kid: 'unknown' } }),
        },
        'foreign key, no key id': {
          token: issuer.token({ signature: 'foreign', header: { kid: undefined } }),
        },
        'changed payload': { token: withChangedPayload(issuer.token()) },
        'signature cut short': { token: issuer.token().slice(0, -8) },
        'signature of another token': { token: withSignatureOf(issuer) },
        ...embeddedKeys(issuer),
      })),
  }),
  callerAttack({
    id: 'algorithm-confused-token',
    claim: 'token-signature-verified',
    attempt: 'show an unsigned token, and one authenticated with the public key as a shared secret',
    expected: '401 from the proxy',
    notApplicable: takesNoTokens,
    calls: (deployment) =>
      eachIssuer(deployment, (issuer) => ({
        ...Object.fromEntries(
          ['none', 'None', 'NONE', 'nOnE', ''].map((alg): [string, IngressCall] => [
            `algorithm "${alg}"`,
            { token: issuer.token({ signature: 'none', header: { alg } }) },
          ]),
        ),
        'no algorithm': { token: issuer.token({ signature: 'none', header: { alg: undefined } }) },
        'unsigned, true algorithm': { token: issuer.token({ signature: 'none' }) },
        'shared secret': { token: issuer.token({ signature: 'hmac-public-key', header: { alg: 'HS256' } }) },
        'shared secret, true algorithm': { token: issuer.token({ signature: 'hmac-public-key' }) },
      })),
  }),
];

/** Gives the token of a caller to somebody else without signing it again. */
export function withChangedPayload(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  return [header, encode({ ...claims, sub: 'somebody-else' }), signature].join('.');
}

function withSignatureOf(issuer: Issuer): string {
  const [header, payload] = issuer.token({ claims: { sub: 'somebody-else' } }).split('.');
  return [header, payload, issuer.token().split('.')[2]].join('.');
}

/** The issuer's own claims, signed by a key that the token itself brings or points to. */
function embeddedKeys(issuer: Issuer): Readonly<Record<string, IngressCall>> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), alg: 'ES256', kid: 'own' };
  const url = `data:application/json,${encodeURIComponent(JSON.stringify({ keys: [jwk] }))}`;
  const payload = issuer.token().split('.')[1];
  const withHeader = (members: Record<string, unknown>): IngressCall => {
    const signed = `${encode({ typ: 'JWT', alg: 'ES256', kid: 'own', ...members })}.${payload}`;
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return { token: `${signed}.${signature.toString('base64url')}` };
  };
  return { 'brings its key': withHeader({ jwk }), 'points to its key': withHeader({ jku: url, x5u: url }) };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
