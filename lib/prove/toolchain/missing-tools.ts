import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of the system that the proof needs and did not find. */
export interface MissingTool {
  readonly tool: string;
  readonly debianPackage: string;
}

const DEBIAN_PACKAGES: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  nft: 'nftables',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  nsenter: 'util-linux',
  flock: 'util-linux',
  mount: 'mount',
  hostname: 'hostname',
  openssl: 'openssl',
  python3: 'python3',
  curl: 'curl',
};

/** Where Debian keeps programs that an ordinary user's PATH may lack. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin'];

/** The programs of the system that a proof needs and that are neither on the PATH nor in the system's own folders. */
export function missingTools(path: string = process.env['PATH'] ?? ''): readonly MissingTool[] {
  const folders = [...path.split(delimiter), ...SYSTEM_FOLDERS].filter((folder) => folder !== '');
  return Object.entries(DEBIAN_PACKAGES)
    .filter(([tool]) => !folders.some((folder) => isExecutable(join(folder, tool))))
    .map(([tool, debianPackage]) => ({ tool, debianPackage }));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
