import { posix } from 'node:path';
import type { CloudConfig, Report } from './cloud-config';
import { changeOfScript } from './machine-changes';
import { type ShellCommand, shellCommands } from './shell-commands';
import { outputTargets, type ShellWord } from './shell-tokens';
import { readSystemctl } from './systemctl';
import type { Unit } from './unit-file';
import { UnitSet } from './unit-set';
import { unitCommands, UnreadableWords } from './unit-words';

/** A command that a machine runs when it starts. */
export interface MachineCommand {
  readonly words: readonly ShellWord[];
  /** The unit that runs it, and by which of its settings. Absent: cloud-init does. */
  readonly unit?: Unit;
  readonly setting?: ExecSetting;
  /** Whether the machine may come by without running it. */
  readonly conditional: boolean;
  /** Whether what runs it goes on when it fails. */
  readonly mayFail: boolean;
  /** The script that it stands in. */
  readonly script?: MachineScript;
  /** Whether it was reported already as one whose work is not known. */
  readonly unfollowed?: true;
  /** The script that it runs, where that is one of the machine's files or one of its words. */
  readonly runs?: string;
}

/** A script, and a place in it. */
export interface MachineScript {
  readonly commands: readonly ShellCommand[];
  readonly index: number;
}

/** What a machine does when it starts. */
export interface MachineStartup {
  readonly commands: readonly MachineCommand[];
  /** Units that are started, of those that the machine's files hold. */
  readonly started: ReadonlyMap<string, Unit>;
}

const EXEC_SETTINGS = ['ExecCondition', 'ExecStartPre', 'ExecStart', 'ExecStartPost'] as const;
type ExecSetting = (typeof EXEC_SETTINGS)[number];

/** How deep scripts run scripts. */
const MAX_DEPTH = 8;
/** More than any machine runs; scripts that run each other twice over are not followed for ever. */
const MAX_COMMANDS = 20_000;
/** The words that a function or script was given. */
const ALL_WORDS = '"$@"';
const SHELLS = ['bash', 'sh', 'dash'];
/** Words before a command that change nothing of what it is. */
const WRAPPERS = ['exec', 'command', 'env', 'nohup', 'sudo', 'builtin'];
/** Programs that run what this reader does not follow. */
const RUNNERS = [
  'at',
  'batch',
  'crictl',
  'crontab',
  'ctr',
  'docker-compose',
  'eval',
  'kubelet',
  'nerdctl',
  'podman',
  'runc',
  'socat',
  'ssh',
  'systemd-nspawn',
  'systemd-run',
  'systemd-socket-proxyd',
  'toolbox',
  'xargs',
];
const SYSTEM_FOLDER = /^\/(?:usr\/|s?bin\/)/;
/** Units that the system has of its own. */
const SYSTEM_UNIT =
  /^(?:docker|containerd|chronyd|dbus|sshd|ip6?tables|(?:systemd|network|cloud|google|node-problem|stackdriver|fluent|user)[\w@-]*)\.service$/;
const IN_SUBSTITUTION = /\bdocker\s+(?:run|create|start|compose|container|stack)\b/;

/** Follows what cloud-init runs into scripts and units, as far as the machine's own files hold them. */
export function machineStartup(config: CloudConfig, report: Report): MachineStartup {
  const walk = new Walk(config, report);
  for (const command of config.commands) {
    if (typeof command === 'string') walk.script(command, {}, 0);
    else walk.command({ words: command.map(exactly), conditional: false, mayFail: true }, 0);
  }
  walk.finish();
  return walk;
}

class Walk implements MachineStartup {
  public readonly commands: MachineCommand[] = [];
  public readonly started = new Map<string, Unit>();
  private readonly files: ReadonlyMap<string, string>;
  private readonly report: Report;
  private readonly units: UnitSet;
  /** Units by what starts them once they are enabled. */
  private readonly wanted = new Map<string, string[]>();
  private readonly stopped: string[] = [];

