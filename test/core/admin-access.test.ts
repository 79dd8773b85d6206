import { AdminAccess, adminAccess } from '../../lib/core/admin-access';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { Peer } from '../../lib/core/peer';
import { createCertificateAuthority } from '../../lib/prove/issuer/certificate-authority';
import { defineSecurityModel, type SecurityModel } from '../../lib/core/security-model';
import { refusal } from './refusal';
import { signingKey } from './signing-key';

const jwks = { keys: [signingKey().jwk] };
const JWT = IngressAuth.jwt({ issuer: 'https://login.example.com/', audiences: ['operations'], jwks });
const KEYS = IngressAuth.apiKeys({ jwks });
const OPTIONS = { hostnames: ['restate-admin.example.com'], auth: JWT, roles: { operator: ['restate:operate'] } };
const OPERATORS = [Peer.cidr('10.20.0.0/24')];

function refused(change: object, peers: unknown = OPERATORS): string {
  return refusal(() => AdminAccess.fromPeers(peers as typeof OPERATORS, { ...OPTIONS, ...change })).code;
}

describe('access to the admin API', () => {
  test('belongs to nobody, as plain frozen data', () => {
    expect(AdminAccess.nobody()).toEqual({ kind: 'nobody' });
    expect(Object.isFrozen(AdminAccess.nobody())).toBe(true);
  });

  test('is that of named peers with a credential and a role', () => {
    expect(AdminAccess.fromPeers(OPERATORS, OPTIONS)).toEqual({
      kind: 'peers',
      peers: OPERATORS,
      hostnames: ['restate-admin.example.com'],
      auth: JWT,
      roles: { operator: ['restate:operate'] },
    });
  });

  test.each([
    ['tokens', JWT],
    ['API keys', KEYS],
    ['both', IngressAuth.anyOf(JWT, KEYS)],
  ])('takes %s', (_, auth) => {
    expect(AdminAccess.fromPeers(OPERATORS, { ...OPTIONS, auth }).auth).toEqual(auth);
  });

  test('states the scopes of a role once, in order', () => {
    const roles = { viewer: ['b', 'a', 'b'], deployer: [] };

    expect(AdminAccess.fromPeers(OPERATORS, { ...OPTIONS, roles }).roles).toEqual({ viewer: ['a', 'b'], deployer: [] });
  });

  test.each<[string, unknown]>([
    ['no peers', []],
    ['one that is no list', OPERATORS[0]],
    ['none at all', null],
  ])('is refused for %s', (_, peers) => {
    expect(refused({}, peers)).toBe('AdminPeersMissing');
  });

  test.each<[string, string, object]>([
    ['no role', 'RolesInvalid', { roles: {} }],
    ['a scope that stands in no list', 'RolesInvalid', { roles: { operator: 'restate:operate' } }],
    ['roles without a scope', 'RolesInvalid', { roles: { viewer: [], operator: [] } }],
    ['a role that there is not', 'OptionUnknown', { roles: { admin: ['a'] } }],
    ['a scope of two words', 'ScopeInvalid', { roles: { operator: ['a b'] } }],
    ['an empty scope', 'ScopeInvalid', { roles: { operator: [''] } }],
    ['a scope that is a token', 'ValueNotConcrete', { roles: { operator: ['${Token[TOKEN.1]}'] } }],
    ['no host name', 'HostnameInvalid', { hostnames: [] }],
    ['a wildcard', 'HostnameInvalid', { hostnames: ['*.example.com'] }],
    ['an option that nobody would read', 'OptionUnknown', { role: {} }],
    ['no credential', 'AuthInvalid', { auth: undefined }],
    ['a credential of no method', 'AuthInvalid', { auth: { method: 'none' } }],
    ['tokens without an audience', 'AudiencesMissing', { auth: { ...JWT, audiences: [] } }],
  ])('is refused for %s', (_, code, change) => {
    expect(refused(change)).toBe(code);
  });

  test('is refused to certificates, which have no scopes and which the restate command line cannot show', async () => {
    const { certificate: ca } = await createCertificateAuthority('operators');
    const certificates = IngressAuth.mutualTls({ ca, names: ['olga.example.com'], crl: 's3://lists/operators.pem' });

    expect(refused({ auth: certificates })).toBe('AdminAuthInvalid');
    expect(refused({ auth: IngressAuth.anyOf(JWT, certificates) })).toBe('AdminAuthInvalid');
  });

  test.each(['0.0.0.0/0', '::/0', '0.0.0.0/1'])('is refused to %s', (cidr) => {
    expect(() => AdminAccess.fromPeers([Peer.cidr(cidr)], OPTIONS)).toThrow('CidrTooOpen');
  });

  test('is refused to ranges that are everybody together', () => {
    expect(refused({}, [Peer.cidr('10.0.0.0/8'), Peer.cidr('11.0.0.0/8')])).toBe('CidrTooOpen');
  });

  test('is refused to a block in place of a peer', () => {
    expect(refused({}, ['10.20.0.0/24'])).toBe('PeerInvalid');
  });

  test.each<[string, string, unknown]>([
    ['a word', 'OptionInvalid', 'nobody'],
    ['nothing', 'OptionMissing', null],
    ['a foreign word', 'OptionUnknown', { kind: 'nobody', unless: 'ada' }],
  ])('is never %s', (_, code, access) => {
    expect(refusal(() => adminAccess(access as AdminAccess)).code).toBe(code);
  });

  test('is checked once more where it was written by hand', () => {
    const good = AdminAccess.fromPeers(OPERATORS, OPTIONS);
    const code = (change: object): string => refusal(() => adminAccess({ ...good, ...change })).code;

    expect(adminAccess(good)).toEqual(good);
    expect(adminAccess(AdminAccess.nobody())).toEqual({ kind: 'nobody' });
    expect(code({ roles: {} })).toBe('RolesInvalid');
    expect(code({ peers: [] })).toBe('AdminPeersMissing');
    expect(code({ auth: { ...JWT, maxLifetimeSeconds: 1e9 } })).toBe('DurationOutOfRange');
    expect(code({ everybody: true })).toBe('OptionUnknown');
  });

  test('keeps no hold on what it was given, and is frozen but for the handles of the cloud', () => {
    const handle = { name: 'group' };
    const scopes = ['restate:operate'];
    const peers = [Peer.workload(handle)];
    const access = AdminAccess.fromPeers(peers, { ...OPTIONS, roles: { operator: scopes } });
    scopes.push('everybody');
    peers.pop();

    expect(access.roles).toEqual({ operator: ['restate:operate'] });
    expect(access.peers).toHaveLength(1);
    expect(Object.isFrozen(access.roles.operator)).toBe(true);
    expect(Object.isFrozen(handle)).toBe(false);
  });

  test('is refused at a host name of the ingress: an API key says by host name which door it opens', () => {
    const auth = KEYS;
    const admin = AdminAccess.fromPeers(OPERATORS, OPTIONS);
    const model = (hostnames: readonly string[]): SecurityModel =>
      defineSecurityModel({ listeners: [], ingress: { auth, hostnames }, admin });

    expect(refusal(() => model(['restate.example.com', 'restate-admin.example.com'])).code).toBe('HostnameShared');
    expect(model(['restate.example.com']).admin).toEqual(admin);
  });
});
