import type { AccessPolicy } from './access-policy';
import type { Fate } from './store';

/** A key of the owner by which stores are encrypted. */
export interface EncryptionKey {
  /** Logical id, or address. */
  readonly id: string;
  readonly enabled: boolean | 'unknown';
  /** Days from one rotation to the next; `never`. */
  readonly rotationDays: number | 'never' | 'unknown';
  /** Days from its deletion until it is gone. Absent: the cloud's default. */
  readonly pendingDays?: number;
  /** Whether it encrypts data by one secret key that the cloud made and nobody can take out. */
  readonly purpose: 'encryption' | 'other' | 'unknown';
  readonly fate: Fate;
  /** Of the key itself. Absent: what the cloud gives a new key, or grants that stand apart. */
  readonly policy?: AccessPolicy;
}
