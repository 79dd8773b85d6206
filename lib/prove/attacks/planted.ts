import { randomBytes } from 'node:crypto';

/** A fresh value that stands for a credential; distinctive, so that it can be looked for in journals and logs. Lower-case letters, digits, `-`. */
export function plantedSecret(): string {
  return `planted-${randomBytes(8).toString('hex')}`;
}

/** A fresh key of a virtual object, so that one probe's access log line, journal entry and invocation are its alone. */
export function uniqueKey(): string {
  return `probe-${randomBytes(8).toString('hex')}`;
}
