import { posix } from 'node:path';
import type { Instance } from '../artifact';
import type { Report } from './cloud-config';
import { joinedBy, type UnitContainer } from './docker-containers';
import { isFirewallCommand } from './machine-network';
import type { MachineCommand, MachineStartup } from './machine-commands';
import type { ShellWord } from './shell-tokens';
import { runsOnce, UnitOrder } from './unit-order';

/** A rule of a guest's own firewall that refuses the metadata server to all but one user, or to all. */
interface Guard {
  readonly command: MachineCommand;
  readonly excepted: readonly number[];
}

const METADATA = /169\.254\.|metadata\.google\.internal/;
const ADDRESSES = ['169.254.169.254', '169.254.169.254/32'];
const NAMESPACE = /^--net=\/proc\/\$\{?(?<variable>[A-Za-z_]\w*)\}?\/ns\/net$/;
const PID_OF =
  /^\$\((?:\/usr\/bin\/)?docker (?:container )?inspect (?:-f|--format)[= ]["']?\{\{ ?\.State\.Pid ?\}\}["']? (?<container>[\w.-]+)(?: 2>\s?\/dev\/null)?\)$/;
const DNS = '53';
/** Settings of a unit under which a command does what it says, and its failure is one of the unit. */
const OF_GUARD =
  /^(?:Type|RemainAfterExit|Exec(?:Condition|Start|StartPre|StartPost|Stop|StopPost|Reload)|Timeout\w*|Restart\w*|Standard\w*|Syslog\w*|KillMode|KillSignal|Environment|User|Group|Slice|Nice|OOM\w*|Memory\w*|CPU\w*|Limit\w*)$/;

/**
 * Who of the containers' network reaches the metadata server over HTTP. `guarded` is one thing alone: an unconditional rule in their own
 * network, by a unit that has ended before any container starts that it is meant for, without which that one does not start, and which
 * runs anew whenever the network does. Any other rule about that address is `unknown`.
 */
export function readMetadata(
  startup: MachineStartup,
  containers: readonly UnitContainer[],
  report: Report,
): Instance['metadata'] {
  const touching = guardCommands(startup);
  const guards = touching.map((command) => guardOf(command, startup, containers));
  if (touching.length === 0) return 'open';
  const known = guards.filter((guard) => guard !== undefined);
  const [first] = known;
  if (first === undefined || known.length < guards.length) {
    report('has a rule about the metadata server that is not understood, or that does not hold at all times');
    return 'unknown';
  }
  const exceptUsers = first.excepted.filter((user) => known.every(({ excepted }) => excepted.includes(user)));
  return { kind: 'guarded', exceptUsers };
}

/** The commands that say anything about the metadata server's address, or about the network of a container. */
export function guardCommands({ commands }: MachineStartup): readonly MachineCommand[] {
  const about = commands.filter((command) => isFirewallCommand(command) || isRoute(command));
  return about.filter(({ words }) => words.some(({ raw }) => METADATA.test(raw)) || entersNamespace(words));
}

function isRoute({ words }: MachineCommand): boolean {
  const texts = words.map(({ text }) => posix.basename(text));
  return texts[0] === 'ip' && texts.includes('route');
}

/** Whatever is done to the network of a container may undo the guard in it. */
function entersNamespace(words: readonly ShellWord[]): boolean {
  return posix.basename(words[0]?.text ?? '') === 'nsenter' && words.some(({ raw }) => /^(?:--net|-n)/.test(raw));
}

function guardOf(
  command: MachineCommand,
  startup: MachineStartup,
  containers: readonly UnitContainer[],
): Guard | undefined {
  const excepted = excepts(command.words);
  const owner = ownerOf(command, containers);
  if (excepted === undefined || owner === undefined || !isSure(command)) return undefined;
  const order = new UnitOrder(startup.started);
  const members = containers.filter((each) => each === owner || joinedBy(each) === owner.container.name);
  const meant = members.filter(({ container }) => !excepted.some((user) => isUser(container.user, user)));
  const holds = meant.every((each) => waitsFor(each, owner, command, order));
  return holds ? { command, excepted } : undefined;
}

/** Nobody may start before the rule is there, and a new network of the owner has to get a rule of its own. */
function waitsFor(
  each: UnitContainer,
  owner: UnitContainer,
  { unit, setting }: MachineCommand,
  order: UnitOrder,
): boolean {
  if (each === owner || each.unit === undefined || unit === undefined || owner.unit === undefined) return false;
  if (unit === each.unit) return setting === 'ExecStartPre';
  return (
    order.needs(each.unit, unit) &&
    order.isAfter(each.unit, unit) &&
    order.isAfter(unit, owner.unit) &&
    order.endsWith(unit, owner.unit)
  );
}

/** Whether it runs whatever happens, as root, and what runs it fails with it. */
function isSure({ conditional, mayFail, unit, setting, script }: MachineCommand): boolean {
  if (conditional || mayFail || unit === undefined || script === undefined) return false;
  if (setting !== 'ExecStartPre' && !(setting === 'ExecStart' && runsOnce(unit))) return false;
  if (unit.has('Service', /./).some((name) => !OF_GUARD.test(name))) return false;
  const { commands, index } = script;
  const before = commands.slice(0, index);
  const errexit = before.filter(({ words }) => changesErrexit(words)).at(-1);
  const stops = errexit !== undefined && !errexit.conditional && setsErrexit(errexit.words);
  const isLast = index === commands.length - 1;
  return (
    (stops || isLast) &&
    ['\n', ';'].includes(commands[index]?.next ?? '') &&
    ['', 'root', '0'].includes(unit.value('Service', 'User'))
  );
}

/** Also back to what it was. */
function changesErrexit(words: readonly ShellWord[]): boolean {
  const [first, ...options] = words.map(({ text }) => text);
  return first === 'set' && options.some((option) => /^[-+][a-z]*e/.test(option) || option === 'errexit');
}

function setsErrexit(words: readonly ShellWord[]): boolean {
  const [first, ...options] = words.map(({ text }) => text);
  return (
    first === 'set' &&
    !options.some((option) => option.startsWith('+')) &&
    options.some((option) => /^-[a-z]*e/.test(option) || option === 'errexit')
  );
}

/** The container whose network the rule is put into. */
function ownerOf({ words, script }: MachineCommand, containers: readonly UnitContainer[]): UnitContainer | undefined {
  const variable = NAMESPACE.exec(words[1]?.text ?? '')?.groups?.['variable'] ?? '';
  const before = script?.commands.slice(0, script.index) ?? [];
  // given by another way than `name=value`, or by a function's: not followed
  const isToldElse = before.some(({ words: told }) =>
    told.slice(1).some(({ text }) => text === variable || text.startsWith(`${variable}=`)),
  );
  const isOther = script?.commands.some(({ inside }) => ['docker', 'iptables', 'nsenter'].includes(inside ?? ''));
  if (isToldElse || isOther === true) return undefined;
  const given = before.map(({ assignments }) => assignments.get(variable)).filter((value) => value !== undefined);
  const names = given.map(({ text }) => PID_OF.exec(text)?.groups?.['container']);
  const [name] = names;
  if (name === undefined || names.some((each) => each !== name)) return undefined;
  return containers.find(({ container }) => container.name === name);
}

/** The users that a rule lets through; `undefined` when it is no rule that refuses the metadata server to all others. */
function excepts(words: readonly ShellWord[]): readonly number[] | undefined {
  const [program, , firewall, ...rest] = words;
  if (
    posix.basename(program?.text ?? '') !== 'nsenter' ||
    !/^iptables(?:-nft|-legacy)?$/.test(posix.basename(firewall?.text ?? ''))
  )
    return undefined;
  const rule = new Rule(rest.map(({ text, exact }) => (exact ? text : '$')));
  return rule.isRefusal() ? rule.users : undefined;
}

/** The arguments of one call of iptables. */
class Rule {
  public readonly users: number[] = [];
  private readonly seen = new Map<string, string>();
  private isKnown = true;

  public constructor(words: readonly string[]) {
    const rest = [...words];
    while (rest.length > 0) this.take(rest);
  }

  public isRefusal(): boolean {
    const protocol = this.seen.get('protocol') ?? 'all';
    return (
      this.isKnown &&
      this.seen.get('chain') === 'OUTPUT' &&
      ADDRESSES.includes(this.seen.get('destination') ?? '') &&
      ['tcp', 'all'].includes(protocol) &&
      ['REJECT', 'DROP'].includes(this.seen.get('jump') ?? '')
    );
  }

  private take(rest: string[]): void {
    const isNot = rest[0] === '!';
    if (isNot) rest.shift();
    const option = rest.shift() ?? '';
    if (/^(?:-w|--wait)$/.test(option) && !isNot) {
      if (/^\d+$/.test(rest[0] ?? '')) rest.shift();
      return;
    }
    const [name, inline] = option.startsWith('--') ? option.split('=', 2) : [option];
    this.option(LONG[name ?? ''] ?? name ?? '', inline ?? rest.shift() ?? '', isNot, rest);
  }

  private option(name: string, value: string, isNot: boolean, rest: string[]): void {
    if (name === '--append' && !isNot) this.set('chain', value);
    else if (name === '--insert' && !isNot) {
      this.set('chain', value);
      // At any other place than the first, others may come before it.
      if (/^\d+$/.test(rest[0] ?? '') && rest.shift() !== '1') this.isKnown = false;
    } else if (name === '--uid-owner' && isNot && /^\d+$/.test(value)) this.users.push(Number(value));
    else if (name === '--dport' && isNot) this.isKnown &&= value === DNS || value === 'domain';
    else if (name === '--match' && !isNot) this.isKnown &&= ['owner', 'tcp', 'comment'].includes(value);
    else if (name === '--table' && !isNot) this.isKnown &&= value === 'filter';
    else if (['--comment', '--reject-with'].includes(name) && !isNot) return;
    else if (['--destination', '--protocol', '--jump'].includes(name) && !isNot) this.set(name.slice(2), value);
    else this.isKnown = false;
  }

  private set(name: string, value: string): void {
    if (this.seen.has(name)) this.isKnown = false;
    this.seen.set(name, value);
  }
}

const LONG: Readonly<Record<string, string>> = {
  '-A': '--append',
  '-I': '--insert',
  '-d': '--destination',
  '--dst': '--destination',
  '-p': '--protocol',
  '--proto': '--protocol',
  '-m': '--match',
  '-j': '--jump',
  '-t': '--table',
  '--destination-port': '--dport',
};

function isUser(given: string | undefined, user: number): boolean {
  return (given ?? '').split(':')[0] === String(user);
}
