import { AdminAccess, type AdminPeersOptions, IngressAuth, Peer } from '../../lib/google';
import { refusal } from '../core/refusal';
import { newStack, onlyOf, type Resource, type Resources } from './network-of';
import {
  ADMIN_OPTIONS,
  type Asked,
  certificate,
  INLINE_AUTH,
  mutualTlsAuth,
  serverIn,
  serverResources,
  tunnelDoor,
} from './template-of';

const OPS = 'group:ops@example.com';
const ADA = 'user:ada@example.com';

function peersDoor(...peers: readonly Peer[]): Asked {
  return { admin: AdminAccess.fromPeers(peers, ADMIN_OPTIONS), adminCertificate: certificate('admin') };
}

function tunnels(resources: Resources): readonly Resource[] {
  return Object.values(resources['google_iap_tunnel_instance_iam_member'] ?? {});
}

function fronts(resources: Resources): readonly unknown[] {
  return Object.values(resources['google_compute_forwarding_rule'] ?? {}).map(({ ports }) => ports);
}

function userData(resources: Resources): string {
  const { metadata } = onlyOf(resources, 'google_compute_instance_template');
  return (metadata as Record<string, string>)['user-data'] ?? '';
}

describe('the admin door', () => {
  test('is closed when nothing is said: no port, no address, no tunnel, no listener of the server', () => {
    const resources = serverResources();
    expect(fronts(resources)).toEqual([['443']]);
    expect(tunnels(resources)).toEqual([]);
    expect(userData(resources)).not.toMatch(/8444/);
    expect(userData(resources)).toContain('RESTATE_ADMIN__LISTEN_MODE=unix');
  });

  test('for people by tunnel has no address: each principal gets port 8444 of this machine, and no other', () => {
    const resources = serverResources(() => tunnelDoor([OPS, ADA, OPS]));
    expect(tunnels(resources)).toMatchObject(
      [OPS, ADA].map((member) => ({
        member,
        role: 'roles/iap.tunnelResourceAccessor',
        condition: { expression: 'destination.port == 8444' },
      })),
    );
    expect(fronts(resources)).toEqual([['443']]);
  });

  test('for peers has an internal address of its own, and no tunnel', () => {
    const resources = serverResources(() => peersDoor(Peer.cidr('10.30.0.0/16')));
    expect(fronts(resources)).toEqual([['443'], ['8444']]);
    expect(resources['google_compute_address']?.['Restate/AdminFront/Address']).toMatchObject({
      address_type: 'INTERNAL',
    });
    expect(tunnels(resources)).toEqual([]);
  });

  test('asks both for the same credential, and shows them a certificate of its own', () => {
    for (const door of [tunnelDoor(), peersDoor(Peer.cidr('10.30.0.0/16'))]) {
      const text = userData(serverResources(() => door));
      expect(text).toContain('/run/portcullis/tls/admin-cert.pem');
      expect(text).toContain('8444:8444');
      expect(text).toContain('restate:operate');
    }
  });

  test('says in every report that the containers reach the admin API beside it', () => {
    const comment = onlyOf(
      serverResources(() => tunnelDoor()),
      'google_compute_instance_template',
    )['//'];
    expect(comment).toMatchObject({ 'portcullis:accepted': [{ claim: 'admin-closed' }] });
    expect(onlyOf(serverResources(), 'google_compute_instance_template')['//']).not.toHaveProperty(
      'portcullis:accepted',
    );
  });
});

describe('the admin door cannot be opened', () => {
  test.each<[string, string, () => unknown]>([
    ['to everybody', 'PrincipalInvalid', () => AdminAccess.fromIapTunnel(['allUsers'], ADMIN_OPTIONS)],
    ['to a domain', 'PrincipalInvalid', () => AdminAccess.fromIapTunnel(['domain:example.com'], ADMIN_OPTIONS)],
    [
      'to everybody with an account, beside a group',
      'PrincipalInvalid',
      () => AdminAccess.fromIapTunnel([OPS, 'allAuthenticatedUsers'], ADMIN_OPTIONS),
    ],
    ['to nobody', 'AdminPeersMissing', () => AdminAccess.fromIapTunnel([], ADMIN_OPTIONS)],
    ['to half the internet', 'CidrTooOpen', () => peersDoor(Peer.cidr('0.0.0.0/1'))],
    ['without roles', 'RolesInvalid', () => AdminAccess.fromIapTunnel([OPS], { ...ADMIN_OPTIONS, roles: {} })],
    [
      'without a credential',
      'AuthInvalid',
      () => AdminAccess.fromIapTunnel([OPS], { ...ADMIN_OPTIONS, auth: undefined } as unknown as AdminPeersOptions),
    ],
    [
      'by client certificates',
      'AdminAuthInvalid',
      () => AdminAccess.fromIapTunnel([OPS], { ...ADMIN_OPTIONS, auth: mutualTlsAuth() }),
    ],
    [
      'with an option of nobody',
      'OptionUnknown',
      () => AdminAccess.fromIapTunnel([OPS], { ...ADMIN_OPTIONS, port: 22 } as AdminPeersOptions),
    ],
    [
      'without a certificate',
      'AdminCertificateMissing',
      () => serverIn(newStack(), { admin: AdminAccess.fromIapTunnel([OPS], ADMIN_OPTIONS) }),
    ],
    [
      'by a certificate alone',
      'AdminCertificateUnused',
      () => serverIn(newStack(), { adminCertificate: certificate('admin') }),
    ],
    [
      'by a handle that no factory made',
      'PrincipalInvalid',
      () => serverIn(newStack(), byHand({ kind: 'iap-tunnel', principals: ['allUsers'] })),
    ],
    ['by a handle of no kind', 'PeerInvalid', () => serverIn(newStack(), byHand({ kind: 'everybody' }))],
    [
      'by a host name of the ingress',
      'HostnameShared',
      () =>
        serverIn(newStack(), {
          ...tunnelDoor(),
          admin: AdminAccess.fromIapTunnel([OPS], { ...ADMIN_OPTIONS, hostnames: ['restate.example.com'] }),
        }),
    ],
  ])('%s', (_, code, configure) => {
    expect(refusal(configure).code).toBe(code);
  });

  test('to tunnels at the ingress, where they would end behind the front', () => {
    const { peers } = AdminAccess.fromIapTunnel([OPS], {
      ...ADMIN_OPTIONS,
      auth: IngressAuth.anyOf(INLINE_AUTH, ADMIN_OPTIONS.auth),
    });
    expect(refusal(() => serverIn(newStack(), { ingress: { peers } })).code).toBe('PeerNotEnforceable');
  });
});

function byHand(handle: unknown): Asked {
  const peers = [{ kind: 'workload', handle }] as unknown as readonly Peer[];
  return { admin: { kind: 'peers', peers, ...ADMIN_OPTIONS }, adminCertificate: certificate('admin') };
}
