import { Duration, Token } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';

/** From where on an alarm goes off. */
export interface AlarmThresholds {
  /** Percent of the data disk in use. @default 80 */
  readonly diskUsedPercent?: number;
  /** Calls of the ingress that ended with 5xx, in five minutes. @default 10 */
  readonly errors?: number;
  /** Calls of the ingress that were refused with 401, 403 or in the handshake, in five minutes. @default 100 */
  readonly denied?: number;
  /** Requests at any door that were refused with 429, in five minutes. @default 100 */
  readonly rateLimited?: number;
  /** Requests at the operators' door that were refused with 401 or 403, in five minutes. @default 5 */
  readonly adminDenied?: number;
  /** Time that certificates must have left, in whole days. @default Duration.days(14) */
  readonly certificate?: Duration;
  /** Time that the revocation list must have left: less than the authority takes to publish the next. @default Duration.hours(12) */
  readonly revocationList?: Duration;
  /** Time that API keys in use must have left. @default - 14 days, or a quarter of `maxLifetimeSeconds` where that is less */
  readonly apiKey?: Duration;
}

/** What an alarm does. */
export interface AlarmOptions {
  /**
   * Who is told when an alarm goes off: `new SnsAction(topic)` of `aws-cdk-lib/aws-cloudwatch-actions`. An encrypted topic needs a
   * customer-managed key that lets `cloudwatch.amazonaws.com` do `kms:Decrypt` and `kms:GenerateDataKey*`; with the key that AWS manages no
   * alarm ever arrives.
   *
   * @see https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
   */
  readonly action: IAlarmAction;
  /** Who is told when all is well again. @default - nobody */
  readonly okAction?: IAlarmAction;
  /** @default - see AlarmThresholds */
  readonly thresholds?: AlarmThresholds;
}

const OPTIONS: Readonly<Record<keyof AlarmOptions, true>> = { action: true, okAction: true, thresholds: true };

const DEFAULTS = {
  diskUsedPercent: 80,
  errors: 10,
  denied: 100,
  rateLimited: 100,
  adminDenied: 5,
  certificate: Duration.days(14),
  revocationList: Duration.hours(12),
  apiKey: Duration.days(14),
} as const satisfies Required<AlarmThresholds>;

/**
 * The thresholds to alarm by.
 *
 * @throws UnsafeConfigurationError `OptionUnknown`, `AlarmActionMissing`, `AlarmThresholdInvalid`
 */
export function alarmThresholds(
  options: AlarmOptions | undefined,
  longestKeySeconds: number,
): Required<AlarmThresholds> {
  if (options !== undefined) assertTarget(options);
  const given = options?.thresholds ?? {};
  refuseUnknownOptions('alarms.thresholds', given, Object.keys(DEFAULTS));
  for (const [name, value] of Object.entries(given)) assertThreshold(name, value);
  const apiKey = Duration.seconds(Math.min(DEFAULTS.apiKey.toSeconds(), Math.floor(longestKeySeconds / 4)));
  return { ...DEFAULTS, apiKey, ...given };
}

function assertTarget(options: AlarmOptions): void {
  refuseUnknownOptions('alarms', options, Object.keys(OPTIONS));
  if (typeof options.action?.bind === 'function') return;
  throw new UnsafeConfigurationError({
    code: 'AlarmActionMissing',
    given: `alarms.action is ${options.action === undefined ? 'left out' : 'no alarm action'}`,
    because: 'nobody would be told of an alarm',
    write: 'give new SnsAction(topic) of aws-cdk-lib/aws-cloudwatch-actions, or leave alarms out and have it reported',
  });
}

/** One that is never reached is an alarm that never goes off. */
function assertThreshold(name: string, value: number | Duration): void {
  const given = value instanceof Duration ? (value.isUnresolved() ? undefined : value.toSeconds()) : value;
  const most = name === 'diskUsedPercent' ? 99 : Number.MAX_SAFE_INTEGER;
  const least = name === 'certificate' ? Duration.days(1).toSeconds() : 1;
  if (!Token.isUnresolved(given) && typeof given === 'number' && given >= least && given <= most) return;
  throw new UnsafeConfigurationError({
    code: 'AlarmThresholdInvalid',
    given: `alarms.thresholds.${name} ${quote(given)}`,
    because: 'the alarm would always be on, or never',
    write: `leave it out, or give a number or Duration from ${least}${name === 'diskUsedPercent' ? ' to 99' : ''}`,
  });
}
