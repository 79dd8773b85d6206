import { posix } from 'node:path';
import type { Container, Host } from './artifact';

/** Where a file of a container is on its machine; the innermost mount has it. `undefined`: it is none of the machine's. */
export function fileOnMachine({ volumes }: Host, { mounts }: Container, path: string): string | undefined {
  const of = (mount: string): boolean => path === mount || path.startsWith(`${mount.replace(/\/$/, '')}/`);
  const [mount] = mounts.filter((each) => of(each.path)).toSorted((a, b) => b.path.length - a.path.length);
  const { hostPath = '' } = volumes.find(({ name }) => name === mount?.volume) ?? {};
  return mount === undefined || hostPath === '' ? undefined : posix.join(hostPath, posix.relative(mount.path, path));
}
