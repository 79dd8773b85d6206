import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = join(__dirname, '../..');
const EXAMPLES = join(ROOT, 'examples/aws');

/** What a user writes anew in a file of the examples: one text for another, both as they stand there. */
export interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The app of the examples, as a user has it who changed something. */
export interface ExampleApp {
  /** What `--app` of the command line takes. */
  readonly command: string;
  remove(): void;
}

/** @throws Error where a text that is to be changed is not there exactly once */
export function exampleApp(changes: readonly Change[] = []): ExampleApp {
  // Inside the package, so that `portcullis/aws` is this one.
  mkdirSync(join(ROOT, '.build'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.build/deployed-'));
  for (const file of readdirSync(EXAMPLES)) {
    const text = changes
      .filter((change) => change.file === file)
      .reduce(changed, readFileSync(join(EXAMPLES, file), 'utf8'));
    const { code } = transformSync(text, {
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'commonjs' },
    });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), code);
  }
  return {
    command: `${process.execPath} ${join(folder, 'app.js')}`,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function changed(text: string, { file, from, to }: Change): string {
  if (text.split(from).length !== 2) throw new Error(`${file} does not hold exactly one ${from}`);
  return text.replace(from, to);
}
