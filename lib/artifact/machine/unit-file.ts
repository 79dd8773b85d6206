/** One setting of a unit's file, as written. */
interface Setting {
  readonly section: string;
  readonly name: string;
  readonly value: string;
}

/** A unit of systemd: its file and its drop-ins, in the order in which systemd reads them. */
export class Unit {
  public readonly name: string;
  private readonly settings: readonly Setting[];

  public constructor(name: string, texts: readonly string[]) {
    this.name = name;
    this.settings = texts.flatMap(parseUnitFile);
  }

  /** The values of a setting that may be there several times; an empty one takes back those before it. */
  public list(section: string, name: string): readonly string[] {
    const values = this.all(section, name);
    return values.slice(values.lastIndexOf('') + 1);
  }

  /** The value of a setting that is there once; the last one holds. */
  public value(section: string, name: string): string {
    return this.all(section, name).at(-1) ?? '';
  }

  /** Names of units. Dependencies add up, and nothing takes them back. */
  public names(section: string, name: string): readonly string[] {
    return this.all(section, name).flatMap((value) => value.split(/\s+/).filter((word) => word !== ''));
  }

  /** Names of the settings of a section. */
  public has(section: string, pattern: RegExp): readonly string[] {
    return this.settings.filter((each) => each.section === section && pattern.test(each.name)).map(({ name }) => name);
  }

  private all(section: string, name: string): readonly string[] {
    return this.settings.filter((each) => each.section === section && each.name === name).map(({ value }) => value);
  }
}

/**
 * The settings of a unit's file, as systemd's own parser reads it: a line that ends in a backslash goes on in the next one, a comment
 * between them is none of it.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
 */
function parseUnitFile(text: string): readonly Setting[] {
  const settings: Setting[] = [];
  let section = '';
  let open = '';
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/^[ \t]+/, '');
    if (/^[#;]/.test(line)) continue;
    if (endsOpen(line)) {
      open += `${line.slice(0, -1)} `;
      continue;
    }
    const whole = (open + line).trim();
    open = '';
    const header = /^\[(.*)\]$/.exec(whole)?.[1];
    const at = whole.indexOf('=');
    if (header !== undefined) section = header;
    else if (at > 0) settings.push({ section, name: whole.slice(0, at).trim(), value: whole.slice(at + 1).trim() });
  }
  return settings;
}

/** A backslash that is not itself behind one. */
function endsOpen(line: string): boolean {
  return (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
}
