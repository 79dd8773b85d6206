import { posix } from 'node:path';
import { Unit } from './unit-file';

/** Where systemd looks, the first one that has a unit wins. */
const FOLDERS = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
  '/lib/systemd/system',
];

/** The units that a machine's files hold. */
export class UnitSet {
  private readonly files: ReadonlyMap<string, string>;
  private readonly known = new Map<string, Unit | undefined>();

  public constructor(files: ReadonlyMap<string, string>) {
    this.files = files;
  }

  /** The unit of this full name; `undefined` when no file makes it, as of units of the system. */
  public find(name: string): Unit | undefined {
    if (!this.known.has(name)) this.known.set(name, this.read(name));
    return this.known.get(name);
  }

  private read(name: string): Unit | undefined {
    const template = name.replace(/@[^.]*\./, '@.');
    const own = [name, template].map((each) => this.inFolders(each)).find((text) => text !== undefined);
    const dropIns = this.dropInsOf([
      ...new Set([`${name}.d`, `${template}.d`, ...dashed(name), `${posix.extname(name).slice(1)}.d`]),
    ]);
    return own === undefined ? undefined : new Unit(name, [own, ...dropIns]);
  }

  private inFolders(path: string): string | undefined {
    return FOLDERS.map((folder) => this.files.get(`${folder}/${path}`)).find((text) => text !== undefined);
  }

  /** In the order of their own names, whichever folder they are in; of the same name, the first folder's. */
  private dropInsOf(folders: readonly string[]): readonly string[] {
    const found = new Map<string, string>();
    for (const parent of folders.flatMap((folder) => FOLDERS.map((each) => `${each}/${folder}`))) {
      for (const [path, text] of this.files) {
        const name = posix.basename(path);
        if (posix.dirname(path) === parent && name.endsWith('.conf') && !found.has(name)) found.set(name, text);
      }
    }
    return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  }
}

/** `a-b-c.service` takes drop-ins of `a-b-.service.d` and `a-.service.d`. */
function dashed(name: string): readonly string[] {
  const type = posix.extname(name);
  const parts = name.slice(0, -type.length).split('-');
  return parts.slice(1).map((_, index) => `${parts.slice(0, parts.length - 1 - index).join('-')}-${type}.d`);
}
