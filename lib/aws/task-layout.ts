/** Who and where inside a task and on its machine: what the task definition and the machine's start script must agree on. */

/** uid and gid of Restate. No account of the machine has it. */
export const RESTATE_USER = 65531;

/** uid and gid of Envoy, as the vendor's distroless image has them. */
export const PROXY_USER = 65532;

/** The data disk on the machine. */
export const DATA_DIRECTORY = '/var/lib/portcullis/data';

/** Memory of the machine that holds the proxy's certificate, at the same path in the containers. */
export const TLS_DIRECTORY = '/run/portcullis/tls';