  public constructor({ files }: CloudConfig, report: Report) {
    this.files = files;
    this.report = report;
    this.units = new UnitSet(files);
  }

  public script(text: string, by: Partial<MachineCommand>, depth: number): void {
    const commands = depth > MAX_DEPTH || this.commands.length > MAX_COMMANDS ? undefined : shellCommands(text);
    if (commands === undefined) return this.report('runs a script that cannot be read');
    const variables = commands.flatMap((each) => [...each.assignments.keys()]);
    const change = changeOfScript({ variables, targets: outputTargets(text) }, this.files);
    if (change !== undefined) this.report(`runs a script that ${change}`);
    const passing = functionsThatRunTheirWords(commands);
    for (const [index, command] of commands.entries()) {
      const { words, conditional, next, assignments, inside } = command;
      for (const { raw, exact } of [...words, ...assignments.values()]) {
        if (!exact && IN_SUBSTITUTION.test(raw)) this.report('runs docker inside of a word, which is not followed');
      }
      // What a function is told to run is followed where it is told.
      if (inside !== undefined && passing.has(inside) && words[0]?.raw === ALL_WORDS) continue;
      const isTold = passing.has(words[0]?.text ?? '');
      this.command(
        {
          ...by,
          words: isTold ? words.slice(1) : words,
          conditional: by.conditional === true || conditional || isTold,
          mayFail: by.mayFail === true || ['||', '|', '&'].includes(next),
          script: { commands, index },
        },
        depth,
      );
    }
  }

  public command(given: MachineCommand, depth: number): void {
    const command = { ...given, words: unwrapped(given.words) };
    const [program, ...rest] = command.words;
    if (program === undefined) return;
    const name = posix.basename(program.text);
    if (name === 'systemctl') this.systemctl(rest, command.conditional);
    else if (SHELLS.includes(name)) this.shell(command, rest, depth);
    else if (['.', 'source'].includes(name)) this.file(command, rest[0], depth);
    else if (this.files.has(posix.normalize(program.text))) this.file(command, program, depth);
    else {
      const isElsewhere = program.text.includes('/') && !SYSTEM_FOLDER.test(program.text);
      const unfollowed = RUNNERS.includes(name) || isElsewhere || !program.exact;
      this.commands.push({ ...command, ...(unfollowed && { unfollowed }) });
      if (unfollowed) this.report(`runs ${quoted(program.raw)}, which is not followed`);
    }
  }

  /** Says what was stopped after it was started. */
  public finish(): void {
    for (const name of new Set(this.stopped.filter((each) => this.started.has(each)))) {
      this.report(`starts ${name} and stops it or keeps it from starting, too`);
    }
  }

  private shell(command: MachineCommand, words: readonly ShellWord[], depth: number): void {
    const at = words.findIndex(
      ({ text }, index) => !/^[-+]/.test(text) && !/^[-+]\w*[oO]$/.test(words[index - 1]?.text ?? ''),
    );
    const isInline = words.slice(0, at === -1 ? words.length : at).some(({ text }) => /^-\w*c\w*$/.test(text));
    const target = words[at];
    if (target === undefined) return this.report('runs a shell on what it is given, which is not followed');
    if (!isInline) return this.file(command, target, depth);
    if (!target.exact) return this.report('runs a shell on text that only the machine knows');
    this.commands.push({ ...command, runs: target.text });
    return this.script(target.text, command, depth + 1);
  }

  private file(command: MachineCommand, path: ShellWord | undefined, depth: number): void {
    const text = path?.exact === true ? this.files.get(posix.normalize(path.text)) : undefined;
    if (text === undefined || /^#!(?!\s*\S*\b(?:ba|da)?sh\b)/.test(text)) {
      return this.report(`runs ${quoted(path?.raw ?? '')}, which is no script among its files`);
    }
    this.commands.push({ ...command, runs: text });
    return this.script(text, command, depth + 1);
  }

