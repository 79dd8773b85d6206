import { parseDocument } from 'yaml';
import type { Report } from './cloud-config';

/** A service of a compose file, as the words behind `docker run` that start the same. */
export interface ComposeService {
  readonly name: string;
  readonly words: readonly string[];
}

type Entry = Readonly<Record<string, unknown>>;
type Words = (value: unknown, report: (key: string) => void) => readonly string[];

/** Settings that say nothing about what may be reached, read or written. */
const WITHOUT_EFFECT = [
  'container_name',
  'depends_on',
  'healthcheck',
  'hostname',
  'labels',
  'logging',
  'mem_limit',
  'platform',
  'pull_policy',
  'restart',
  'stop_grace_period',
  'stop_signal',
  'ulimits',
];
/** Those of the file itself. A network of the project is one bridge for all. */
const OF_FILE = ['name', 'networks', 'services', 'version', 'volumes'];
const SETTINGS: Readonly<Record<string, Words>> = {
  cap_add: (value, report) => each(value, report, '--cap-add'),
  cap_drop: (value, report) => each(value, report, '--cap-drop'),
  entrypoint: (value, report) => each(wordsOf(value).slice(0, 1), report, '--entrypoint'),
  environment: (value, report) =>
    isEntry(value)
      ? Object.entries(value).flatMap(([name, item]) => ['--env', `${name}=${plain(item, report)}`])
      : each(value, report, '--env'),
  image: () => [],
  command: () => [],
  network_mode: (value, report) => ['--network', plain(value, report)],
  ports: (value, report) => each(value, report, '--publish'),
  privileged: (value) => (value === true ? ['--privileged'] : []),
  read_only: (value) => (value === true ? ['--read-only'] : []),
  security_opt: (value, report) => each(value, report, '--security-opt'),
  tmpfs: (value, report) => each(typeof value === 'string' ? [value] : value, report, '--tmpfs'),
  user: (value, report) => ['--user', plain(value, report)],
  volumes: (value, report) => each(value, report, '--volume'),
};

/**
 * The services of a compose file.
 *
 * @see https://docs.docker.com/reference/compose-file/services/
 * @param report receives what of it is not understood
 */
export function composeServices(text: string, report: Report): readonly ComposeService[] {
  const file = parse(text);
  if (file === undefined) {
    report('has a compose file that cannot be read');
    return [];
  }
  for (const name of Object.keys(file).filter((key) => !OF_FILE.includes(key))) {
    report(`has a compose file with ${JSON.stringify(name)}, which is not modelled`);
  }
  const services = isEntry(file['services']) ? file['services'] : {};
  return Object.entries(services).flatMap(([name, service]) => {
    if (isEntry(service) && typeof service['image'] === 'string')
      return [ofService(name, service, service['image'], report)];
    report(`has a compose file whose service ${JSON.stringify(name)} names no image`);
    return [];
  });
}

function ofService(name: string, service: Entry, image: string, report: Report): ComposeService {
  const doubt = (key: string): void =>
    report(
      `has a compose file whose service ${JSON.stringify(name)} has ${JSON.stringify(key)}, which is not modelled`,
    );
  const options = Object.entries(service).flatMap(([key, value]) => {
    const read = Object.hasOwn(SETTINGS, key) ? SETTINGS[key] : undefined;
    if (read === undefined && !WITHOUT_EFFECT.includes(key)) doubt(key);
    return read?.(value, () => doubt(key)) ?? [];
  });
  const rest = [...wordsOf(service['entrypoint']).slice(1), ...wordsOf(service['command'])];
  return { name, words: ['--detach', '--name', name, ...options, image, ...rest] };
}

/** A command is a list of words, or one text that is parted where blanks are. */
function wordsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '') : [];
}

function each(value: unknown, report: (key: string) => void, option: string): readonly string[] {
  if (!Array.isArray(value)) {
    report(option);
    return [];
  }
  return value.flatMap((item) => [option, plain(item, report)]);
}

/** Variables of the machine's own stand for what nobody knows. */
function plain(value: unknown, report: (key: string) => void): string {
  const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
  if (!isPlain || /\$(?!\$)/.test(String(value))) report('a value');
  return isPlain ? String(value).replaceAll('$$', '$') : '';
}

function parse(text: string): Entry | undefined {
  const document = parseDocument(text, { uniqueKeys: true });
  try {
    const value: unknown = document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 50 });
    return isEntry(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
