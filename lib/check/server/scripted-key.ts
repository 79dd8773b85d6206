import { posix } from 'node:path';
import type { Container, Tmpfs } from '../../artifact/artifact';
import type { RestateDeployment } from '../../artifact/role';
import { broken, unproven, type Wrong } from './wrong';

/** Nobody but its owner. */
const MODE_OF_OWNER = /^mode=0?[0-7]00$/;

/** What is wrong about a key that an entry script takes from a variable and puts into a file. */
export function scriptedKey({ host, restate }: RestateDeployment, file: string, variable: string): readonly Wrong[] {
  const reference = restate.secrets[variable];
  const others = host.containers.filter(
    (each) => each !== restate && reference !== undefined && Object.values(each.secrets).some(isSame(reference)),
  );
  return [
    ...(variable in restate.environment ? [broken(`the key stands in the file, as variable ${variable}`)] : []),
    ...(reference === undefined && !(variable in restate.environment)
      ? [unproven(`nothing fills ${variable}, which the entry script takes the key from`)]
      : []),
    ...others.map(({ name }) => broken(`container ${name} is given the key, too`)),
    ...ofMemory(restate, file),
  ];
}

function ofMemory(restate: Container, file: string): readonly Wrong[] {
  const tmpfs = restate.tmpfs
    .filter(({ path }) => isBelow(file, path))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  const mount = restate.mounts.find(({ path }) => isBelow(file, path) && path.length > (tmpfs?.path.length ?? 0));
  if (mount !== undefined) return [broken(`the entry script writes the key to ${file}, on volume ${mount.volume}`)];
  if (tmpfs === undefined) return [broken(`the entry script writes the key to ${file}, which is no memory`)];
  return ofOptions(tmpfs, restate.user ?? '');
}

function ofOptions({ path, options }: Tmpfs, user: string): readonly Wrong[] {
  const [uid] = user.split(':');
  return [
    ...(options.some((option) => MODE_OF_OWNER.test(option))
      ? []
      : [broken(`others may look into the memory at ${path}`)]),
    ...(options.includes(`uid=${uid}`) ? [] : [broken(`the memory at ${path} does not belong to the server's user`)]),
  ];
}

function isBelow(file: string, folder: string): boolean {
  const inside = posix.normalize(folder).replace(/\/$/, '');
  return inside !== '' && posix.normalize(file).startsWith(`${inside}/`);
}

function isSame(one: unknown): (other: unknown) => boolean {
  const text = JSON.stringify(one);
  return (other) => JSON.stringify(other) === text;
}
