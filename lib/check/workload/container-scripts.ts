import type { Container, Host } from '../../artifact/artifact';
import { fileOnMachine } from '../../artifact/file-on-machine';
import { literal } from '../../artifact/text';
import { broken, unproven, type Wrong } from '../server/wrong';
import { recognise } from './known-script';
import { CERTIFICATE_SCRIPT, ENTRY_SCRIPT, EXPIRY_SCRIPT, FILE_ENTRY_SCRIPT } from './known-scripts';

const SHELL = /^(?:\/(?:[\w.-]+\/)*)?(?:ba|da|a|z|k)?sh$/;
const KNOWN = [ENTRY_SCRIPT, FILE_ENTRY_SCRIPT, EXPIRY_SCRIPT];
/** Memory of the machine. */
const IN_MEMORY = /^\/run\//;

/** What is wrong about the scripts that containers of a host start with: they see the secrets that their containers are given. */
export function containerScripts(host: Host): readonly Wrong[] {
  return host.containers.flatMap((container) => {
    const script = scriptOf(container);
    if (script === undefined || KNOWN.some((known) => recognise(script, known) !== undefined)) return [];
    const directory = recognise(script, CERTIFICATE_SCRIPT)?.['directory'];
    if (directory === undefined) {
      return [unproven(`container ${container.name} runs a script that is none that a release of portcullis renders`)];
    }
    return isInMemory(host, container, `${directory}/key.pem`)
      ? []
      : [broken(`container ${container.name} writes a private key to ${directory}, which is no memory`)];
  });
}

/** The script that a container is given to a shell; `undefined` where it starts by something else. */
export function scriptOf({ entryPoint = [], command = [] }: Container): string | undefined {
  const words = [...entryPoint, ...command].map((word) => literal(word) ?? '');
  const isShell = entryPoint.length > 0 && SHELL.test(words[0] ?? '');
  return isShell ? (words.length === 3 && words[1] === '-c' ? (words[2] ?? '') : words.join(' ')) : undefined;
}

function isInMemory(host: Host, container: Container, file: string): boolean {
  const isOwn = container.tmpfs.some(({ path }) => file.startsWith(`${path}/`));
  return isOwn || IN_MEMORY.test(fileOnMachine(host, container, file) ?? '');
}
