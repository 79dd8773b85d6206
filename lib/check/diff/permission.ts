/** What a permission is about. */
export type PermissionKind =
  'reachable' | 'rule' | 'public-address' | 'right' | 'request' | 'credential' | 'header' | 'limit';

/** Something that a deployment permits. */
export interface Permission {
  readonly kind: PermissionKind;
  /** Permissions of one kind and key, of before and after, are about the same and can be subtracted from each other. */
  readonly key: string;
  /** Logical id, or address, of the resource that permits it. */
  readonly subject: string;
  /**
   * What of it those others do not permit, in words; `undefined` where they permit all of it. What cannot be compared is not permitted by
   * the others.
   */
  readonly beyond: (others: readonly Permission[]) => string | undefined;
}

/** A permission that is there or is not. */
export function whole(
  kind: PermissionKind,
  subject: string,
  what: string,
  key: string = `${subject} ${what}`,
): Permission {
  return { kind, key, subject, beyond: (others) => (others.length > 0 ? undefined : what) };
}
