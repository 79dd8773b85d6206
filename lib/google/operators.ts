import type { Construct } from 'constructs';
import type { SecurityModel } from '../core/security-model';
import { grantTunnel, type NamedMachine } from './iam-members';
import type { PeerHandle } from './peer';
import { PORTS } from './ports';

/** Who of the admin door comes by tunnel, each once. */
function tunnelPrincipals({ admin }: SecurityModel<PeerHandle>): readonly string[] {
  if (admin.kind === 'nobody') return [];
  const named = admin.peers.flatMap((peer) =>
    peer.kind === 'workload' && peer.handle.kind === 'iap-tunnel' ? peer.handle.principals : [],
  );
  return [...new Set(named)].sort();
}

/** Whether operators come by an address of their own: all but those that come by tunnel. */
export function hasOperatorsByAddress({ admin }: SecurityModel<PeerHandle>): boolean {
  if (admin.kind === 'nobody') return false;
  return admin.peers.some((peer) => peer.kind === 'cidr' || peer.handle.kind !== 'iap-tunnel');
}

/** Lets those operators who come by tunnel open one to Envoy's admin listener, and to no other port. */
export function grantOperatorTunnels(scope: Construct, model: SecurityModel<PeerHandle>, machine: NamedMachine): void {
  for (const [index, principal] of tunnelPrincipals(model).entries()) {
    grantTunnel(scope, `OperatorTunnel${index}`, machine, PORTS.admin, principal);
  }
}
