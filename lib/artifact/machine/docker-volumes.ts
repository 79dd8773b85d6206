import type { Mount, Tmpfs, Volume } from '../artifact';

/** Something of the machine, or of Docker's, at a path of a container. */
export interface DockerMount {
  readonly volume: Volume;
  readonly mount: Mount;
}

const MIB = 1024 * 1024;
const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: MIB, g: 1024 * MIB };
const READ_ONLY = ['readonly', 'ro'];
/** Of `--volume`: who sees mounts made later, and labels of a module that the machine does not have. */
const WITHOUT_EFFECT = /^(?:rw|z|Z|nocopy|r?(?:private|shared|slave)|consistent|cached|delegated)$/;

/**
 * `--volume source:path:options`, where the source is a path of the machine, a volume of Docker's, or nothing.
 *
 * @param owner name for a volume without one
 */
export function readVolume(value: string, owner: string, report: (reason: string) => void): DockerMount {
  const parts = value.split(':');
  const [source, path = ''] = parts.length === 1 ? [undefined, parts[0]] : parts;
  const options = (parts[2] ?? '').split(',').filter((option) => option !== '');
  for (const option of options.filter((each) => each !== 'ro' && !WITHOUT_EFFECT.test(each))) {
    report(`mounts ${path} with the option ${JSON.stringify(option)}, which is not modelled`);
  }
  return mountOf(source, path, options.includes('ro'), owner);
}

/** `--mount type=...,source=...,target=...`: a volume, a path of the machine, or memory. */
export function readMount(
  value: string,
  owner: string,
  report: (reason: string) => void,
): DockerMount | { readonly tmpfs: Tmpfs } {
  const fields = new Map(value.split(',').map((field) => pair(field)));
  const type = fields.get('type') ?? 'volume';
  const path = fields.get('target') ?? fields.get('destination') ?? fields.get('dst') ?? '';
  const known = [
    'type',
    'source',
    'src',
    'target',
    'destination',
    'dst',
    'bind-propagation',
    'volume-nocopy',
    ...READ_ONLY,
  ];
  for (const name of fields.keys()) {
    const isTmpfs = type === 'tmpfs' && (name === 'tmpfs-size' || name === 'tmpfs-mode');
    if (!known.includes(name) && !isTmpfs) report(`mounts ${path} with ${JSON.stringify(name)}, which is not modelled`);
  }
  if (type === 'tmpfs') {
    const mode = fields.get('tmpfs-mode');
    const options = mode === undefined ? [] : [`mode=${mode}`];
    return { tmpfs: { path, sizeMib: mebibytes(fields.get('tmpfs-size') ?? ''), options } };
  }
  if (type !== 'bind' && type !== 'volume') report(`mounts ${path} as ${JSON.stringify(type)}, which is not modelled`);
  const readOnly = READ_ONLY.some((name) => fields.has(name) && !/^(?:false|0)$/i.test(fields.get(name) ?? ''));
  return mountOf(fields.get('source') ?? fields.get('src'), path, readOnly, owner);
}

/** `--tmpfs path:options`; without a size it may take what the kernel lets it. */
export function readTmpfs(value: string): Tmpfs {
  const at = value.indexOf(':');
  const options =
    at === -1
      ? []
      : value
          .slice(at + 1)
          .split(',')
          .filter((option) => option !== '');
  const size = options.findLast((option) => option.startsWith('size='));
  return {
    path: at === -1 ? value : value.slice(0, at),
    sizeMib: mebibytes(size?.slice('size='.length) ?? ''),
    options: options.filter((option) => !option.startsWith('size=')),
  };
}

/** A folder of the machine is one volume for all who mount it; what has no name is its container's own. */
function mountOf(source: string | undefined, path: string, readOnly: boolean, owner: string): DockerMount {
  const name = source === undefined || source === '' ? `${owner}:${path}` : source;
  const volume = name.startsWith('/') ? { name, hostPath: name } : { name };
  return { volume, mount: { volume: name, path, readOnly } };
}

function pair(field: string): readonly [string, string] {
  const at = field.indexOf('=');
  return at === -1 ? [field, 'true'] : [field.slice(0, at), field.slice(at + 1)];
}

/** Zero where there is none, which to the kernel is no limit. A size below one is one: the kernel gives whole pages. */
function mebibytes(size: string): number {
  const [, digits = '0', unit = ''] = /^(\d+)([bkmg]?)b?$/i.exec(size) ?? [];
  const bytes = Number(digits) * (UNITS[unit.toLowerCase()] ?? 1);
  return bytes === 0 ? 0 : Math.max(1, Math.floor(bytes / MIB));
}