  private systemctl(words: readonly ShellWord[], conditional: boolean): void {
    const call = words.every(({ exact }) => exact) ? readSystemctl(words.map(({ text }) => text)) : undefined;
    if (call === undefined)
      return this.report(`runs systemctl ${quoted(words.map(({ raw }) => raw).join(' '))}, which is not understood`);
    for (const name of call.enables) this.enable(name, conditional);
    for (const name of call.starts) this.start(name, conditional);
    this.stopped.push(...call.stops);
  }

  private enable(name: string, conditional: boolean, depth: number = 0): void {
    const unit = this.units.find(name);
    if (depth > MAX_DEPTH) return;
    for (const also of unit?.names('Install', 'Also') ?? []) this.enable(also, conditional, depth + 1);
    for (const by of ['WantedBy', 'RequiredBy', 'UpheldBy'].flatMap((each) => unit?.names('Install', each) ?? [])) {
      this.wanted.set(by, [...(this.wanted.get(by) ?? []), name]);
      if (this.started.has(by)) this.start(name, conditional);
    }
  }

  private start(name: string, conditional: boolean): void {
    const unit = this.units.find(name);
    if (this.started.has(name)) return;
    if (unit === undefined) {
      if (name.endsWith('.service') && !SYSTEM_UNIT.test(name))
        this.report(`starts ${quoted(name)}, which is not among its files`);
      return;
    }
    this.started.set(name, unit);
    const others = ['Requires', 'Wants', 'BindsTo', 'Upholds', 'OnSuccess', 'OnFailure'];
    const also = others.flatMap((each) => unit.names('Unit', each));
    const mayBe = conditional || unit.has('Unit', /^(?:Condition|Assert)/).length > 0;
    for (const each of [...also, ...(this.wanted.get(name) ?? []), ...activated(unit)]) this.start(each, mayBe);
    this.run(unit, mayBe || unit.list('Service', 'ExecCondition').length > 0);
  }

  private run(unit: Unit, conditional: boolean): void {
    for (const setting of EXEC_SETTINGS) {
      for (const line of unit.list('Service', setting)) {
        for (const { words, mayFail } of this.commandsOf(line, unit)) {
          this.command({ words: words.map(exactly), unit, setting, conditional, mayFail }, 0);
        }
      }
    }
  }

  private commandsOf(line: string, unit: Unit): ReturnType<typeof unitCommands> {
    try {
      return unitCommands(line, unit);
    } catch (error) {
      if (!(error instanceof UnreadableWords)) throw error;
      this.report(`${unit.name} has a command that ${error.message}`);
      return [];
    }
  }
}

/** Names of functions that run their own words as a command, without changing them first. */
function functionsThatRunTheirWords(commands: readonly ShellCommand[]): ReadonlySet<string> {
  const changing = commands.filter(({ words }) => ['shift', 'set'].includes(words[0]?.text ?? ''));
  const names = commands.flatMap(({ words, inside }) => (words[0]?.raw === ALL_WORDS ? (inside ?? []) : []));
  return new Set(names.filter((name) => !changing.some(({ inside }) => inside === name)));
}

/** What a unit that waits for a time, a path or a connection starts then. */
function activated(unit: Unit): readonly string[] {
  const [, stem = '', type = ''] = /^(.*)\.(timer|path|socket)$/.exec(unit.name) ?? [];
  if (type === '') return [];
  const section = `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  const named = unit.value(section, type === 'socket' ? 'Service' : 'Unit');
  return [named === '' ? `${stem}.service` : named];
}

function unwrapped(words: readonly ShellWord[]): readonly ShellWord[] {
  let rest = words;
  while (WRAPPERS.includes(posix.basename(rest[0]?.text ?? ''))) {
    rest = rest.slice(1);
    while (/^(?:-|\w+=)/.test(rest[0]?.text ?? '')) rest = rest.slice(1);
  }
  return rest;
}

function exactly(text: string): ShellWord {
  return { text, raw: text, exact: true, bare: false };
}

/** Short: a message, not the file. */
function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
