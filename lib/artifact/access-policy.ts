import type { Text } from './text';

/** What a policy says, whoever it belongs to: statements that add up, and of which one that denies wins. */
export interface AccessPolicy {
  /** Logical id, or address, of the resource that carries it. */
  readonly id: string;
  readonly statements: readonly AccessStatement[];
}

/** One statement of a policy. Where something of it was not understood, `unread` says what; then it may allow anything. */
export interface AccessStatement {
  readonly effect: 'allow' | 'deny';
  readonly actions: Named;
  readonly resources: Named;
  /** Of a policy that stands at a resource or a role. Absent: it is about who carries the policy. */
  readonly principals?: Principals;
  readonly conditions: readonly AccessCondition[];
  readonly unread?: string;
}

/** Names with wildcards `*` and `?`, or all but these. */
export interface Named {
  readonly not: boolean;
  readonly patterns: readonly Text[];
}

/** Whom a statement is about, or all but these. */
export interface Principals {
  readonly not: boolean;
  readonly who: readonly Principal[];
}

/** `anyone` is everybody on the internet; `identity` a role, user or account. */
export interface Principal {
  readonly kind: 'anyone' | 'identity' | 'service' | 'federated' | 'unknown';
  /** ARN, account or name of the service; empty for `anyone`. */
  readonly name: Text;
}

/** A condition: every one of a statement must be met, by one of its values. */
export interface AccessCondition {
  /** `StringEquals`, `ForAllValues:StringLike`, `BoolIfExists`: as it is written. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Text[];
}
