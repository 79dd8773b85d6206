import { quote, UnsafeConfigurationError } from '../core/errors';
import type { SecurityModel } from '../core/security-model';
import { Peer, type PeerHandle } from './peer';
import { assertPrincipal } from './principal';

/**
 * Validates peers once more: an object written by hand is as good to the compiler as what a factory made.
 *
 * @throws UnsafeConfigurationError `ServiceAccountInvalid`, `NetworkTagInvalid`, `PrincipalInvalid`, `PeerInvalid`
 */
export function assertPeers({ rules }: SecurityModel<PeerHandle>): void {
  for (const { from } of rules) {
    if (from !== 'internet' && from.kind !== 'cidr') assertHandle(from.handle);
  }
}

function assertHandle(handle: PeerHandle): void {
  switch (handle?.kind) {
    case 'service-account':
      Peer.serviceAccount(handle.email);
      break;
    case 'tag':
      Peer.tag(handle.tag);
      break;
    case 'iap-tunnel':
      for (const principal of handle.principals) assertPrincipal('a tunnel', principal);
      break;
    default:
      throw new UnsafeConfigurationError({
        code: 'PeerInvalid',
        given: `a peer ${quote(handle)}`,
        because: 'the firewall of Google knows nobody by that',
        write: 'use Peer.cidr, Peer.serviceAccount or Peer.tag',
      });
  }
}
