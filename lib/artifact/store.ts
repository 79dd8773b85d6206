import type { AccessPolicy } from './access-policy';
import type { Text } from './text';

/** What data of a deployment lies in. */
export interface Store {
  /** Logical id, or address; `machine/device` for a disk that a machine brings itself. */
  readonly id: string;
  readonly kind: 'disk' | 'machine-disk' | 'bucket' | 'secret' | 'log' | 'queue' | 'topic' | 'file-system' | 'registry';
  readonly encryption: StoreEncryption;
  readonly fate: Fate;
  /** Days that what is in it is kept. `forever` where nothing deletes it; absent where the kind has no such time. */
  readonly retentionDays?: number | 'forever' | 'unknown';
  /** Of a bucket, or of what has a policy of its own. Absent: it has none in the file. */
  readonly policies?: readonly AccessPolicy[];
  readonly bucket?: BucketSettings;
  /** Where a disk is: machines of other zones never get it. */
  readonly zone?: Text;
  /** Of a secret of another file of which only a policy stands here: its name, or what the policy has for it. */
  readonly named?: Text;
  /** Tags or labels, by which schedules find it. */
  readonly tags?: readonly StoreTag[];
}

/** By which key a store is encrypted. */
export type StoreEncryption =
  /** `of`: id of the key in this file, or the name of one outside it. */
  | { readonly kind: 'own-key'; readonly of: string }
  | { readonly kind: 'foreign-key'; readonly of: Text }
  /** The cloud's own key, which nobody can withdraw. */
  | { readonly kind: 'cloud-key' }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly why: string };

/** What becomes of a resource when the stack is deleted, and when another takes its place. */
export interface Fate {
  readonly onDelete: 'kept' | 'snapshot' | 'deleted' | 'unknown';
  readonly onReplace: 'kept' | 'snapshot' | 'deleted' | 'unknown';
}

/** What a bucket admits and keeps. */
export interface BucketSettings {
  /** Which of its guards against public access are off; `unknown` ones count as off. */
  readonly publicAccessOpen: readonly string[];
  /** Whether lists of rights on single objects count. */
  readonly objectLists: boolean | 'unknown';
  readonly versioned: boolean | 'unknown';
  /** Whether plain http is refused by the cloud itself (Google), not by a policy. */
  readonly tlsByCloud?: boolean;
  /** Settings that give what lies in it to others: web sites, replication, inventories. */
  readonly opens: readonly string[];
}

/** A tag of a store. */
export interface StoreTag {
  readonly key: Text;
  readonly value: Text;
}
