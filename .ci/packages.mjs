// Installs the npm packages of package-lock.json, exactly, when what is installed is something else.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds what the lock names: npm writes down, as its last step, what it really installed.
 * Packages for other platforms are optional and may be absent.
 */
export function packagesInstalled(root) {
  const installedLock = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedLock)) return false;
  const installed = JSON.parse(readFileSync(installedLock, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? optional === true : found.version === version && found.integrity === integrity;
  });
}

/** `npm ci`, without running any package's install script. Returns its exit code. */
export function installPackages(root) {
  const argumentsOfNpm = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return spawnSync('npm', argumentsOfNpm, { cwd: root, stdio: 'inherit', timeout: 900_000 }).status ?? 1;
}
