import { LoggingMetric } from '@cdktf/provider-google/lib/logging-metric';
import {
  MonitoringAlertPolicy,
  type MonitoringAlertPolicyConditions,
} from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { Construct } from 'constructs';
import type { SecurityModel } from '../core/security-model';
import { acceptRisk } from './accepted-risk';
import { type AlarmOptions, alarmThresholds } from './alarm-options';
import { COUNTED, type CountedLines } from './counted-lines';
import { resourceName } from './resource-name';

/** What there may be an alarm about. */
export type AlarmName = 'Health' | CountedLines;

/** Properties of {@link Alarms}. */
export interface AlarmsProps {
  readonly project: string;
  /** Name of the machine. */
  readonly machine: string;
  /** Name of its group. */
  readonly group: string;
  readonly model: SecurityModel<unknown>;
  /** @default - nobody is told, which is reported as an accepted risk */
  readonly options: AlarmOptions | undefined;
}

/**
 * The alarms of a server. There is none about what it has not: an operators' door.
 *
 * What no alarm tells, because nothing on the machine reports it: how full the data disk is, and how long certificates, API keys and a
 * revocation list last. Each report shows that as an accepted risk.
 *
 * @see https://cloud.google.com/monitoring/alerts
 */
export class Alarms extends Construct {
  public readonly byName: Readonly<Partial<Record<AlarmName, MonitoringAlertPolicy>>>;

  /** @throws UnsafeConfigurationError `OptionUnknown`, `AlarmActionMissing`, `AlarmThresholdInvalid` */
  public constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmsProps,
  ) {
    super(scope, id);
    const { errors, denied, rateLimited, adminDenied } = alarmThresholds(props.options);
    const health = this.policy(
      'Health',
      'The machine has not been seen for five minutes, or does not stay healthy: it is replaced again and again.',
      [this.absence(), this.relapse()],
    );
    this.byName = {
      Health: health,
      Errors: this.count('Errors', errors, 'Calls end with 5xx: see `details` in the access log for who failed.'),
      Denied: this.count(
        'Denied',
        denied,
        'Many calls are refused for their credential: somebody guesses, or a client lost its own.',
      ),
      RateLimited: this.count(
        'RateLimited',
        rateLimited,
        'Many requests are refused because there are too many: a flood, or limits that are too low.',
      ),
      ...(props.model.admin.kind === 'peers' && {
        AdminDenied: this.count(
          'AdminDenied',
          adminDenied,
          "Requests at the operators' door are refused: somebody tries what they may not.",
        ),
      }),
    };
    acceptRisk(health, {
      claim: 'alarms-present',
      reason:
        'no alarm tells how full the data disk is, nor that a certificate, an API key or the revocation list ends soon: the machine runs ' +
        'no agent that would report it',
    });
    if (props.options !== undefined) return;
    acceptRisk(health, {
      claim: 'alarms-present',
      reason: 'alarms go off and nobody is told: name who is told with alarms: { channels: [channel.id] }',
    });
  }

  /** Uptime comes from the hypervisor, so that a machine which cannot speak is missed, too. */
  private absence(): MonitoringAlertPolicyConditions {
    return {
      displayName: 'Absent',
      conditionAbsent: {
        filter:
          'resource.type="gce_instance" AND metric.type="compute.googleapis.com/instance/uptime" AND ' +
          `metric.labels.instance_name="${this.props.machine}"`,
        duration: '300s',
        aggregations: [{ alignmentPeriod: '60s', perSeriesAligner: 'ALIGN_RATE', crossSeriesReducer: 'REDUCE_SUM' }],
      },
    };
  }

  /** A machine that starts is unhealthy once, until Envoy answers. */
  private relapse(): MonitoringAlertPolicyConditions {
    const { project, group } = this.props;
    const metric = this.metric(
      'Unhealthy',
      'Probes of the machine began to fail',
      `logName="projects/${project}/logs/compute.googleapis.com%2Fhealthchecks" AND ` +
        `resource.type="gce_instance_group" AND resource.labels.instance_group_name="${group}" AND ` +
        'jsonPayload.healthCheckProbeResult.healthState="UNHEALTHY"',
    );
    return threshold('Relapse', metric, { resource: 'gce_instance_group', atLeast: 2, seconds: 1800 });
  }

  /** Where no call comes, none fails. */
  private count(name: CountedLines, least: number, description: string): MonitoringAlertPolicy {
    const { project, machine } = this.props;
    const metric = this.metric(
      `${name}Lines`,
      description,
      `logName="projects/${project}/logs/gcplogs-docker-driver" AND jsonPayload.instance.name="${machine}" AND ` +
        COUNTED[name],
    );
    return this.policy(name, description, [
      threshold(name, metric, { resource: 'gce_instance', atLeast: least, seconds: 300 }),
    ]);
  }

  private metric(id: string, description: string, filter: string): LoggingMetric {
    return new LoggingMetric(this, id, {
      name: resourceName(this, undefined, id),
      project: this.props.project,
      description,
      filter,
      metricDescriptor: { metricKind: 'DELTA', valueType: 'INT64', unit: '1' },
    });
  }

  private policy(
    name: AlarmName,
    description: string,
    conditions: MonitoringAlertPolicyConditions[],
  ): MonitoringAlertPolicy {
    const { project, options } = this.props;
    return new MonitoringAlertPolicy(this, name, {
      project,
      displayName: `${resourceName(this)} ${name}`,
      combiner: 'OR',
      enabled: true,
      conditions,
      documentation: { content: description, mimeType: 'text/markdown' },
      ...(options !== undefined && { notificationChannels: [...options.channels] }),
    });
  }
}

/** So many lines or more in a time. */
function threshold(
  displayName: string,
  metric: LoggingMetric,
  { resource, atLeast, seconds }: { resource: string; atLeast: number; seconds: number },
): MonitoringAlertPolicyConditions {
  return {
    displayName,
    conditionThreshold: {
      filter: `resource.type="${resource}" AND metric.type="logging.googleapis.com/user/${metric.name}"`,
      comparison: 'COMPARISON_GT',
      thresholdValue: atLeast - 1,
      duration: '0s',
      aggregations: [
        { alignmentPeriod: `${seconds}s`, perSeriesAligner: 'ALIGN_SUM', crossSeriesReducer: 'REDUCE_SUM' },
      ],
    },
  };
}
