/** What a call of `systemctl` does to units. */
export interface SystemctlCall {
  /** Full names. */
  readonly starts: readonly string[];
  readonly enables: readonly string[];
  /** Names that it stops, or keeps from being started. */
  readonly stops: readonly string[];
}

const NOTHING: SystemctlCall = { starts: [], enables: [], stops: [] };
const STARTS = ['start', 'restart', 'reload-or-restart', 'isolate'];
const ENABLES = ['enable', 'reenable'];
const STOPS = ['stop', 'disable', 'mask', 'kill'];
const HARMLESS = [
  'cat',
  'daemon-reexec',
  'daemon-reload',
  'is-active',
  'is-enabled',
  'is-failed',
  'list-units',
  'reset-failed',
  'show',
  'status',
  'try-restart',
  'unmask',
];
const OPTIONS = /^(?:--(?:now|no-block|no-reload|no-pager|quiet|system|force|runtime|wait|job-mode=.*)|-[qf])$/;
const TYPED = /\.(?:service|target|timer|path|socket|mount|automount|device|slice|scope|swap)$/;

/**
 * Reads the words behind `systemctl`.
 *
 * @returns `undefined` when it does something else than what is known
 */
export function readSystemctl(words: readonly string[]): SystemctlCall | undefined {
  const options = words.filter((word) => word.startsWith('-'));
  const [verb = '', ...names] = words.filter((word) => !word.startsWith('-'));
  const units = names.map((name) => (TYPED.test(name) ? name : `${name}.service`));
  if (!options.every((option) => OPTIONS.test(option)) || units.some((name) => /[*?[/]/.test(name))) return undefined;
  const now = options.includes('--now') ? units : [];
  if (STARTS.includes(verb)) return { ...NOTHING, starts: units };
  if (ENABLES.includes(verb)) return { ...NOTHING, enables: units, starts: now };
  if (STOPS.includes(verb)) return { ...NOTHING, stops: units };
  return HARMLESS.includes(verb) ? NOTHING : undefined;
}
