/** Who and where inside the machine and its containers: what the units, the scripts and the server's plan must agree on. */

/** uid and gid of Restate. No account of the machine has it. */
export const RESTATE_USER = 65531;

/** uid and gid of Envoy, as the vendor's distroless image has them. */
export const PROXY_USER = 65532;

/**
 * Where the data disk is mounted. Container-Optimized OS keeps `/mnt/disks` writable for this; its root file system is read-only.
 *
 * @see https://cloud.google.com/container-optimized-os/docs/concepts/disks-and-filesystem
 */
export const DATA_DIRECTORY = '/mnt/disks/portcullis';

/** Memory of the machine that holds the secrets of Restate. */
export const SECRETS_DIRECTORY = '/run/portcullis/secrets';

/** The request identity key on the machine. */
export const IDENTITY_SECRET_FILE: string = `${SECRETS_DIRECTORY}/identity.pem`;

/** Google credentials on the machine, where they are a file: a service account key, or those of a user. */
export const GOOGLE_CREDENTIALS_SECRET_FILE: string = `${SECRETS_DIRECTORY}/google-credentials.json`;

/** The same in Restate's container. */
export const GOOGLE_CREDENTIALS_FILE = '/run/secrets/google-credentials.json';

/** Memory of the machine that holds the proxy's certificate, at the same path in the containers. */
export const TLS_DIRECTORY = '/run/portcullis/tls';

/** Where the machine's scripts stand. */
export const SCRIPTS_DIRECTORY = '/etc/portcullis';

/**
 * The network of the containers, which no address outside may be in: the machine would take it for one of them. The container runtime's own
 * is 172.17.0.0/16.
 */
export const CONTAINERS_RANGE = '172.18.0.0/16';
