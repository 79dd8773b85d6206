import type { Resource } from '../resource';
import type { Fate } from '../store';

const FATES: ReadonlyMap<string, Fate['onDelete']> = new Map<string, Fate['onDelete']>([
  ['Retain', 'kept'],
  ['RetainExceptOnCreate', 'kept'],
  ['Snapshot', 'snapshot'],
  ['Delete', 'deleted'],
]);

/** What CloudFormation does with a resource: it deletes it unless the resource says otherwise. */
export function fateOf({ attributes }: Resource): Fate {
  return { onDelete: fate(attributes?.get('DeletionPolicy')), onReplace: fate(attributes?.get('UpdateReplacePolicy')) };
}

function fate(policy: Resource['attributes']): Fate['onDelete'] {
  return policy?.present === true ? (FATES.get(policy.string() ?? '') ?? 'unknown') : 'deleted';
}
