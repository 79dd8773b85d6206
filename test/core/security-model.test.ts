import { AdminAccess } from '../../lib/core/admin-access';
import { IngressAuth } from '../../lib/core/ingress-auth';
import type { JwtAuth } from '../../lib/core/jwt-auth';
import { defineListener } from '../../lib/core/listener';
import { Peer } from '../../lib/core/peer';
import { defineSecurityModel, type SecurityModel, type SecurityModelProps } from '../../lib/core/security-model';
import { refusal } from './refusal';

const AUTH = IngressAuth.jwt({
  issuer: 'https://login.example.com/',
  audiences: ['orders'],
  jwksUri: 'https://login.example.com/keys.json',
});
const LISTENER = defineListener({ name: 'ingress', bind: { kind: 'loopback', port: 8080 }, worth: 'calls' });

function model(ingress: Partial<SecurityModelProps['ingress']> = {}): SecurityModel {
  return defineSecurityModel({
    listeners: [LISTENER],
    ingress: { auth: AUTH, hostnames: ['restate.example.com'], ...ingress },
    admin: AdminAccess.nobody(),
  });
}

function refused(ingress: Partial<SecurityModelProps['ingress']>): string {
  return refusal(() => model(ingress)).code;
}

describe('a security model', () => {
  test('admits nobody when nothing is said', () => {
    const { rules, admin, ingress } = model();

    expect(rules).toEqual([]);
    expect(admin).toEqual({ kind: 'nobody' });
    expect(ingress.corsOrigins).toEqual([]);
    expect(ingress.forwardQuery).toEqual(['delay']);
  });

  test('reads an empty list of peers as nobody', () => {
    expect(model({ peers: [] }).rules).toEqual([]);
  });

  test('admits each named peer to the ingress alone, with a credential', () => {
    const peer = Peer.cidr('10.20.0.0/16');

    expect(model({ peers: [peer] }).rules).toEqual([{ from: peer, to: 'ingress', requires: 'jwt' }]);
  });

  test('admits everybody where that is said, with a credential', () => {
    expect(model({ internetFacing: true }).rules).toEqual([{ from: 'internet', to: 'ingress', requires: 'jwt' }]);
  });

  test('refuses peers beside everybody: they would have no effect', () => {
    expect(refused({ internetFacing: true, peers: [Peer.cidr('10.20.0.0/16')] })).toBe('PeersBesideInternet');
  });

  test('refuses peers that are everybody together', () => {
    expect(refused({ peers: [Peer.cidr('10.0.0.0/8'), Peer.cidr('11.0.0.0/8')] })).toBe('CidrTooOpen');
  });

  test('refuses an option of the ingress that nobody would read', () => {
    expect(refused({ corsOrigin: ['https://app.example.com'] } as object)).toBe('OptionUnknown');
  });

  test.each<[string, string, Partial<JwtAuth>]>([
    ['without audiences', 'AudiencesMissing', { audiences: [] }],
    ['for an issuer that is a token', 'ValueNotConcrete', { issuer: '${Token[TOKEN.1]}' }],
    ['with endless tokens', 'DurationOutOfRange', { maxLifetimeSeconds: 1e9 }],
    ['with keys over plain http', 'JwksUriInvalid', { keys: { source: 'remote', uri: 'http://login.example.com/' } }],
    ['with no key', 'JwksInvalid', { keys: { source: 'inline', jwks: { keys: [] } } }],
  ])('refuses a credential that was changed by hand: %s', (_, code, change) => {
    expect(refused({ auth: { ...AUTH, ...change } })).toBe(code);
  });

  test('is frozen at every depth', () => {
    const { ingress, rules } = model({ internetFacing: true });

    expect(() => Object.assign(ingress.limits, { burst: 1 })).toThrow(TypeError);
    expect(() => (ingress.hostnames as string[]).push('evil.example.com')).toThrow(TypeError);
    expect(() => Object.assign(rules[0] ?? {}, { to: 'admin' })).toThrow(TypeError);
  });

  test('keeps no hold on the lists it was given', () => {
    const hostnames = ['restate.example.com'];
    const { ingress } = model({ hostnames });
    hostnames.push('evil.example.com');

    expect(ingress.hostnames).toEqual(['restate.example.com']);
  });
});

describe('a hostname of the ingress', () => {
  test.each([
    ['none', []],
    ['a wildcard', ['*.example.com']],
    ['everything', ['*']],
    ['upper case', ['Restate.example.com']],
    ['a port', ['restate.example.com:443']],
    ['a single label', ['restate']],
    ['a final dot', ['restate.example.com.']],
    ['two names in one', ['restate.example.com,evil.example.com']],
    ['a label that is too long', [`${'a'.repeat(64)}.example.com`]],
  ])('is refused as %s', (_, hostnames) => {
    expect(refused({ hostnames })).toBe('HostnameInvalid');
  });

  test('is refused as a token', () => {
    expect(refused({ hostnames: ['${Token[TOKEN.1]}'] })).toBe('ValueNotConcrete');
  });
});

describe('an origin of browser code', () => {
  test('is kept exactly, once', () => {
    const origins = ['https://b.example.com', 'https://a.example.com:8443', 'https://b.example.com'];

    expect(model({ corsOrigins: origins }).ingress.corsOrigins).toEqual([
      'https://a.example.com:8443',
      'https://b.example.com',
    ]);
  });

  test.each([
    '*',
    'null',
    'http://app.example.com',
    'https://app.example.com/',
    'https://*.example.com',
    'app.example.com',
  ])('is refused as %p', (origin) => {
    expect(refused({ corsOrigins: [origin] })).toBe('OriginInvalid');
  });

  test('is refused as a token', () => {
    expect(refused({ corsOrigins: ['${Token[TOKEN.1]}'] })).toBe('ValueNotConcrete');
  });
});
