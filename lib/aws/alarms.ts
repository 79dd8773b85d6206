import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Alarm, ComparisonOperator, TreatMissingData, type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Construct } from 'constructs';
import { methodOf } from '../core/ingress-auth';
import type { SecurityModel } from '../core/security-model';
import { acceptRisk } from './accepted-risk';
import { alarmThresholds, type AlarmOptions } from './alarm-options';
import { alarmRules, type AlarmName, type AlarmRule } from './alarm-rules';
import type { Metrics } from './metrics';
import type { Notices } from './notices';
import type { Snapshots } from './snapshots';

/** Properties of {@link Alarms}. */
export interface AlarmsProps {
  readonly metrics: Metrics;
  readonly model: SecurityModel<unknown>;
  /** Certificate of the operators' door. */
  readonly adminCertificate: ICertificate | undefined;
  /** Of the data disk, where there are any. */
  readonly snapshots: Snapshots | undefined;
  readonly notices: Notices;
  /** @default - the notices, to which nobody may have subscribed: reported as an accepted risk */
  readonly options: AlarmOptions | undefined;
}

/**
 * The alarms of a server. There is none about what it has not: an operators' door, client certificates, API keys.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export class Alarms extends Construct {
  public readonly byName: Readonly<Partial<Record<AlarmName, Alarm>>>;

  public constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const rules = alarmRules(
      props.metrics,
      alarmThresholds(props.options, longestKeySeconds(props.model)),
      props.adminCertificate,
      props.snapshots,
    );
    const made = Object.entries(rules).map(([name, rule]) => [name, this.render(name, rule, props)] as const);
    this.byName = Object.fromEntries(made);
    if (props.options === undefined) {
      acceptRisk(this.byName.Health?.node.defaultChild as CfnAlarm, {
        claim: 'alarms-present',
        reason:
          'alarms go to a topic, and who has subscribed to it is not in this file: subscribe to restate.notices.topic, or name who is ' +
          'told with alarms: { action: new SnsAction(topic) }',
      });
    }
  }

  private render(name: string, rule: AlarmRule, { options, notices }: AlarmsProps): Alarm {
    const alarm = new Alarm(this, name, {
      metric: rule.metric,
      threshold: rule.threshold,
      comparisonOperator: COMPARISONS[rule.when],
      treatMissingData: SILENCE[rule.silence],
      evaluationPeriods: rule.periods,
      alarmDescription: rule.description,
      actionsEnabled: true,
    });
    alarm.addAlarmAction(options?.action ?? new SnsAction(notices.topic));
    if (options?.okAction !== undefined) alarm.addOkAction(options.okAction);
    return alarm;
  }
}

const COMPARISONS = {
  atLeast: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  below: ComparisonOperator.LESS_THAN_THRESHOLD,
} as const;

const SILENCE = {
  raises: TreatMissingData.BREACHING,
  'is good': TreatMissingData.NOT_BREACHING,
  'changes nothing': TreatMissingData.IGNORE,
} as const;

function longestKeySeconds({ ingress, admin }: SecurityModel<unknown>): number {
  const auths = [ingress.auth, ...(admin.kind === 'peers' ? [admin.auth] : [])];
  return Math.min(...auths.map((auth) => methodOf(auth, 'apiKeys')?.maxLifetimeSeconds ?? Infinity));
}
