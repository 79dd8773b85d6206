import type { Container } from '../../artifact/artifact';
import { literal } from '../../artifact/text';
import { configFile } from './config-file';
import { serverStart } from './server-start';

/** One key of the server's configuration, and where it is said. */
export interface Setting {
  /** Absent: a reference, whose value only the cloud knows. */
  readonly value?: string;
  /** `variable RESTATE_BIND_IP`, `option --bind-ip`. */
  readonly said: string;
}

/** The configuration that a container gives its server. */
export interface ServerSettings {
  /** By key: `admin.bind-address`. Options win over variables. */
  readonly settings: ReadonlyMap<string, Setting>;
  /** Why a key may have another value than is said here. Absent: this is all, and what is not said has the server's default. */
  readonly doubt?: string;
}

/** Most claims about a server ask for the same settings. */
const READ = new WeakMap<Container, ServerSettings>();
const PREFIX = /^RESTATE_/i;
/** Options that are no key: what they change is said beside. */
const WITHOUT_KEY: ReadonlyMap<string, readonly (readonly [key: string, value: string])[]> = new Map([
  ['--no-logo', []],
  ['--production', [['auto-provision', 'false']]],
]);
/** Options that have the name of their key. */
const OPTIONS: readonly string[] = [
  'listen-mode use-random-ports advertised-host bind-ip bind-port roles node-name location force-node-id cluster-name',
  'auto-provision base-dir metadata-store-address bind-address advertised-address default-num-partitions',
  'shutdown-timeout tracing-endpoint tracing-runtime-endpoint tracing-services-endpoint tracing-json-path',
  'tracing-filter log-filter log-format log-disable-ansi-codes disable-prometheus rocksdb-total-memory-size',
  'rocksdb-total-memtables-ratio disable-telemetry',
].flatMap((line) => line.split(' '));
/** Sections, each of which a variable may give as a whole. */
const SECTIONS =
  /^(?:admin|ingress|worker|tls|bifrost|metadata-client|metadata-server|log-server|networking)(?:\.(?:invoker|storage|snapshots|query-engine))?$/;

/** Reads what a container tells its server. @see https://docs.restate.dev/references/server-config */
export function serverSettings(container: Container): ServerSettings {
  const known = READ.get(container) ?? readSettings(container);
  READ.set(container, known);
  return known;
}

function readSettings(container: Container): ServerSettings {
  const doubts: string[] = [];
  const settings = new Map<string, Setting>();
  for (const [variable, setting] of variablesOf(container)) {
    const key = keyOf(variable);
    if (key === 'config') doubts.push(`${setting.said} names a file of configuration, which is not read`);
    else if (SECTIONS.test(key)) doubts.push(`${setting.said} gives a whole section, which is not read`);
    else if (settings.has(key)) doubts.push(`${setting.said} says again what another variable says`);
    else settings.set(key, setting);
  }
  const start = serverStart(container);
  const files: string[] = [];
  if (start.kind === 'unknown') doubts.push(`container ${container.name} ${start.reason}`);
  else for (const [key, setting] of optionsOf(start.options, { doubts, files })) settings.set(key, setting);
  for (const path of files) readFile(path, container, { settings, doubts });
  return { settings, ...(doubts.length > 0 && { doubt: doubts.join('; ') }) };
}

/** `RESTATE_ADMIN__BIND_ADDRESS` is `admin.bind-address`; the server takes it in any case. */
export function keyOf(variable: string): string {
  return variable.replace(PREFIX, '').toLowerCase().replaceAll('__', '.').replaceAll('_', '-');
}

/** The server's own variables, those out of a secret store among them. */
function variablesOf({ environment, secrets }: Container): readonly (readonly [string, Setting])[] {
  const literals = Object.entries(environment).map(([name, text]) => {
    const value = literal(text);
    return [name, { said: `variable ${name}`, ...(value !== undefined && { value }) }] as const;
  });
  const stored = Object.keys(secrets).map((name) => [name, { said: `variable ${name} out of a secret` }] as const);
  return [...literals, ...stored].filter(([name]) => PREFIX.test(name));
}

/** What a file says counts where no variable and no option says it. */
function readFile(
  path: string,
  { files }: Container,
  { settings, doubts }: { readonly settings: Map<string, Setting>; readonly doubts: string[] },
): void {
  const text = files?.get(path);
  if (text === undefined) {
    doubts.push(`the server reads ${path}, which is not followed: nothing says what stands in it`);
    return;
  }
  const read = configFile(text);
  if (read.unread !== undefined) doubts.push(`${path} has ${JSON.stringify(read.unread)}, which is not understood`);
  for (const [key, value] of read.settings) {
    if (!settings.has(key)) settings.set(key, { said: `file ${path}`, value });
  }
}

interface Met {
  readonly doubts: string[];
  /** Files of configuration that it is told to read. */
  readonly files: string[];
}

function optionsOf(words: readonly string[], { doubts, files }: Met): readonly (readonly [string, Setting])[] {
  const found: (readonly [string, Setting])[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [option = '', inline] = word.split(/=(.*)/s);
    const key = option.slice(2);
    const said = `option ${option}`;
    const implied = WITHOUT_KEY.get(word);
    if (implied !== undefined) {
      found.push(...implied.map(([each, value]) => [each, { value, said }] as const));
    } else if (option === '--config-file' || option === '-c') {
      files.push(inline ?? rest.shift() ?? '');
    } else if (option.startsWith('--') && OPTIONS.includes(key)) {
      const values = inline === undefined ? valuesOf(key, rest) : [inline];
      found.push([key, { value: values.join(','), said }]);
    } else {
      doubts.push(`the server is given ${JSON.stringify(option.slice(0, 60))}, which is not followed`);
    }
  }
  return found;
}

/** One word, but of roles as many as there are. */
function valuesOf(key: string, rest: string[]): readonly string[] {
  const next = rest.findIndex((word) => word.startsWith('-'));
  return rest.splice(0, key !== 'roles' ? 1 : next === -1 ? rest.length : next);
}
