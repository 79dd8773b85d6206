import { posix } from 'node:path';
import type { Report } from './cloud-config';
import { isMarked } from './marks';

const DOCUMENT = /<<(?<tabs>-?)\s*(?<quote>["'\\]?)(?<end>\w+)["']?/;
const WRITES: readonly RegExp[] = [
  /(?:^|[\s;&])(?:sudo\s+)?cat\b[^|]*?(?<append>>>?)\s*(?<path>["']?\/[^\s"';|&<>]+)/,
  /(?:^|[\s;&|])tee\s+(?<append>-a\s+)?(?:--\s+)?(?<path>["']?\/[^\s"';|&<>]+)/,
  /(?:^|[\s;&])(?:sudo\s+)?install\s[^|;&]*?\/dev\/stdin\s+(?<path>["']?\/[^\s"';|&<>]+)/,
];
/** Longer than any line that somebody wrote to be read: what it writes is not looked for. */
const MAX_LINE = 4_000;
/** What the shell puts something else for in a document whose end is not quoted. */
const EXPANDS = /(?<!\\)[$`]/;

/** The files that a script of the shell writes by here-documents, as they are once it has run. */
export function scriptFiles(script: string, report: Report): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const lines = script.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const { tabs = '', quote = '', end } = DOCUMENT.exec(line)?.groups ?? {};
    if (end === undefined || /<<</.test(line)) continue;
    const content: string[] = [];
    for (at += 1; at < lines.length; at += 1) {
      const inner = tabs === '' ? (lines[at] ?? '') : (lines[at] ?? '').replace(/^\t+/, '');
      if (inner === end) break;
      content.push(inner);
    }
    if (line.length > MAX_LINE) report('writes a file by a line that is too long to be read');
    else write(files, line, { content: content.map((each) => `${each}\n`).join(''), isLiteral: quote !== '' }, report);
  }
  return files;
}

interface Document {
  readonly content: string;
  /** Whether the shell leaves it as it stands. */
  readonly isLiteral: boolean;
}

function write(files: Map<string, string>, line: string, { content, isLiteral }: Document, report: Report): void {
  const groups = WRITES.map((pattern) => pattern.exec(line)?.groups).find((each) => each !== undefined);
  const named = groups?.['path']?.replace(/^["']/, '');
  if (named === undefined) return;
  if (isMarked(named) || /[$`*?[]/.test(named))
    return report(`writes ${JSON.stringify(named)}, a name that only the machine knows`);
  const path = posix.normalize(named);
  if (!isLiteral && EXPANDS.test(content)) {
    // Whoever looks for it finds none, and says so.
    files.delete(path);
    return report(`writes ${path}, of which only the machine knows all`);
  }
  const text = isLiteral ? content : content.replaceAll(/\\([$`\\])/g, '$1').replaceAll('\\\n', '');
  const isAppended = groups?.['append'] === '>>' || groups?.['append']?.startsWith('-a') === true;
  files.set(path, (isAppended ? (files.get(path) ?? '') : '') + text);
}
