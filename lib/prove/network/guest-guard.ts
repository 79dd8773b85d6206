import { readFileSync } from 'node:fs';
import type { Instance } from '../../artifact/artifact';

/**
 * What keeps users of the containers from a machine's metadata service in the run: `set` as the machine sets it; `none`, since it sets
 * none; `unknown`, where the service is shut to all of them, and a claim about it in doubt; `impossible`, where the run cannot tell users
 * apart, sets none, and proves nothing about it.
 */
export type GuestGuard = 'set' | 'none' | 'unknown' | 'impossible';

/** @param uidMap as the kernel shows it to the run */
export function guestGuard(
  { metadata }: Pick<Instance, 'metadata'>,
  uidMap: string = readFileSync('/proc/self/uid_map', 'utf8'),
): GuestGuard {
  if (metadata === 'open') return 'none';
  if (metadata === 'unknown') return 'unknown';
  return metadata.exceptUsers.every((user) => isMapped(user, uidMap)) ? 'set' : 'impossible';
}

/** Lines of the map: first user inside, first user outside, how many. */
function isMapped(user: number, uidMap: string): boolean {
  return uidMap.split('\n').some((line) => {
    const [first, , count] = line.trim().split(/\s+/).map(Number);
    return first !== undefined && count !== undefined && first <= user && user < first + count;
  });
}
