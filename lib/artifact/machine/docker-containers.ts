import { posix } from 'node:path';
import type { Container, Dependency } from '../artifact';
import type { Report } from './cloud-config';
import { type DockerRun, readDockerRun } from './docker-run';
import type { MachineCommand, MachineStartup } from './machine-commands';
import type { Marks } from './marks';
import type { Unit } from './unit-file';
import { runsOnce, UnitOrder } from './unit-order';

/** A container and what runs it. */
export interface UnitContainer extends DockerRun {
  /** Absent: cloud-init itself does. */
  readonly unit?: Unit;
}

/** One that was read, and the command that it came of. */
interface Found {
  readonly run: DockerRun;
  readonly command: MachineCommand;
}

/** Of `docker`, those that start nothing and change nothing about what runs. */
const HARMLESS = [
  'container',
  'events',
  'image',
  'images',
  'info',
  'inspect',
  'kill',
  'load',
  'login',
  'logs',
  'port',
  'ps',
  'pull',
  'rm',
  'rmi',
  'stats',
  'stop',
  'system',
  'tag',
  'top',
  'version',
  'volume',
  'wait',
];
/** Of `docker container` and the like. */
const HARMLESS_BELOW = ['df', 'inspect', 'kill', 'list', 'logs', 'ls', 'prune', 'pull', 'rm', 'stop', 'top', 'wait'];
const NAME_OF_CONFIG = ['--config', '--log-level', '-l'];
const JOINS = 'container:';
/** What Docker and systemd wait for by themselves before they kill. @see https://docs.docker.com/reference/cli/docker/container/stop/ */
const DOCKER_STOP_SECONDS = 10;
const SYSTEMD_STOP_SECONDS = 90;

/** The containers that a machine's commands start, in the order of their units. */
export function readContainers(startup: MachineStartup, marks: Marks, report: Report): readonly UnitContainer[] {
  const found: Found[] = [];
  for (const command of startup.commands.filter(isDocker)) {
    const words = verbAndWords(command, report);
    const run =
      words === undefined
        ? undefined
        : readRun(words, command, found.filter((each) => each.command.unit === command.unit).length, marks, report);
    if (run !== undefined) found.push({ run, command });
  }
  const names = found.map(({ run }) => run.container.name);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    report(`runs two containers of the name ${JSON.stringify(name)}`);
  }
  const order = new UnitOrder(startup.started);
  return found.map(({ run, command }) => ({
    ...run,
    ...(command.unit && { unit: command.unit }),
    container: { ...run.container, ...lifeOf(run, command), dependsOn: dependencies({ run, command }, found, order) },
  }));
}

/** The name of the container that another one's network is. */
export function joinedBy({ network }: DockerRun): string | undefined {
  return network.startsWith(JOINS) ? network.slice(JOINS.length) : undefined;
}

/** The words behind `docker run`; `undefined` for whatever else Docker is told. */
function verbAndWords({ words }: MachineCommand, report: Report): readonly string[] | undefined {
  const texts = words.slice(1).map(({ text }) => text);
  while ((texts[0] ?? '').startsWith('-')) {
    const option = texts.shift() ?? '';
    if (NAME_OF_CONFIG.includes(option)) texts.shift();
    else if (!/^--(?:config|log-level)=/.test(option))
      report(`gives docker the option ${JSON.stringify(option.slice(0, 40))}, which is not known`);
  }
  const [verb = '', ...rest] = texts;
  const isRun = verb === 'run' || (verb === 'container' && rest[0] === 'run');
  const isManaging = ['container', 'image', 'system', 'volume'].includes(verb);
  const isHarmless = HARMLESS.includes(verb) && (!isManaging || HARMLESS_BELOW.includes(rest[0] ?? ''));
  const isNetwork = verb === 'network' && rest[0] !== 'connect' && rest[0] !== 'disconnect';
  if (!isRun && !isHarmless && !isNetwork)
    report(`runs docker ${[verb, rest[0] ?? ''].join(' ').trim()}, which is not modelled`);
  if (isRun && !words.every(({ exact }) => exact)) {
    report('has a docker run with values that only the machine knows');
    return undefined;
  }
  return isRun ? rest.slice(verb === 'run' ? 0 : 1) : undefined;
}

