import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseDocument } from 'yaml';
import { MAX_FILE_BYTES } from '../bounds';
import { isMarked } from './marks';

/** What a machine's cloud-init writes and runs. */
export interface CloudConfig {
  /** Content by absolute path, as it is when the commands run. */
  readonly files: ReadonlyMap<string, string>;
  /** In the order in which they run: a string is a script of the shell, a list the words of a command. */
  readonly commands: readonly (string | readonly string[])[];
}

/** Receives what was met and is not understood exactly. */
export type Report = (reason: string) => void;

type Entry = Readonly<Record<string, unknown>>;

/** Settings of a machine that start nothing and give nobody a way in. */
const HARMLESS = [
  'final_message',
  'fqdn',
  'hostname',
  'locale',
  'merge_how',
  'merge_type',
  'preserve_hostname',
  'timezone',
];
const READ = ['bootcmd', 'runcmd', 'write_files'];
/** Files that the container runtime, a clock, the system's start or its network take orders from. */
const RULING =
  /^\/etc\/(?:docker|containerd|cron|ld\.so|sysctl|udev|mod|tmpfiles|environment|profile|bash|hosts$|resolv|nsswitch|ssh|sudo|pam|passwd|shadow|group|rc|init|security|iptables|nftables)|^\/etc\/systemd\/(?!system\/)|\/cron\/|\/(?:docker|containerd)\.service(?:\.d\/|$)|\.(?:wants|requires|upholds)\/|^\/(?:usr\/(?!(?:local\/)?lib\/systemd\/system\/)|s?bin|lib\d*\/(?!systemd\/system\/)|boot|root|proc|sys)(?:\/|$)/;
/** Whoever reads the metadata of the machine, the template or its state has it then. */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?:\s|\\n)+[A-Za-z0-9+/]/;
const ROOT = 'root:root';
const WRITE_OF_OTHERS = 0o022;
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/**
 * Reads `#cloud-config` as cloud-init does: YAML 1.1, known by how its first line begins.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/explanation/format.html
 */
export function readCloudConfig(userData: string, report: Report): CloudConfig {
  const config = parse(userData, report);
  for (const name of Object.keys(config).filter((key) => !READ.includes(key) && !HARMLESS.includes(key))) {
    report(`user data has ${JSON.stringify(name)}, which is not modelled`);
  }
  return {
    files: filesOf(list(config, 'write_files', report), report),
    // The first runs before any file is written, and still finds whatever it starts by name.
    commands: ['bootcmd', 'runcmd'].flatMap((name) =>
      list(config, name, report).flatMap((item) => command(name, item, report)),
    ),
  };
}

function parse(userData: string, report: Report): Entry {
  const text = userData.trimStart();
  if (!/^#cloud-config(?!-)/i.test(text)) {
    report(`user data is no #cloud-config: it begins with ${JSON.stringify(text.slice(0, 20))}`);
    return {};
  }
  try {
    const document = parseDocument(text, { version: '1.1', uniqueKeys: true });
    const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
    if (isEntry(value)) return value;
  } catch {
    // Aliases without end are told below, as whatever else is no map.
  }
  report('user data is no YAML map that can be read');
  return {};
}

function list(config: Entry, name: string, report: Report): readonly unknown[] {
  const value = config[name] ?? [];
  if (Array.isArray(value)) return value;
  report(`user data has ${name}, which is no list`);
  return [];
}

function command(name: string, item: unknown, report: Report): readonly (string | readonly string[])[] {
  if (typeof item === 'string') return [item];
  if (Array.isArray(item) && item.every((word) => ['string', 'number'].includes(typeof word)))
    return [item.map(String)];
  report(`user data has a command of ${name} that is neither text nor a list of words`);
  return [];
}

function filesOf(items: readonly unknown[], report: Report): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const item of items) {
    const { path, append } = isEntry(item) ? item : {};
    if (!isEntry(item) || typeof path !== 'string' || !path.startsWith('/')) {
      report('user data writes a file without an absolute path');
      continue;
    }
    const content = contentOf(item);
    if (content === undefined || item['source'] !== undefined) {
      report(`user data writes ${path}, whose content cannot be read`);
    }
    const at = posix.normalize(path);
    if (PRIVATE_KEY.test(content ?? '')) report(`user data writes ${path}, which holds a private key`);
    if (isOfOthers(item)) report(`user data writes ${path} so that others may change it`);
    if (RULING.test(at)) report(`user data writes ${path}, which changes how the machine runs things`);
    files.set(at, (append === true ? (files.get(at) ?? '') : '') + (content ?? ''));
  }
  return files;
}

/** Root's, and readable by all, unless it says otherwise. */
function isOfOthers({ owner = ROOT, permissions = '0644' }: Entry): boolean {
  const isRoots = owner === ROOT || owner === 'root';
  return !isRoots || typeof permissions !== 'string' || (Number.parseInt(permissions, 8) & WRITE_OF_OTHERS) !== 0;
}

/** As `cc_write_files` has it: an encoding that it does not know is none. */
function contentOf({ content = '', encoding }: Entry): string | undefined {
  if (typeof content !== 'string') return undefined;
  const names = (typeof encoding === 'string' ? encoding : '').toLowerCase().trim().split('+');
  const isPacked = names.includes('gz') || names.includes('gzip');
  if (!names.includes('b64') && !names.includes('base64')) return isPacked ? undefined : content;
  if (isMarked(content) || !BASE64.test(content)) return undefined;
  const bytes = Buffer.from(content, 'base64');
  try {
    return decoded(isPacked ? gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES }) : bytes);
  } catch {
    return undefined;
  }
}

/** Bytes that are no text cannot be read, nor those that would pass for a reference. */
function decoded(bytes: Buffer): string | undefined {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  return isMarked(text) ? undefined : text;
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
