import type { Finding } from './finding';

/** A finding in one line. */
export function keyOf({ tool, rule, resource }: Finding): string {
  return [tool, rule, resource].join(' ');
}
