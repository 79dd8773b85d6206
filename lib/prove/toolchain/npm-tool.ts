import { existsSync } from 'node:fs';
import { rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CannotProveError } from '../cannot-prove-error';
import type { CachedTool } from './cache';
import type { NpmPin } from './pins';
import { runCommand } from './run-command';

const TIMEOUT_MS = 600_000;

/** What npm hands to the scripts it runs, and what would make this installation another one. */
const FOREIGN_SETTINGS =
  /^npm_config_(workspaces?|include_workspace_root|global|location|(local_)?prefix|dry_run|omit|include)$/i;

/**
 * A tool that is one npm package, with the packages it needs. npm verifies each by its pinned hash and runs none of their scripts;
 * registry, proxy and certificates are the user's own.
 */
export function npmTool(options: {
  readonly step: string;
  readonly folder: string;
  readonly entry: string;
  readonly pins: readonly [NpmPin, ...NpmPin[]];
}): CachedTool {
  return {
    folder: options.folder,
    step: options.step,
    entry: join('node_modules', options.entry),
    install: (folder) => install(folder, options.pins),
  };
}

async function install(folder: string, pins: readonly [NpmPin, ...NpmPin[]]): Promise<void> {
  const [main, ...needed] = pins;
  const root = { name: 'portcullis-toolchain', version: '0.0.0', dependencies: { [main.name]: main.version } };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...root, private: true }));
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(renderLock(root, main, needed)));
  // A registry or certificate set for the user's project counts too. Linked, so that no credential is copied.
  const own = join(process.cwd(), '.npmrc');
  if (existsSync(own)) {
    await symlink(own, join(folder, '.npmrc'));
  }
  await runNpm(folder, `${main.name}@${main.version}`);
  await rm(join(folder, '.npmrc'), { force: true });
}

function renderEntry(pin: NpmPin): object {
  return { version: pin.version, integrity: pin.integrity };
}

/** A lock file without registry hosts: npm asks whichever registry the user configured, and takes nothing but these hashes. */
function renderLock(
  root: { readonly name: string; readonly version: string },
  main: NpmPin,
  needed: readonly NpmPin[],
): unknown {
  const dependencies = Object.fromEntries(needed.map((pin) => [pin.name, pin.version]));
  return {
    name: root.name,
    version: root.version,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': root,
      [`node_modules/${main.name}`]: { ...renderEntry(main), dependencies },
      ...Object.fromEntries(needed.map((pin) => [`node_modules/${pin.name}`, renderEntry(pin)])),
    },
  };
}

async function runNpm(folder: string, what: string): Promise<void> {
  const args = [
    'ci',
    '--prefix',
    folder,
    '--ignore-scripts',
    '--package-lock',
    '--no-audit',
    '--no-fund',
    '--loglevel',
    'error',
  ];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN_SETTINGS.test(name)));
  const { code, stderr } = await runCommand('npm', args, { cwd: folder, env, timeoutMs: TIMEOUT_MS });
  if (code !== 0) {
    throw new CannotProveError(
      'InstallFailed',
      `npm could not install ${what}: ${stderr.trim().slice(-600)}`,
      `look at \`npm config get registry\` and \`npm view ${what}\``,
    );
  }
}
