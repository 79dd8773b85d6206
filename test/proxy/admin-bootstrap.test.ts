import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AdminPeers } from '../../lib/core/admin-access';
import { IngressAuth } from '../../lib/core/ingress-auth';
import { installToolchain } from '../../lib/prove/toolchain/toolchain';
import { proxyArguments } from '../../lib/proxy/arguments';
import { renderBootstrap, type Bootstrap } from '../../lib/proxy/bootstrap';
import { signingKey } from '../core/signing-key';
import { adminAccess, adminDoor } from './admin-door';
import { certificateFolder } from './certificate-folder';
import { INLINE_AUTH, ingressPolicy, ORIGIN, REMOTE_AUTH } from './policy';
import type { Editable } from './proxy';

const tls = certificateFolder();
const run = promisify(execFile);

afterAll(() => tls.remove());

const KEYS = IngressAuth.apiKeys({ jwks: { keys: [signingKey().jwk] }, revoked: ['withdrawn-1', 'withdrawn-2'] });

function render(access?: AdminPeers, auth: IngressAuth = INLINE_AUTH): Editable {
  const bootstrap = renderBootstrap({
    ingress: ingressPolicy({ auth, corsOrigins: [ORIGIN] }),
    listener: { port: 8443, certificate: tls.certificate },
    health: { port: 8081 },
    upstream: { port: 8080 },
    ...(access && {
      admin: { ...adminDoor(9070, access), listener: { port: 8444, certificate: tls.certificate } },
    }),
  });
  return JSON.parse(JSON.stringify(bootstrap));
}

/** What the real binary says to a configuration: nothing, or its complaint. */
async function complaint(bootstrap: Bootstrap): Promise<string> {
  const { envoy } = await installToolchain({ restateVersion: '1.7.12' });
  return run(envoy, [...proxyArguments(bootstrap), '--mode', 'validate'], { timeout: 20_000 }).then(
    () => '',
    (error: { stderr: string }) => error.stderr.slice(-600),
  );
}

function names(list: readonly { readonly name: string }[]): string[] {
  return list.map(({ name }) => name);
}

describe('the configuration of the door of operators', () => {
  test.each([
    ['tokens under stated keys', INLINE_AUTH],
    ['tokens under fetched keys', REMOTE_AUTH],
    ['API keys', KEYS],
    ['both', IngressAuth.anyOf(REMOTE_AUTH, KEYS)],
  ])('is accepted by the real binary for %s', async (_, auth) => {
    expect(await complaint(render(adminAccess({ auth })))).toBe('');
  });

  test.each([
    [{ viewer: ['a'] }],
    [{ operator: ['a', 'b'] }],
    [{ viewer: [], deployer: ['a'] }],
    [{ viewer: ['a'], stateReader: ['a'], deployer: ['a'], operator: ['a'] }],
  ])('is accepted for the roles %j', async (roles) => {
    expect(await complaint(render(adminAccess({ roles })))).toBe('');
  });

  test('has a policy for each role that somebody has, and for no other', () => {
    const text = JSON.stringify(render(adminAccess({ roles: { viewer: [], deployer: ['a'] } })));

    expect(text).toContain('"deployer":{"permissions"');
    expect(text).not.toContain('"viewer":{');
  });

  test('adds one listener and one cluster, and nothing where there is no door', () => {
    const without = render().static_resources;
    const added = render(adminAccess()).static_resources;

    expect(names(without.listeners)).toEqual(['ingress', 'health']);
    expect(names(without.clusters)).toEqual(['restate']);
    expect(names(added.listeners)).toEqual(['ingress', 'health', 'admin']);
    expect(names(added.clusters)).toEqual(['restate', 'restate-admin']);
    expect(added.clusters[1].load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address).toEqual({
      address: '127.0.0.1',
      port_value: 9070,
    });
  });

  test('is not the admin interface that Envoy itself has', () => {
    expect(render(adminAccess())).not.toHaveProperty('admin');
  });

  test('fetches the keys of each door from its own issuer', () => {
    const { clusters } = render(adminAccess({ auth: REMOTE_AUTH }), REMOTE_AUTH).static_resources;

    expect(names(clusters)).toEqual(['restate', 'issuer', 'restate-admin', 'admin-issuer']);
  });

  test('lets a registration wait for a service that cannot be reached, which the server gives up after 52 s', () => {
    const door = render(adminAccess()).static_resources.listeners[2];
    const { stream_idle_timeout: idle, route_config: routes } = door.filter_chains[0].filters[1].typed_config;

    expect(idle).toBe('120s');
    expect(routes.virtual_hosts[0].routes[0].route).toEqual({ cluster: 'restate-admin', timeout: '0s' });
  });

  test('waits no longer for a handshake than for the headers', () => {
    const door = render(adminAccess()).static_resources.listeners[2];

    expect(door.filter_chains[0].transport_socket_connect_timeout).toBe('10s');
  });

  test('holds a hundred and fifty API keys that were withdrawn, beside those of the ingress', async () => {
    const revoked = Array.from({ length: 150 }, (_, index) => String(index).padStart(20, '0'));
    const auth = IngressAuth.apiKeys({ jwks: { keys: [signingKey().jwk] }, revoked });

    expect(await complaint(render(adminAccess({ auth }), auth))).toBe('');
  });

  test('leaves room for everything else in a task definition', () => {
    const admin = JSON.stringify(render(adminAccess())).length - JSON.stringify(render()).length;

    expect(admin).toBeLessThan(16_500);
  });
});
