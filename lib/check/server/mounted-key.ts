import type { RestateDeployment } from '../../artifact/role';
import { fileOnMachine } from '../../artifact/file-on-machine';
import { broken, unproven, type Wrong } from './wrong';

/** Memory of the machine. */
const IN_MEMORY = /^\/run\//;
const OF_OTHERS = 0o077;

/** What is wrong about a key that the server finds as a file of its machine. */
export function mountedKey({ host, restate }: RestateDeployment, file: string): readonly Wrong[] {
  const path = fileOnMachine(host, restate, file);
  const secrets = host.instance?.secretFiles ?? [];
  const secret = secrets.find((each) => each.path === path);
  if (path === undefined || secret === undefined) {
    return [unproven(`nothing in the file says out of which secret ${path ?? file} is filled`)];
  }
  const { owner, mode } = secret;
  const [uid] = (restate.user ?? '').split(':');
  const copies = secrets.filter(
    (each) => each !== secret && JSON.stringify(each.secret) === JSON.stringify(secret.secret),
  );
  const mount = restate.mounts.find((each) => file === each.path || file.startsWith(`${each.path}/`));
  const others = host.containers.filter((each) => each !== restate && mayRead(path)(host, each));
  return [
    ...(IN_MEMORY.test(path) ? [] : [broken(`the key is written to ${path}, on a disk of the machine`)]),
    ...(mode === undefined ? [unproven(`who may read ${path} is not known`)] : []),
    ...(mode !== undefined && (mode & OF_OTHERS) !== 0
      ? [broken(`others may read ${path}: its mode is ${mode.toString(8)}`)]
      : []),
    ...(owner.split(':')[0] === uid ? [] : [broken(`${path} belongs to ${owner}, not to the server's user`)]),
    ...(mount?.readOnly === true ? [] : [broken(`the server may write to ${path}`)]),
    ...copies.map((each) => broken(`the key is written to ${each.path}, too`)),
    ...others.map(({ name }) => broken(`container ${name} is given ${path}, too`)),
  ];
}

/** Whether a container has a folder, or a file, of the machine. */
function mayRead(path: string): (host: RestateDeployment['host'], container: RestateDeployment['restate']) => boolean {
  return ({ volumes }, { mounts }) =>
    mounts.some(({ volume }) => {
      const { hostPath } = volumes.find(({ name }) => name === volume) ?? {};
      return hostPath !== undefined && (path === hostPath || path.startsWith(`${hostPath.replace(/\/$/, '')}/`));
    });
}
