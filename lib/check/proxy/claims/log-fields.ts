import type { Message } from '../fields/message';

/** A command of a log format: `%REQ(:METHOD):32%` has the name `REQ` and the parameter `:METHOD`. */
export interface LogCommand {
  readonly name: string;
  readonly parameter: string;
}

/** What one access log writes. */
export interface LogFormat {
  /** Whether it writes a line for every request. */
  readonly complete: boolean;
  readonly commands: readonly LogCommand[];
  /** What is not understood of it. */
  readonly unknown: readonly string[];
}

const COMMAND = /%([A-Z_0-9]+)(?:\(((?:[^()]|\([^()]*\))*)\))?(?::\d+)?%/g;

/** What an access log writes. Envoy's own format, where none is stated, has the whole path with its query in it. */
export function logFormatOf(log: Message): LogFormat {
  const sink = log.message('typed_config');
  const format = sink?.message('log_format');
  const complete = !log.has('filter');
  if (sink === undefined || sink.type === '?')
    return { complete, commands: [], unknown: [`${log.path} writes to what is not understood`] };
  if (format === undefined) return { complete, commands: [{ name: 'REQ', parameter: ':PATH' }], unknown: [] };
  const source = format.message('text_format_source')?.text('inline_string');
  const texts = [...stringsOf(format.json('json_format')), format.text('text_format') ?? '', source ?? ''];
  const unread =
    format.has('text_format_source') && source === undefined ? [`${format.path} is written elsewhere`] : [];
  const parsed = texts.map(commandsOf);
  return {
    complete,
    commands: parsed.flatMap(({ commands }) => commands),
    unknown: [...unread, ...parsed.flatMap(({ unknown }) => unknown)],
  };
}

function stringsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

function commandsOf(text: string): { readonly commands: readonly LogCommand[]; readonly unknown: readonly string[] } {
  const commands: LogCommand[] = [];
  const unknown: string[] = [];
  const rest = text.replaceAll(COMMAND, (_, name: string, parameter: string | undefined) => {
    if (name === 'COALESCE') {
      const inner = operatorsOf(parameter ?? '');
      if (inner === undefined) unknown.push(`COALESCE(${parameter}) is not understood`);
      else commands.push(...inner);
    } else commands.push({ name, parameter: parameter ?? '' });
    return '';
  });
  if (rest.includes('%')) unknown.push(`${JSON.stringify(text.slice(0, 80))} is not understood`);
  return { commands, unknown };
}

interface SomeOperator {
  readonly command?: unknown;
  readonly param?: unknown;
}

/** The first of several commands that says something. */
function operatorsOf(parameter: string): readonly LogCommand[] | undefined {
  try {
    const { operators } = JSON.parse(parameter) as { readonly operators?: unknown };
    if (!Array.isArray(operators)) return undefined;
    const all = operators.map((operator: unknown): LogCommand | undefined => {
      if (typeof operator === 'string') return { name: operator, parameter: '' };
      const { command, param = '' } = operator as SomeOperator;
      return typeof command === 'string' && typeof param === 'string' ? { name: command, parameter: param } : undefined;
    });
    return all.includes(undefined) ? undefined : (all as readonly LogCommand[]);
  } catch {
    return undefined;
  }
}
