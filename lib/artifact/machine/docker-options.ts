/** The words of `docker run`, told apart. */
export interface DockerOptions {
  /** Long names and values, in their order; a switch has the value that stands behind `=`, or `true`. */
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly image: string;
  readonly command: readonly string[];
}

/** Long names by short ones. */
const SHORT: Readonly<Record<string, string>> = {
  a: 'attach',
  c: 'cpu-shares',
  d: 'detach',
  e: 'env',
  h: 'hostname',
  i: 'interactive',
  l: 'label',
  m: 'memory',
  P: 'publish-all',
  p: 'publish',
  q: 'quiet',
  t: 'tty',
  u: 'user',
  v: 'volume',
  w: 'workdir',
};

const SWITCHES: ReadonlySet<string> = new Set([
  'detach',
  'disable-content-trust',
  'init',
  'interactive',
  'no-healthcheck',
  'oom-kill-disable',
  'privileged',
  'publish-all',
  'quiet',
  'read-only',
  'rm',
  'sig-proxy',
  'tty',
  'use-api-socket',
]);

/** Options that say nothing about what may be reached, read or written. */
const WITHOUT_EFFECT = [
  'annotation',
  'attach',
  'blkio-weight',
  'cidfile',
  'cpu-period',
  'cpu-quota',
  'cpu-shares',
  'cpus',
  'cpuset-cpus',
  'cpuset-mems',
  'detach-keys',
  'disable-content-trust',
  'expose',
  'health-interval',
  'health-retries',
  'health-start-interval',
  'health-start-period',
  'health-timeout',
  'hostname',
  'init',
  'interactive',
  'label',
  'label-file',
  'log-driver',
  'log-opt',
  'memory',
  'memory-reservation',
  'memory-swap',
  'memory-swappiness',
  'oom-kill-disable',
  'oom-score-adj',
  'pids-limit',
  'platform',
  'pull',
  'quiet',
  'restart',
  'rm',
  'shm-size',
  'sig-proxy',
  'stop-signal',
  'tty',
  'ulimit',
];

/** Options that the artifact has a place for. */
const READ = [
  'cap-add',
  'cap-drop',
  'detach',
  'entrypoint',
  'env',
  'health-cmd',
  'mount',
  'name',
  'network',
  'no-healthcheck',
  'privileged',
  'publish',
  'read-only',
  'security-opt',
  'stop-timeout',
  'tmpfs',
  'user',
  'volume',
];

/** Options that change what runs, or what it reaches, in a way that the artifact has no place for. */
const NOT_MODELLED = [
  'add-host',
  'cgroup-parent',
  'cgroupns',
  'device',
  'device-cgroup-rule',
  'dns',
  'dns-option',
  'dns-search',
  'domainname',
  'env-file',
  'gpus',
  'group-add',
  'ip',
  'ip6',
  'ipc',
  'isolation',
  'link',
  'link-local-ip',
  'mac-address',
  'network-alias',
  'pid',
  'publish-all',
  'runtime',
  'storage-opt',
  'sysctl',
  'use-api-socket',
  'userns',
  'uts',
  'volume-driver',
  'volumes-from',
  'workdir',
];

const KNOWN: ReadonlySet<string> = new Set([...READ, ...WITHOUT_EFFECT, ...NOT_MODELLED]);
const ALIASES: Readonly<Record<string, string>> = {
  net: 'network',
  'net-alias': 'network-alias',
  'dns-opt': 'dns-option',
};

/**
 * Tells options, image and command apart as Docker does: `--name=value` or `--name value`, short switches in one word, and everything
 * behind the image is the container's.
 *
 * @param report what stands there and is not modelled
 * @returns `undefined` where an option is not known, because nobody can say whether the next word is its value; it is reported, too
 */
export function dockerOptions(words: readonly string[], report: (reason: string) => void): DockerOptions | undefined {
  const options: (readonly [string, string])[] = [];
  let at = 0;
  for (; at < words.length && (words[at] ?? '').startsWith('-') && words[at] !== '-'; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      at += 1;
      break;
    }
    const found = word.startsWith('--') ? longOption(word) : shortOptions(word);
    const unknown = found.find(({ name }) => !KNOWN.has(name));
    if (unknown !== undefined) {
      report(`gives docker run the option ${JSON.stringify(unknown.name.slice(0, 40))}, which is not known`);
      return undefined;
    }
    for (const { name, value } of found) {
      if (value === undefined) at += 1;
      if (NOT_MODELLED.includes(name)) report(`gives docker run --${name}, which is not modelled`);
      options.push([name, value ?? words[at] ?? '']);
    }
  }
  const [image = '', ...command] = words.slice(at);
  if (image === '') report('has a docker run without an image');
  return image === '' ? undefined : { options, image, command };
}

/** Without a value: it is the next word. */
interface Option {
  readonly name: string;
  readonly value?: string;
}

function longOption(word: string): readonly Option[] {
  const at = word.indexOf('=');
  const given = word.slice(2, at === -1 ? undefined : at);
  const name = ALIASES[given] ?? given;
  if (at !== -1) return [{ name, value: word.slice(at + 1) }];
  return [SWITCHES.has(name) ? { name, value: 'true' } : { name }];
}

/** `-it`, `-p80:80`, `-e=A=b`: switches up to one that takes a value, which is the rest of the word or the next one. */
function shortOptions(word: string): readonly Option[] {
  const found: Option[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    const name = SHORT[letter] ?? `-${letter}`;
    const rest = word.slice(at + 1);
    if (rest.startsWith('=')) return [...found, { name, value: rest.slice(1) }];
    if (!SWITCHES.has(name)) return [...found, rest === '' ? { name } : { name, value: rest }];
    found.push({ name, value: 'true' });
  }
  return found;
}
