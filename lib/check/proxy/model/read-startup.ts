import type { Container } from '../../../artifact/artifact';
import { literal, type Text } from '../../../artifact/text';
import type { Doubt } from '../fields/read-message';
import type { Startup } from './proxy';

/** Options of the program that change nothing of what is judged here, by whether a value follows them. */
const HARMLESS: Readonly<Record<string, 'value' | 'flag'>> = {
  '--concurrency': 'value',
  '--cpuset-threads': 'flag',
  '--drain-strategy': 'value',
  '--drain-time-s': 'value',
  '--file-flush-interval-msec': 'value',
  '--file-flush-min-size-kb': 'value',
  '--local-address-ip-version': 'value',
  '--log-format': 'value',
  '--log-format-escaped': 'flag',
  '--parent-shutdown-time-s': 'value',
  '--reject-unknown-dynamic-fields': 'flag',
  '--service-cluster': 'value',
  '--service-node': 'value',
  '--service-zone': 'value',
};
const LEVELS: readonly string[] = ['-l', '--log-level', '--component-log-level'];
const CONFIGURATION = '--config-yaml';
const PROGRAM = /^(?:\/[\w./-]+\/)?envoy$/;
/** Variables by which the entry script of the vendor's image changes user or arguments, and Envoy itself what it takes. */
const VARIABLES = /^(?:ENVOY_|GODEBUG$|LD_|loglevel$)/;

/** Understands the arguments and variables with which a proxy is started. */
export function readStartup(container: Container): Startup {
  const { entryPoint = [], command = [], environment, secrets } = container;
  const doubts: Doubt[] = [];
  const doubt = (path: string, reason: string): void => void doubts.push({ path, reason });
  for (const name of [...Object.keys(environment), ...Object.keys(secrets)].filter((each) => VARIABLES.test(each))) {
    doubt(`variable ${name}`, 'changes how the proxy is started');
  }
  const words = [...entryPoint, ...command];
  const [first] = words;
  if (first !== undefined && PROGRAM.test(plain(first))) words.shift();
  else if (entryPoint.length > 0)
    doubt('entry point', `${JSON.stringify(plain(entryPoint[0]!))} is not the proxy itself`);
  let hotRestart = true;
  const logLevels: string[] = [];
  let configurations = 0;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [option = '', inline] = plain(word).split(/=(.*)/s);
    const value = (): string => inline ?? plain(words.shift() ?? []);
    if (option === CONFIGURATION) {
      configurations++;
      value();
    } else if (option === '--disable-hot-restart') hotRestart = false;
    else if (LEVELS.includes(option)) logLevels.push(value());
    else if (!Object.hasOwn(HARMLESS, option)) doubt(`argument ${option.slice(0, 60)}`, 'is not understood');
    else if (HARMLESS[option] === 'value') value();
  }
  if (configurations !== 1) doubt(`argument ${CONFIGURATION}`, `is given ${configurations} times`);
  return { hotRestart, logLevels, doubts };
}

function plain(text: Text): string {
  return literal(text) ?? text.map((part) => (typeof part === 'string' ? part : '?')).join('');
}
