/** The settings of a file of the server's configuration, by key: `admin.bind-address`. A list is one text, as a variable gives it. */
export interface ConfigFile {
  readonly settings: ReadonlyMap<string, string>;
  /** The first line that is not understood. Absent: the whole file is. */
  readonly unread?: string;
}

const SECTION = /^\[([A-Za-z0-9_.-]+)\]$/;
const SETTING = /^([A-Za-z0-9_.-]+)\s*=\s*(.+)$/s;
const TEXT = /^(?:"([^"\\]*)"|'([^']*)')$/;
const BARE = /^(?:true|false|[+-]?\d[\d_]*(?:\.\d+)?)$/;

/**
 * Reads a file of the server's configuration: the part of TOML in which it is usually written. The server takes its keys with hyphens.
 *
 * @see https://docs.restate.dev/references/server-config
 */
export function configFile(text: string): ConfigFile {
  const settings = new Map<string, string>();
  const lines = text.split(/\r?\n/).map(withoutComment);
  let section = '';
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const header = SECTION.exec(line)?.[1];
    if (header !== undefined) {
      section = `${header}.`;
      continue;
    }
    let whole = line;
    while (isOpenList(whole) && lines.length > 0) whole += ` ${lines.shift() ?? ''}`;
    const [, name, said = ''] = SETTING.exec(whole) ?? [];
    const value = valueOf(said.trim());
    const key = `${section}${name ?? ''}`;
    if (name === undefined || value === undefined || settings.has(key)) return { settings, unread: whole.slice(0, 60) };
    settings.set(key, value);
  }
  return { settings };
}

/** A sign for a comment inside of a text is none. */
function withoutComment(line: string): string {
  const [whole = ''] = /^(?:[^#"']|"[^"\\]*"|'[^']*')*/.exec(line) ?? [];
  return whole.length < line.length && line.charAt(whole.length) !== '#' ? line.trim() : whole.trim();
}

function isOpenList(line: string): boolean {
  return /=\s*\[/.test(line) && !line.trimEnd().endsWith(']');
}

function valueOf(said: string): string | undefined {
  if (said.startsWith('[') && said.endsWith(']')) {
    const items = said
      .slice(1, -1)
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .map(scalar);
    return items.every((item) => item !== undefined) ? items.join(',') : undefined;
  }
  return scalar(said);
}

function scalar(said: string): string | undefined {
  const [whole, double, single] = TEXT.exec(said) ?? [];
  if (whole !== undefined) return double ?? single ?? '';
  return BARE.test(said) ? said.replaceAll('_', '') : undefined;
}
