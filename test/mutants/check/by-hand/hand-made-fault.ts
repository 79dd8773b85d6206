import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from '../../../check/examples';
import { type Edited, type Path, replaceAt, valueAt } from '../sites';

/** A fault that somebody thought of, as what it changes in the file of one example. */
export interface HandMadeFault {
  readonly id: string;
  readonly example: Example;
  /** It is told by one of these. */
  readonly claims: readonly string[];
  readonly changes: readonly HandMadeChange[];
}

/** What stands at a place instead; nothing where `to` is absent, and in a long text what stands there in the place of `from`. */
interface HandMadeChange {
  readonly at: Path;
  readonly from?: string;
  readonly to?: unknown;
}

/** All of them, one a line of the files beside this one. */
export function handMadeFaults(): readonly HandMadeFault[] {
  return readdirSync(__dirname)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(__dirname, name), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as HandMadeFault);
}

/** Makes one in a file. */
export function makeFault({ id, changes }: HandMadeFault, file: Edited): void {
  for (const { at, from, to } of changes) {
    if (from === undefined) {
      make(file, at, to);
      continue;
    }
    const before = String(valueAt(file, at));
    if (!before.includes(from)) throw new Error(`${id}: what it changes is not there any more`);
    replaceAt(
      file,
      at,
      before.replace(from, () => String(to)),
    );
  }
}

/** What holds it may be missing: a type of which the example has no resource. */
function make(file: Edited, at: Path, to: unknown): void {
  for (let depth = 1; depth < at.length; depth += 1) {
    if (valueAt(file, at.slice(0, depth)) === undefined) replaceAt(file, at.slice(0, depth), {});
  }
  replaceAt(file, at, to);
}
