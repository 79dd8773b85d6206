// Compiles lib to dist in place, then removes what no longer has a source: dist is never half there while something runs from it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lib = join(root, 'lib');
const dist = join(root, 'dist');
const entry = join(dist, 'index.js');
const OUTPUT = /\.(?:js|d\.ts)$/;

/** Files below a folder, as paths relative to it. */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).filter((file) => statSync(join(folder, file)).isFile());
}

function withoutSource() {
  return filesBelow(dist).filter((file) => !existsSync(join(lib, file.replace(OUTPUT, '.ts'))));
}

/** Whether dist is what lib says now, as far as file times tell. */
export function upToDate() {
  if (!existsSync(entry)) return false;
  const built = statSync(entry).mtimeMs;
  const sources = [...filesBelow(lib).map((file) => join(lib, file)), join(root, 'tsconfig.json')];
  return sources.every((file) => statSync(file).mtimeMs <= built) && withoutSource().length === 0;
}

/** Compiles. Returns the exit code of the compiler. */
export function build() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit', timeout: 300_000 });
  for (const file of withoutSource()) rmSync(join(dist, file));
  // what did not compile stays to be built, however new it looks
  if (status !== 0 && existsSync(entry)) utimesSync(entry, 0, 0);
  return status ?? 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = build();
