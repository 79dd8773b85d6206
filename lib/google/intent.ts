import type { TerraformResource } from 'cdktf';
import { intentOf, type PeerIntent } from '../core/intent';
import type { SecurityModel } from '../core/security-model';
import type { PeerHandle } from './peer';

/** Key, in the comment of the machine, under which it says what was asked for, so that `portcullis check` compares it with what was rendered. */
const INTENT_COMMENT_KEY = 'portcullis:intent';

/** Writes what was asked for into the files, at the resource that came of it: in its comment, of which Terraform reads nothing. */
export function stateIntent(resource: TerraformResource, model: SecurityModel<PeerHandle>): void {
  resource.addOverride(`//.${INTENT_COMMENT_KEY}`, intentOf(model, nameOf));
}

function nameOf(handle: PeerHandle): PeerIntent {
  if (handle.kind === 'service-account') return { serviceAccount: handle.email };
  return handle.kind === 'tag' ? { networkTag: handle.tag } : { iapTunnel: handle.principals };
}
