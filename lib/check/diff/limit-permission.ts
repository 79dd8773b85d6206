import type { Permission } from './permission';

/** A permission that is given up to a number. */
interface LimitPermission extends Permission {
  readonly most: number;
}

/** What is bounded, and by how much. */
export interface LimitProps {
  readonly subject: string;
  readonly key: string;
  /** `bodies of callers of`. */
  readonly what: string;
  /** Infinity: it is not bounded. */
  readonly most: number;
  readonly unit: string;
}

/** So much of something, and not more. */
export function limitPermission({ subject, key, what, most, unit }: LimitProps): LimitPermission {
  return {
    kind: 'limit',
    key,
    subject,
    most,
    beyond: (others) => {
      const before = Math.max(...others.map((other) => (other as LimitPermission).most));
      if (before >= most) return undefined;
      const now = most === Infinity ? `any number of ${unit}` : `${most} ${unit}`;
      return `${what} ${now}${before === -Infinity ? '' : `, where it was ${before}`}`;
    },
  };
}
