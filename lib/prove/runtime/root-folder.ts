import { chmodSync, copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KNOWN_USERS } from './process-rights';

/** What the files under `/etc` say. */
export interface RootFiles {
  /** PEM of the certificate authorities that the container trusts. */
  readonly trusted: string;
  /** Names that resolve, each to one or more addresses. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly hostname: string;
}

const FOLDERS = [
  'proc',
  'dev',
  'run',
  'root',
  'home',
  'var/lib',
  'var/log',
  'var/tmp',
  'opt',
  'mnt',
  'srv',
  'etc/ssl/certs',
];
/** Where the distributions keep the bundle of trusted authorities. */
const BUNDLES = ['etc/ssl/certs/ca-certificates.crt', 'etc/ssl/cert.pem', 'etc/pki/tls/certs/ca-bundle.crt'];
/** Files of the system that its programs cannot do without: where libraries are, and the defaults of `openssl req`. */
const SYSTEM_FILES = ['/etc/ld.so.cache', '/etc/ssl/openssl.cnf', '/etc/pki/tls/openssl.cnf'];

/** Fills a folder with what an image has besides programs. Trust, names and users are the run's own. */
export function fillRootFolder(folder: string, files: RootFiles): void {
  for (const name of FOLDERS) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const name of ['tmp', 'var/tmp']) {
    mkdirSync(join(folder, name), { recursive: true });
    chmodSync(join(folder, name), 0o1777);
  }
  // Relative: mounts are made before this folder is anybody's root.
  symlinkSync('../run', join(folder, 'var/run'));
  for (const bundle of BUNDLES) {
    write(join(folder, bundle), files.trusted);
  }
  for (const file of SYSTEM_FILES.filter((each) => existsSync(each))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(file, join(folder, file));
  }
  write(join(folder, 'etc/passwd'), KNOWN_USERS.map(passwdLine).join(''));
  write(join(folder, 'etc/group'), KNOWN_USERS.map(({ name, gid }) => `${name}:x:${gid}:\n`).join(''));
  write(join(folder, 'etc/hostname'), `${files.hostname}\n`);
  write(join(folder, 'etc/hosts'), renderHosts(files));
  write(join(folder, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files dns\n');
  // Nobody answers there, so that a name outside the run is refused at once and not waited for.
  write(join(folder, 'etc/resolv.conf'), 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n');
}

function passwdLine({ name, uid, gid, home }: (typeof KNOWN_USERS)[number]): string {
  return `${name}:x:${uid}:${gid}::${home}:/bin/sh\n`;
}

function renderHosts({ names, hostname }: RootFiles): string {
  const own = ['127.0.0.1 localhost', '::1 localhost', `127.0.1.1 ${hostname}`];
  const others = Object.entries(names).flatMap(([name, addresses]) => addresses.map((address) => `${address} ${name}`));
  return [...own, ...others, ''].join('\n');
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o644 });
}
