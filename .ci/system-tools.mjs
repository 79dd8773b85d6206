// Installs what is missing of the operating system on Debian as root; elsewhere says exactly what to run.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Takes `{ tool, debianPackage }` and returns an exit code. */
export function installSystemTools(missing) {
  if (missing.length === 0) return 0;
  const packages = [...new Set(missing.map(({ debianPackage }) => debianPackage))];
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...packages];
  console.error(
    `setup: the proof needs ${missing.map(({ tool }) => tool).join(', ')} for its network, sandbox and servers`,
  );
  if (!isDebian()) {
    console.error(
      `setup: install what Debian calls ${packages.join(', ')} with your package manager, then run this again`,
    );
    return 1;
  }
  if (process.getuid() !== 0) {
    console.error(`setup: run this, then run me again:\n  sudo apt-get update && sudo ${install.join(' ')}`);
    return 1;
  }
  console.error(`setup: ${install.join(' ')}`);
  return aptGet(['update']) || aptGet(install.slice(1));
}

function aptGet(words) {
  // what apt says goes to stderr, so that stdout holds the output of what was asked for and nothing else
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 2, 2],
    timeout: 600_000,
  };
  return spawnSync('apt-get', ['--quiet=2', '--option=Dpkg::Use-Pty=0', ...words], options).status ?? 1;
}

function isDebian() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(?:_LIKE)?=.*\bdebian\b/m.test(release);
}
