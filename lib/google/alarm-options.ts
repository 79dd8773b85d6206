import { isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';

/** From where on an alarm goes off: requests in five minutes. */
export interface AlarmThresholds {
  /** Calls of the ingress that ended with 5xx. @default 10 */
  readonly errors?: number;
  /** Calls of the ingress that were refused with 401, 403 or in the handshake. @default 100 */
  readonly denied?: number;
  /** Requests at any door that were refused with 429. @default 100 */
  readonly rateLimited?: number;
  /** Requests at the operators' door that were refused with 401 or 403. @default 5 */
  readonly adminDenied?: number;
}

/** What an alarm does. */
export interface AlarmOptions {
  /** Who is told when an alarm goes off, and when all is well again: `projects/P/notificationChannels/N`, or the `id` of the resource. */
  readonly channels: readonly string[];
  /** @default - see AlarmThresholds */
  readonly thresholds?: AlarmThresholds;
}

const OPTIONS: Readonly<Record<keyof AlarmOptions, true>> = { channels: true, thresholds: true };
const DEFAULTS = { errors: 10, denied: 100, rateLimited: 100, adminDenied: 5 } as const satisfies AlarmThresholds;
const CHANNEL = /^projects\/[^/\s]+\/notificationChannels\/\d+$/;

/**
 * The thresholds to alarm by.
 *
 * @throws UnsafeConfigurationError `OptionUnknown`, `AlarmActionMissing`, `AlarmThresholdInvalid`
 */
export function alarmThresholds(options: AlarmOptions | undefined): Required<AlarmThresholds> {
  if (options !== undefined) assertChannels(options);
  const given = options?.thresholds ?? {};
  refuseUnknownOptions('alarms.thresholds', given, Object.keys(DEFAULTS));
  for (const [name, value] of Object.entries(given)) assertThreshold(name, value);
  return { ...DEFAULTS, ...given };
}

function assertChannels(options: AlarmOptions): void {
  refuseUnknownOptions('alarms', options, Object.keys(OPTIONS));
  const { channels } = options;
  const isSomebody = Array.isArray(channels) && channels.length > 0;
  if (isSomebody && channels.every((channel) => isToken(channel) || CHANNEL.test(channel))) return;
  throw new UnsafeConfigurationError({
    code: 'AlarmActionMissing',
    given: `alarms.channels ${quote(channels)}`,
    because: 'nobody would be told of an alarm',
    write:
      "list notification channels, e.g. ['projects/my-project/notificationChannels/123'], or leave alarms out and have it reported",
  });
}

/** One that is never reached is an alarm that never goes off. */
function assertThreshold(name: string, value: unknown): void {
  if (Number.isSafeInteger(value) && Number(value) >= 1) return;
  throw new UnsafeConfigurationError({
    code: 'AlarmThresholdInvalid',
    given: `alarms.thresholds.${name} ${quote(value)}`,
    because: 'the alarm would always be on, or never',
    write: 'leave it out, or give a whole number from 1',
  });
}
