import { Lazy, Stack, type CfnResource } from 'aws-cdk-lib';
import { intentOf, type PeerIntent } from '../core/intent';
import type { SecurityModel } from '../core/security-model';
import { isPrefixList, type PeerHandle } from './peer';

/** Metadata key under which the task says what was asked for, so that `portcullis check` compares it with what was rendered. */
const INTENT_METADATA_KEY = 'portcullis:intent';

/** Writes what was asked for into the template, at the resource that came of it. */
export function stateIntent(resource: CfnResource, model: SecurityModel<PeerHandle>): void {
  resource.addMetadata(
    INTENT_METADATA_KEY,
    intentOf(model, (handle) => nameOf(resource, handle)),
  );
}

function nameOf(resource: CfnResource, handle: PeerHandle): PeerIntent {
  const id = (token: string): string =>
    Lazy.uncachedString({ produce: () => plainName(Stack.of(resource).resolve(token)) });
  return isPrefixList(handle) ? { prefixList: id(handle.prefixListId) } : { securityGroup: id(handle.securityGroupId) };
}

/** As text, and no reference: metadata that refers to a resource would make the task wait for it, and a circle where that waits for the task. */
function plainName(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref: ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: readonly string[] };
  return ref ?? attribute?.[0] ?? JSON.stringify(value);
}
