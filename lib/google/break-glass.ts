import type { Construct } from 'constructs';
import { acceptRisk } from './accepted-risk';
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
 * the machine's account, which OS Login asks for. A right on a machine may end with it: where the group has replaced it, the next `apply`
 * grants it anew, so whoever wants to be sure of it in an emergency applies after a repair.
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
  const login = grantRootLogin(
    scope,
    `BreakGlass${id}`,
    { ...machineOf(machine), account: account.resource.name },
    principal,
  );
  firewall.admitBreakGlass();
  acceptRisk(login, {
    claim: 'admin-closed',
    reason: `grantBreakGlass: ${principal} may open a shell on the machine as root, and reach the admin socket and the disk from there`,
  });
}

function machineOf({ project, zone, name, after }: NamedMachine): NamedMachine {
  return { project, zone, name, after };
}
