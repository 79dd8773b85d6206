import type { Host } from '../../artifact/artifact';
import type { Bootstrap } from '../../artifact/bootstrap';
import { callerPoliciesOf } from '../../artifact/caller-policies';
import { RunCredentials } from '../credentials/run-credentials';
import type { RunKeySets } from '../issuer/run-key-sets';
import { hostnameOf } from '../runtime/bootstrap-changes';
import { withListenerAlone } from '../runtime/callers-listener';
import type { AdminDoor } from './admin-door';
import { operatorsPort } from './operators-port';

/** What the operators' listener of the proxy asks for, and a run's means to meet it. */
export type AdminDemand = Pick<AdminDoor, 'hostname' | 'issuers' | 'roles' | 'revokedIds'> & {
  /** Of the listener. */
  readonly port: number;
};

/** Where the artifact names none. */
const HOSTNAME = 'admin.portcullis.test';

/** Reads the demand from the proxy's configuration; `undefined` where it has no listener for operators. */
export async function adminDemand(
  host: Host,
  bootstrap: Bootstrap,
  keySets: RunKeySets,
): Promise<AdminDemand | undefined> {
  const port = operatorsPort(host, bootstrap);
  if (port === undefined) return undefined;
  const listener = withListenerAlone(bootstrap, port);
  const { issuers, revokedIds } = await RunCredentials.create(listener, keySets);
  const roles = callerPoliciesOf(listener).map(({ name, scopes, everybody }) => ({ name, scopes, everybody }));
  return { port, hostname: hostnameOf(listener) ?? HOSTNAME, issuers, roles, revokedIds };
}
