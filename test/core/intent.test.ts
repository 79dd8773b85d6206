import { AdminAccess } from '../../lib/core/admin-access';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { intentOf } from '../../lib/core/intent';
import { Peer } from '../../lib/core/peer';
import { defineSecurityModel } from '../../lib/core/security-model';
import { signingKey } from './signing-key';

const { jwk } = signingKey('2026-11');
const AUTH = IngressAuth.anyOf(
  IngressAuth.jwt({
    issuer: 'https://login.example.com/',
    audiences: ['orders'],
    jwksUri: 'https://login.example.com/keys.json',
  }),
  IngressAuth.apiKeys({ jwks: { keys: [jwk] }, revoked: ['lost-laptop'] }),
);

interface Workload {
  readonly name: string;
}

function model(internetFacing = false): ReturnType<typeof defineSecurityModel<Workload>> {
  return defineSecurityModel<Workload>({
    listeners: [],
    ingress: {
      auth: AUTH,
      hostnames: ['restate.example.com'],
      ...(internetFacing
        ? { internetFacing }
        : { peers: [Peer.cidr('10.20.0.0/16'), Peer.workload<Workload>({ name: 'shop' })] }),
      callers: [{ scope: 'orders:write', handlers: [{ service: 'Greeter', handlers: ['greet'] }] }],
    },
    admin: AdminAccess.fromPeers<Workload>([Peer.cidr('10.30.0.0/16')], {
      hostnames: ['admin.example.com'],
      auth: IngressAuth.apiKeys({ jwks: { keys: [jwk] } }),
      roles: { viewer: ['restate:view'] },
    }),
  });
}

const nameOf = ({ name }: Workload): { readonly workload: string } => ({ workload: name });

describe('what was asked for', () => {
  const intent = intentOf(model(), nameOf);

  test('is said door by door, in the words in which it was given', () => {
    expect(intent).toMatchObject({
      version: 1,
      ingress: {
        hostnames: ['restate.example.com'],
        auth: [
          {
            method: 'jwt',
            issuer: 'https://login.example.com/',
            audiences: ['orders'],
            jwksUri: 'https://login.example.com/keys.json',
          },
          { method: 'apiKeys', keys: [{ kid: '2026-11' }], revoked: ['lost-laptop'] },
        ],
        peers: [{ cidr: '10.20.0.0/16' }, { workload: 'shop' }],
        callers: [{ scope: 'orders:write', handlers: [{ service: 'Greeter', handlers: ['greet'] }] }],
        forwardQuery: ['delay'],
        corsOrigins: [],
        limits: { requestsPerSecond: 1000 },
      },
      admin: { peers: [{ cidr: '10.30.0.0/16' }], roles: { viewer: ['restate:view'] } },
    });
  });

  test('says of a door without operators nothing, and of the internet that it is the internet', () => {
    const { admin: _admin, ...rest } = model(true);
    const open = intentOf({ ...rest, admin: AdminAccess.nobody() }, nameOf);
    expect(open.admin).toBeUndefined();
    expect(open.ingress.peers).toBe('internet');
  });

  test('is plain data: written and read it is the same', () => {
    expect(JSON.parse(JSON.stringify(intent))).toEqual(intent);
  });

  test('holds of keys what everybody may know', () => {
    const members = intent.ingress.auth
      .flatMap((auth) => ('keys' in auth ? (auth.keys ?? []) : []))
      .flatMap(Object.keys);
    expect(new Set(members)).toEqual(new Set(['kty', 'crv', 'alg', 'kid', 'x', 'y']));
  });
});
