import type { Construct } from 'constructs';
import type { FirewallRules } from './firewall-rules';
import { grantRootLogin, grantTunnel, type NamedMachine } from './iam-members';
import type { MachineAccount } from './machine-account';
import { PORTS } from './ports';
import { assertPrincipal } from './principal';
import { resourceName } from './resource-name';

/** Properties of {@link grantBreakGlass}. */
export interface BreakGlassProps {
  readonly machine: NamedMachine;
  readonly account: MachineAccount;
  readonly firewall: FirewallRules;
}

/**
 * A shell on the one machine that has the disk, as root: a tunnel of Identity-Aware Proxy to port 22, OS Login there, and the right to act as
 * the machine's account, which OS Login asks for. It ends with the machine: what is granted on it is granted anew when it was replaced.
 *
 * @throws UnsafeConfigurationError `PrincipalInvalid`
 * @see https://cloud.google.com/compute/docs/oslogin/set-up-oslogin#configure_users
 */
export function grantBreakGlass(
  scope: Construct,
  { machine, account, firewall }: BreakGlassProps,
  principal: string,
): void {
  assertPrincipal('grantBreakGlass', principal);
  const id = resourceName(scope, undefined, principal).slice(-8);
  if (scope.node.tryFindChild(`BreakGlass${id}Tunnel`) !== undefined) return;
  grantTunnel(scope, `BreakGlass${id}Tunnel`, machine, PORTS.ssh, principal);
  grantRootLogin(scope, `BreakGlass${id}`, { ...machineOf(machine), account: account.resource.name }, principal);
  firewall.admitBreakGlass();
}

function machineOf({ project, zone, name, after }: NamedMachine): NamedMachine {
  return { project, zone, name, after };
}
