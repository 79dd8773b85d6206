import type { IngressPolicy } from '../../../lib/core/security-model';
import { renderBootstrap } from '../../../lib/proxy/bootstrap';
import { adminPermissions } from '../../../lib/restate/admin-permissions';
import { mutualTlsAuth } from '../../aws/mutual-tls';
import { authOf, callersOf } from '../../combinations/doors';
import { adminAccess } from '../../proxy/admin-door';
import { ingressPolicy, ORIGIN } from '../../proxy/policy';
import { complaints, withProxy } from './edited-proxy';

const CERTIFICATE = { kind: 'files', certificateFile: '/run/cert.pem', privateKeyFile: '/run/key.pem' } as const;

const METHODS = [
  'jwt',
  'jwt-fetched',
  'api-keys',
  'mutual-tls',
  'jwt+mutual-tls',
  'api-keys+mutual-tls',
  'jwt+api-keys',
  'jwt+api-keys+mutual-tls',
];

function rendered(ingress: IngressPolicy, admin: string): string {
  const access = adminAccess({ auth: authOf(admin, 'operations', mutualTlsAuth) });
  return JSON.stringify(
    renderBootstrap({
      ingress,
      listener: { port: 8443, certificate: CERTIFICATE },
      health: { port: 8081 },
      upstream: { port: 8080 },
      admin: {
        access,
        permissions: adminPermissions(),
        listener: { port: 8444, certificate: CERTIFICATE },
        upstream: { port: 9070 },
      },
    }),
  );
}

const DEPLOYMENTS = METHODS.flatMap((auth, index) =>
  (['everybody', 'by-scope', 'by-certificate'] as const)
    .filter((callers) =>
      callers === 'by-certificate' ? auth === 'mutual-tls' : callers === 'everybody' || !auth.includes('mutual'),
    )
    .map((callers) => ({
      auth,
      callers,
      corsOrigins: index % 2 === 0 ? [ORIGIN] : [],
      admin: index % 2 === 0 ? 'jwt' : 'api-keys',
    })),
);

test.each(DEPLOYMENTS)(
  'what is rendered for $auth, callers $callers, operators $admin, holds',
  ({ auth, callers, corsOrigins, admin }) => {
    const methods = authOf(auth, 'orders', mutualTlsAuth);
    const ingress = ingressPolicy({ auth: methods, corsOrigins, ...callersOf(callers) });
    // The admin API of this example's server listens on loopback.
    expect(complaints(withProxy('Billing', rendered(ingress, admin)))).toEqual([]);
  },
);
