import { AdminAccess, GoogleCredentials, Peer } from '../../lib/google';
import { ADMIN_OPTIONS, certificate, mutualTlsAuth, serverResources } from './template-of';

/**
 * Paths of the resources below a server. They make the addresses that Terraform knows resources by: another path is another resource, and a
 * disk that moves is one that Terraform wants to destroy. Nothing here changes without a major version.
 */
const PATHS = [
  'Account/AdminCertificateSecret',
  'Account/AdminPrivateKeySecret',
  'Account/CertificateSecret',
  'Account/IdTokens',
  'Account/IdentitySecret',
  'Account/Logs',
  'Account/PrivateKeySecret',
  'Account/Resource',
  'Account/RestateImages',
  'Account/RevocationList',
  'AdminFront/Address',
  'AdminFront/BackendService',
  'AdminFront/Resource',
  'Alarms/AdminDenied',
  'Alarms/AdminDeniedLines',
  'Alarms/Denied',
  'Alarms/DeniedLines',
  'Alarms/Errors',
  'Alarms/ErrorsLines',
  'Alarms/Health',
  'Alarms/RateLimited',
  'Alarms/RateLimitedLines',
  'Alarms/Unhealthy',
  'Data/Resource',
  'Encryption/DiskAgent',
  'Encryption/Key',
  'Encryption/KeyRing',
  'Encryption/LogAgent',
  'Firewall/DenyIn',
  'Firewall/DenyOut',
  'Firewall/Health',
  'Firewall/OperatorsByRange',
  'Firewall/OperatorsByTunnel',
  'Firewall/ToGoogle',
  'Front/Address',
  'Front/BackendService',
  'Front/Resource',
  'Group/Machine',
  'Group/Resource',
  'HealthCheck/Repair',
  'HealthCheck/Resource',
  'Instance/Resource',
  'Logs/Exclusion',
  'Logs/Resource',
  'Logs/Sink',
  'OperatorTunnel0',
  'Snapshots/Attachment',
  'Snapshots/Resource',
];

/** The one whose replacement is the loss of all data. */
const DISK = 'google_compute_disk.Restate_Data_74B76A42';

test('the paths of the resources are those that they were', () => {
  const tunnel = AdminAccess.fromIapTunnel(['group:ops@example.com'], ADMIN_OPTIONS);
  const resources = serverResources(() => ({
    admin: AdminAccess.fromPeers([Peer.cidr('10.30.0.0/16'), ...tunnel.peers], ADMIN_OPTIONS),
    adminCertificate: certificate('admin'),
    credentials: GoogleCredentials.metadataServer({ impersonate: 'invoker@my-project.iam.gserviceaccount.com' }),
    ingress: { auth: mutualTlsAuth() },
  }));
  const paths = Object.values(resources).flatMap((byPath) => Object.keys(byPath));
  const below = paths.filter((path) => path.startsWith('Restate/')).map((path) => path.slice('Restate/'.length));
  expect(below.sort()).toEqual(PATHS);
});

test('the address of the disk is the one that it was, whatever else is asked for', () => {
  for (const asked of [{}, { restoreFrom: 'projects/my-project/global/snapshots/orders-1' }, { diskSizeGib: 100 }]) {
    const machine = serverResources(() => asked)['google_compute_per_instance_config'];
    expect(JSON.stringify(machine)).toContain(`\${${DISK}.id}`);
  }
});
