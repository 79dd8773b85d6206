import type { Host, Machine } from '../../artifact/artifact';
import { googleMachineScript } from './google-machine-script';
import { KNOWN_SETTINGS, KNOWN_TMPFILES, REFERENCE, USER_DATA } from './known-machine-scripts';
import { isKnownText } from './known-text';
import type { MachineScript } from './machine-start';
import { plainUserData } from './plain-user-data';

/** A file that a script writes. */
interface Written {
  readonly path: string;
  readonly content: string;
}

const BEGINS_FILE = /^install -D -m (\d{4}) \/dev\/stdin (\/\S+) <<'PORTCULLIS'$/;
const ENDS_FILE = 'PORTCULLIS';
const AGENT_FILE = '/etc/ecs/ecs.config';
const DISK_FILE = '/etc/portcullis/data.env';
const TMPFILES = '/etc/tmpfiles.d/portcullis.conf';
const OPTIONAL = '? ';
/** Several claims rest on the same script. */
const READ = new WeakMap<Host, MachineScript>();

/**
 * What the machine below a host does when it starts, where its script is understood: one that a release of portcullis renders, or lines
 * that tell the container agent something and do nothing else. A host without a machine of its own has no script.
 */
export function machineScript(host: Host): MachineScript {
  const known = READ.get(host) ?? readScript(host);
  READ.set(host, known);
  return known;
}

function readScript({ machine, instance }: Host): MachineScript {
  if (instance !== undefined) return googleMachineScript(instance);
  if (machine === undefined) return { kind: 'known', agent: new Map() };
  const script = textOf(machine);
  return plainUserData(script) ?? rendered(machine.id, script);
}

/** The user data, every reference as one sign. */
export function textOf({ userData }: Machine): string {
  return userData.map((part) => (typeof part === 'string' ? part : REFERENCE)).join('');
}

function rendered(id: string, script: string): MachineScript {
  const unknown = (what: string): MachineScript => ({ kind: 'unknown', reason: `the user data of ${id} ${what}` });
  const { lines, files } = taken(script);
  if (!isKnownOrder(lines.join('\n'))) return unknown('is none that a release of portcullis renders');
  const other = files.find((file) => !isKnownFile(file));
  if (other !== undefined) return unknown(`writes ${other.path} with a content that no release of portcullis renders`);
  const settings = (at: string): ReadonlyMap<string, string> =>
    settingsOf(files.find(({ path }) => path === at)?.content ?? '');
  const disk = settings(DISK_FILE).get('MOUNT_POINT');
  return { kind: 'known', agent: settings(AGENT_FILE), ...(disk !== undefined && { disk }) };
}

/** The lines of a script, each file in it as one. */
function taken(script: string): { readonly lines: readonly string[]; readonly files: readonly Written[] } {
  const lines: string[] = [];
  const files: Written[] = [];
  const rest = script.split('\n');
  for (let line = rest.shift(); line !== undefined; line = rest.shift()) {
    const [, mode, path] = BEGINS_FILE.exec(line) ?? [];
    const end = path === undefined ? -1 : rest.indexOf(ENDS_FILE);
    if (path === undefined || end === -1) {
      lines.push(line);
    } else {
      lines.push(`file ${mode} ${path}`);
      files.push({
        path,
        content: rest
          .splice(0, end + 1)
          .slice(0, -1)
          .join('\n'),
      });
    }
  }
  return { lines, files };
}

function isKnownOrder(lines: string): boolean {
  const known = USER_DATA.split('\n');
  const without = known.filter((line) => !line.startsWith(OPTIONAL));
  const whole = known.map((line) => (line.startsWith(OPTIONAL) ? line.slice(OPTIONAL.length) : line));
  return [without, whole].some((each) => each.join('\n') === lines);
}

function isKnownFile({ path, content }: Written): boolean {
  if (path === TMPFILES) return KNOWN_TMPFILES.test(content);
  const settings = KNOWN_SETTINGS[path];
  return settings === undefined ? isKnownText(path, content) : hasKnownSettings(content, settings);
}

/** Each once, and nothing else. */
function hasKnownSettings(content: string, known: Readonly<Record<string, string>>): boolean {
  const lines = content.split('\n');
  const names = lines.map((line) => line.split('=')[0] ?? '');
  return (
    new Set(names).size === names.length &&
    lines.every((line, index) => {
      const name = names[index] ?? '';
      const pattern = Object.hasOwn(known, name) ? known[name] : undefined;
      return pattern !== undefined && new RegExp(`^(?:${pattern})$`).test(line.slice(name.length + 1));
    })
  );
}

function settingsOf(content: string): ReadonlyMap<string, string> {
  return new Map(content.split('\n').map((line) => [line.split('=')[0] ?? '', line.slice(line.indexOf('=') + 1)]));
}
