import type { AccessPolicy } from './access-policy';
import type { Text } from './text';

/** What something acts as towards the cloud, and what it may do. */
export interface Identity {
  /** Logical id, or address. */
  readonly id: string;
  /** `service-linked`: one that a service of the cloud made for itself and whose rights the cloud writes. */
  readonly kind: 'role' | 'user' | 'group' | 'service-linked';
  /** Who may become it. Absent: nobody may by a policy of the file. */
  readonly trust?: AccessPolicy;
  /** Inline ones, and those of the file that are attached. */
  readonly policies: readonly AccessPolicy[];
  /** Policies outside the file that are attached: ARNs of managed ones. */
  readonly managed: readonly Text[];
  /** What acts as it. */
  readonly serves: readonly IdentityUse[];
}

/** Something that acts as an identity. */
export interface IdentityUse {
  /** Id of the host, machine, function, schedule or traffic log. */
  readonly resource: string;
  /** `start`: what pulls images and fetches secrets for a task before its containers run. */
  readonly as: 'task' | 'start' | 'machine' | 'function' | 'snapshots' | 'traffic-log' | 'other';
}
