import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmThresholds } from './alarm-options';
import type { Metrics } from './metrics';
import type { Snapshots } from './snapshots';

/** What there may be an alarm about. */
export type AlarmName =
  | 'Health'
  | 'Disk'
  | 'Errors'
  | 'Denied'
  | 'RateLimited'
  | 'AdminDenied'
  | 'Certificate'
  | 'AdminCertificate'
  | 'RevocationList'
  | 'ApiKeys'
  | 'Snapshots';

/** When an alarm goes off. */
export interface AlarmRule {
  readonly metric: IMetric;
  readonly threshold: number;
  /** Counts and percentages are too high, what is left is too low. */
  readonly when: 'atLeast' | 'below';
  /** What no data means. A reporter that is dead must raise; where nothing happened, nothing is said. */
  readonly silence: 'raises' | 'is good' | 'changes nothing';
  /** Periods in a row. */
  readonly periods: number;
  readonly description: string;
}

/** The rules by the name of their alarm. */
export type AlarmRules = Readonly<Partial<Record<AlarmName, AlarmRule>>>;

/** The rules for what a server has. */
export function alarmRules(
  metrics: Metrics,
  thresholds: Required<AlarmThresholds>,
  adminCertificate: ICertificate | undefined,
  snapshots: Snapshots | undefined,
): AlarmRules {
  return {
    Health: {
      metric: metrics.healthyHosts(),
      when: 'below',
      threshold: 1,
      periods: 5,
      silence: 'raises',
      description: 'No node answers: the load balancer has had nowhere to forward to for five minutes.',
    },
    Disk: {
      metric: metrics.diskUsed(),
      when: 'atLeast',
      threshold: thresholds.diskUsedPercent,
      periods: 2,
      silence: 'raises',
      description: 'The data disk is filling up, or the machine has not reported for ten minutes.',
    },
    ...trafficRules(metrics, thresholds),
    Certificate: {
      metric: metrics.certificateDaysLeft(),
      when: 'below',
      threshold: thresholds.certificate.toDays({ integral: false }),
      silence: 'raises',
      periods: metrics.has('CertificateSecondsLeft') ? 2 : 1,
      description: 'The certificate of the ingress expires soon, has expired, or nobody reports on it.',
    },
    ...(adminCertificate !== undefined && {
      AdminCertificate: {
        metric: adminCertificate.metricDaysToExpiry(),
        when: 'below',
        threshold: thresholds.certificate.toDays({ integral: false }),
        periods: 1,
        silence: 'raises',
        description: "The certificate of the operators' door expires soon, or has expired.",
      },
    }),
    ...credentialRules(metrics, thresholds),
    ...(snapshots !== undefined && { Snapshots: snapshotRule(snapshots) }),
  };
}

/** A snapshot starts within an hour of its time and is tried for another. */
function snapshotRule(snapshots: Snapshots): AlarmRule {
  return {
    metric: snapshots.metricCompleted(),
    when: 'below',
    threshold: 1,
    periods: snapshots.everyHours + 2,
    silence: 'raises',
    description: 'The newest snapshot of the data disk is too old, or the first one is yet to come.',
  };
}

/** Where no call comes, none fails. */
function trafficRules(
  metrics: Metrics,
  { errors, denied, rateLimited, adminDenied }: Required<AlarmThresholds>,
): AlarmRules {
  const common = { when: 'atLeast', periods: 1, silence: 'is good' } as const;
  return {
    Errors: {
      metric: metrics.errors(),
      ...common,
      threshold: errors,
      description: 'Calls end with 5xx: see `details` in the access log for who failed.',
    },
    Denied: {
      metric: metrics.denied(),
      ...common,
      threshold: denied,
      description: 'Many calls are refused for their credential: somebody guesses, or a client lost its own.',
    },
    RateLimited: {
      metric: metrics.rateLimited(),
      ...common,
      threshold: rateLimited,
      description: 'Many requests are refused because there are too many: a flood, or limits that are too low.',
    },
    ...(metrics.has('AdminDenied') && {
      AdminDenied: {
        metric: metrics.adminDenied(),
        ...common,
        threshold: adminDenied,
        description: "Requests at the operators' door are refused: somebody tries what they may not.",
      },
    }),
  };
}

/** The list is reported every minute; a key shows only when it is used, and then the last word stands. */
function credentialRules(metrics: Metrics, { revocationList, apiKey }: Required<AlarmThresholds>): AlarmRules {
  return {
    ...(metrics.has('RevocationListSecondsLeft') && {
      RevocationList: {
        metric: metrics.revocationListSecondsLeft(),
        when: 'below',
        threshold: revocationList.toSeconds(),
        periods: 2,
        silence: 'raises',
        description: 'The revocation list expires soon, after which everybody is refused, or is reported no more.',
      },
    }),
    ...(metrics.has('ApiKeyExpiry') && {
      ApiKeys: {
        metric: metrics.apiKeySecondsLeft(),
        when: 'below',
        threshold: apiKey.toSeconds(),
        periods: 1,
        silence: 'changes nothing',
        description:
          'An API key that is in use expires soon: `sub` in the access log names its client, `api_key` the key.',
      },
    }),
  };
}