function readRun(
  words: readonly string[],
  command: MachineCommand,
  count: number,
  marks: Marks,
  report: Report,
): DockerRun | undefined {
  const { unit, conditional } = command;
  const name = unit?.name.replace(/\.service$/, '') ?? 'container';
  const run = readDockerRun(words, {
    name: count === 0 ? name : `${name}-${count}`,
    text: (each) => marks.text(each),
    report,
  });
  if (run !== undefined && conditional)
    report(`runs container ${run.container.name} on a condition, which is not decided`);
  return run;
}

/** A container that a later one waits for the end of is none that the machine cannot do without. */
function lifeOf(run: DockerRun, command: MachineCommand): Pick<Container, 'essential' | 'stopTimeoutSeconds'> {
  return { essential: !ends(run, command), stopTimeoutSeconds: stopSeconds(run, command.unit) };
}

/** Whether what runs a container waits for its end. */
function ends({ detached }: DockerRun, { unit, setting }: MachineCommand): boolean {
  return !detached && (unit === undefined || runsOnce(unit) || setting === 'ExecStartPre');
}

/** What `docker stop` is told, or else the container; a unit without it gives the container what it has itself. */
function stopSeconds({ container }: DockerRun, unit: Unit | undefined): number {
  const docker = container.stopTimeoutSeconds ?? DOCKER_STOP_SECONDS;
  if (unit === undefined) return docker;
  const limit = seconds(unit.value('Service', 'TimeoutStopSec') || unit.value('Service', 'TimeoutSec'));
  const stop = unit.list('Service', 'ExecStop').find((line) => /\bdocker\s+(?:container\s+)?stop\b/.test(line));
  const told = /\s(?:-t|--time|--timeout)[= ]?\s*(\d+)/.exec(stop ?? '')?.[1];
  return Math.min(limit, stop === undefined ? limit : Number(told ?? docker));
}

/** Systemd's spellings of whole seconds and minutes. */
function seconds(span: string): number {
  if (span === 'infinity' || span === '0') return Number.MAX_SAFE_INTEGER;
  const [, minutes = '0', rest = '0'] =
    /^(?:(\d+)\s*(?:m|min|minutes?))?\s*(?:(\d+)\s*(?:s|sec|seconds?)?)?$/.exec(span) ?? [];
  const found = Number(minutes) * 60 + Number(rest);
  return found === 0 ? SYSTEMD_STOP_SECONDS : found;
}

function dependencies({ run, command }: Found, all: readonly Found[], order: UnitOrder): readonly Dependency[] {
  return all.flatMap((other): readonly Dependency[] => {
    const condition = other.run === run ? undefined : awaited(command, other, order);
    const joined = joinedBy(run) === other.run.container.name;
    if (condition === undefined && !joined) return [];
    return [{ container: other.run.container.name, condition: condition ?? 'START' }];
  });
}

/** What of another container is waited for: its end where the unit of it waits, and its start everywhere else. */
function awaited(command: MachineCommand, other: Found, order: UnitOrder): Dependency['condition'] | undefined {
  const { unit } = other.command;
  const isSame = unit === command.unit;
  const comesBefore = isSame
    ? isEarlier(other.command, command)
    : command.unit !== undefined && unit !== undefined && order.isAfter(command.unit, unit);
  if (!comesBefore) return undefined;
  if (!ends(other.run, other.command)) return 'START';
  const isNeeded = isSame || (command.unit !== undefined && unit !== undefined && order.needs(command.unit, unit));
  return isNeeded && !other.command.mayFail ? 'SUCCESS' : 'COMPLETE';
}

const ORDER = ['ExecCondition', 'ExecStartPre', 'ExecStart', 'ExecStartPost'];

/** Within a unit by its settings, and within one of these by the lines. */
function isEarlier(one: MachineCommand, two: MachineCommand): boolean {
  const [a, b] = [one, two].map(({ setting = '' }) => ORDER.indexOf(setting));
  return a === b ? (one.script?.index ?? 0) < (two.script?.index ?? 0) : (a ?? 0) < (b ?? 0);
}

function isDocker({ words }: MachineCommand): boolean {
  return posix.basename(words[0]?.text ?? '') === 'docker';
}
