import { ADMIN_CERTIFICATE } from './admin-certificate';
import { INGRESS_CERTIFICATE } from './ingress-certificate';
import type { SecretFile } from './machine/secret-files';
import { GOOGLE_CREDENTIALS_SECRET_FILE, IDENTITY_SECRET_FILE, PROXY_USER, RESTATE_USER } from './machine-layout';
import { ProxyCertificate } from './proxy-certificate';
import type { RestateServerProps } from './restate-server-props';
import { SecretVersion } from './secret-version';
import type { ServerPlan } from './server-plan';

/** A secret of the machine, and the file of it. */
export interface MachineSecret {
  /** What it is for, as part of the id of the right to read it: `Identity`. */
  readonly name: string;
  readonly secret: SecretVersion;
  /** Absolute path on the machine. */
  readonly path: string;
  /** uid and gid of who may read it. */
  readonly user: number;
}

/**
 * What the machine fetches from Secret Manager when it starts.
 *
 * @throws UnsafeConfigurationError the codes of `SecretVersion.of`
 */
export function machineSecrets(
  { identity, ingress, adminCertificate }: Pick<RestateServerProps, 'identity' | 'ingress' | 'adminCertificate'>,
  { credentials }: Pick<ServerPlan, 'credentials'>,
): readonly MachineSecret[] {
  const { certificate } = ingress;
  const secrets: readonly MachineSecret[] = [
    { name: 'Identity', secret: identity.secret, path: IDENTITY_SECRET_FILE, user: RESTATE_USER },
    ...('secret' in credentials
      ? [
          {
            name: 'GoogleCredentials',
            secret: credentials.secret,
            path: GOOGLE_CREDENTIALS_SECRET_FILE,
            user: RESTATE_USER,
          },
        ]
      : []),
    ...(certificate instanceof ProxyCertificate ? pair('', certificate, INGRESS_CERTIFICATE) : []),
    ...(adminCertificate === undefined ? [] : pair('Admin', adminCertificate, ADMIN_CERTIFICATE)),
  ];
  // Once more through the factory: an object written by hand may name `latest`, or be a value.
  return secrets.map((entry) => ({ ...entry, secret: reference(entry.secret) }));
}

/** What cloud-init is told of them. */
export function secretFilesOf(secrets: readonly MachineSecret[]): readonly SecretFile[] {
  return secrets.map(({ secret, path, user }) => ({ version: secret.name, path, owner: `${user}:${user}` }));
}

function pair(
  door: string,
  { certificate, privateKey }: ProxyCertificate,
  files: { readonly certificateFile: string; readonly privateKeyFile: string },
): readonly MachineSecret[] {
  return [
    { name: `${door}Certificate`, secret: certificate, path: files.certificateFile, user: PROXY_USER },
    { name: `${door}PrivateKey`, secret: privateKey, path: files.privateKeyFile, user: PROXY_USER },
  ];
}

function reference(given: SecretVersion): SecretVersion {
  const { secret, version } = given ?? { secret: '', version: '' };
  return SecretVersion.of({ secret, version });
}
