import { AdminAccess, GoogleCredentials, GoogleIdToken, IngressAuth, Peer, PrivateNetwork } from '../../lib/google';
import { refusal } from '../core/refusal';
import { newStack } from './network-of';
import { ADMIN_OPTIONS, IMAGES, serverIn, tunnelDoor } from './template-of';

const EVERYBODY = '0.0.0.0/0';

/**
 * Guards that nobody can take out of a stack: what the mutants of test/mutants/google edit is what was synthesised. Others of them are
 * among the refusals of each part: refusals, admin-door, cloud-run-refusals.
 */
test.each<[guard: string, code: string, configure: () => unknown]>([
  [
    'a release of Envoy',
    'ProxyVersionUnknown',
    () => server({ images: { ...IMAGES, envoy: { ...IMAGES.envoy, tag: 'latest' } } }),
  ],
  ['hosts that answer', 'HostnameInvalid', () => server({ ingress: { hostnames: [] } })],
  ['a name of its own', 'HostnameInvalid', () => server({ ingress: { hostnames: ['*'] } })],
  ['peers that are not everybody', 'CidrTooOpen', () => Peer.cidr(EVERYBODY)],
  ['peers that are not half of everybody', 'CidrTooOpen', () => Peer.cidr('128.0.0.0/1')],
  [
    'peers that a factory made',
    'PeerInvalid',
    () => server({ ingress: { peers: [{ kind: 'service-account', email: 'allUsers' }] } }),
  ],
  ['an audience', 'AudiencesMissing', () => jwt({ audiences: [] })],
  ['an issuer over TLS', 'IssuerInvalid', () => jwt({ issuer: 'http://login.example.com/' })],
  ['keys over TLS', 'JwksUriInvalid', () => jwt({ jwks: undefined, jwksUri: 'http://login.example.com/keys.json' })],
  ['a method', 'AuthInvalid', () => server({ ingress: { auth: undefined } })],
  ['one of several methods', 'MethodsInvalid', () => IngressAuth.anyOf()],
  [
    'an account to act as',
    'ServiceAccountInvalid',
    () => GoogleCredentials.metadataServer({ impersonate: 'allUsers' }),
  ],
  ['one account to call as', 'ServiceAccountInvalid', () => GoogleIdToken.impersonated({ serviceAccount: 'allUsers' })],
  ['operators who are somebody', 'AdminPeersMissing', () => AdminAccess.fromPeers([], ADMIN_OPTIONS)],
  [
    'operators who are not everybody',
    'CidrTooOpen',
    () => AdminAccess.fromPeers([Peer.cidr(EVERYBODY)], ADMIN_OPTIONS),
  ],
  ["a certificate of the operators' own", 'AdminCertificateMissing', () => server({ admin: tunnelDoor().admin })],
  [
    'a private network',
    'SubnetRangeInvalid',
    () => new PrivateNetwork(newStack(), 'N', { cidr: EVERYBODY, region: 'europe-west1' }),
  ],
  [
    'addresses of a private network',
    'SubnetRangeInvalid',
    () => new PrivateNetwork(newStack(), 'N', { cidr: '8.8.8.0/24', region: 'europe-west1' }),
  ],
  ['services that are named', 'ServiceRangeInvalid', () => server({ services: [{ cidr: '10.40.0.0/24', ports: [] }] })],
])('%s cannot be left out', (_, code, configure) => {
  expect(refusal(configure).code).toBe(code);
});

test('nothing of that is refused where it is not left out', () => {
  const ingress = {
    peers: [Peer.cidr('10.30.0.0/16'), Peer.serviceAccount('shop@my-project.iam.gserviceaccount.com')],
  };
  expect(() => server({ ...tunnelDoor(), ingress, services: [{ cidr: '10.40.0.0/24', ports: [9080] }] })).not.toThrow();
});

function server(asked: object): unknown {
  return serverIn(newStack(), asked);
}

function jwt(change: object): unknown {
  return IngressAuth.jwt({
    issuer: 'https://login.example.com/',
    audiences: ['orders'],
    jwks: { keys: [] },
    ...change,
  });
}
