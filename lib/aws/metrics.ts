import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats, type IMetric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { NetworkTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { FilterPattern, MetricFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { methodOf } from '../core/ingress-auth';
import type { SecurityModel } from '../core/security-model';
import { COUNTED, isCounted, type LogMetric, READ } from './log-metric';
import { metricWithoutSource } from './metric-without-source';
import type { IngressProps } from './restate-server-props';
import { ProxyCertificate } from './proxy-certificate';

/** Properties of {@link Metrics}. */
export interface MetricsProps {
  /** Of the metrics that are made of the log. */
  readonly namespace: string;
  readonly model: SecurityModel<unknown>;
  readonly certificate: IngressProps['certificate'];
  /** What Envoy, the machine and the container `expiry` write their lines to. */
  readonly logGroup: ILogGroup;
  /** The targets of the balancer of the ingress. */
  readonly targetGroup: NetworkTargetGroup;
}

/** How a metric is shown, and over which time each of its points is taken. */
export type MetricLook = Pick<MetricOptions, 'period' | 'label' | 'color'>;

/**
 * The numbers of a server: read from the JSON lines of its one log group, from its load balancer and from its certificate. Each server has
 * a namespace of its own, because a filter can take a dimension from a line alone, and no line says which server wrote it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html
 */
export class Metrics extends Construct {
  /** Namespace of the metrics that are made of the log. */
  public readonly namespace: string;
  private readonly props: MetricsProps;
  private readonly filters = new Map<LogMetric, MetricFilter>();

  public constructor(scope: Construct, id: string, props: MetricsProps) {
    super(scope, id);
    this.props = props;
    this.namespace = props.namespace;
    const { model, certificate } = props;
    const auths = [model.ingress.auth, ...(model.admin.kind === 'peers' ? [model.admin.auth] : [])];
    const present: Readonly<Record<LogMetric, boolean>> = {
      Calls: true,
      Denied: true,
      RateLimited: true,
      Errors: true,
      AdminDenied: model.admin.kind === 'peers',
      DiskUsed: true,
      RevocationListSecondsLeft: methodOf(model.ingress.auth, 'mutualTls') !== undefined,
      CertificateSecondsLeft: certificate instanceof ProxyCertificate,
      ApiKeyExpiry: auths.some((auth) => methodOf(auth, 'apiKeys') !== undefined),
    };
    for (const name of Object.keys(present) as LogMetric[]) {
      if (present[name]) this.filters.set(name, this.filter(name));
    }
  }

  /** Whether lines with such a metric are ever written. */
  public has(name: LogMetric): boolean {
    return this.filters.has(name);
  }

  /** Calls of the ingress, whatever came of them. Sum over 5 minutes. */
  public calls(options?: MetricOptions): Metric {
    return this.ofLog('Calls', { statistic: Stats.SUM, ...options });
  }

  /** Calls of the ingress that were refused for want of a credential or a right: 401, 403 and broken handshakes. Sum over 5 minutes. */
  public denied(options?: MetricOptions): Metric {
    return this.ofLog('Denied', { statistic: Stats.SUM, ...options });
  }

  /** Requests at any door that were refused because there were too many: 429. Sum over 5 minutes. */
  public rateLimited(options?: MetricOptions): Metric {
    return this.ofLog('RateLimited', { statistic: Stats.SUM, ...options });
  }

  /** Calls of the ingress that ended with 5xx, whoever failed: handler, server or proxy. Sum over 5 minutes. */
  public errors(options?: MetricOptions): Metric {
    return this.ofLog('Errors', { statistic: Stats.SUM, ...options });
  }

  /**
   * Requests at the operators' door that were refused for want of a credential or a role. Sum over 5 minutes.
   *
   * @throws UnsafeConfigurationError `MetricWithoutSource` where `admin` admits nobody
   */
  public adminDenied(options?: MetricOptions): Metric {
    return this.ofLog('AdminDenied', { statistic: Stats.SUM, ...options });
  }

  /** Nodes to which the load balancer forwards: 1 or 0. The most that any of its zones saw in a minute. */
  public healthyHosts(options?: MetricOptions): Metric {
    return this.props.targetGroup.metrics.healthyHostCount({
      period: Duration.minutes(1),
      statistic: Stats.MAXIMUM,
      ...options,
    });
  }

  /** Percent of the data disk in use. Maximum over 5 minutes. */
  public diskUsed(options?: MetricOptions): Metric {
    return this.ofLog('DiskUsed', { statistic: Stats.MAXIMUM, ...options });
  }

  /**
   * Days until the certificate of the ingress expires: of AWS Certificate Manager, each day, or of the container `expiry`, each hour. AWS
   * Certificate Manager says nothing more of one that has expired.
   *
   * @see https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
   */
  public certificateDaysLeft(options: MetricLook = {}): IMetric {
    const { certificate } = this.props;
    if (!(certificate instanceof ProxyCertificate)) return certificate.metricDaysToExpiry(options);
    const seconds = this.ofLog('CertificateSecondsLeft', { statistic: Stats.MINIMUM });
    return new MathExpression({
      expression: 'seconds / 86400',
      usingMetrics: { seconds },
      label: 'Days to expiry',
      period: Duration.hours(1),
      ...options,
    });
  }

  /**
   * Seconds until the first of the revocation lists that the proxy has expires and refuses everybody. Minimum over 5 minutes.
   *
   * @throws UnsafeConfigurationError `MetricWithoutSource` without `IngressAuth.mutualTls`
   */
  public revocationListSecondsLeft(options?: MetricOptions): Metric {
    return this.ofLog('RevocationListSecondsLeft', { statistic: Stats.MINIMUM, ...options });
  }

  /**
   * Seconds until the first of the API keys that were used within an hour expires. A key that nobody uses shows in no line.
   *
   * The subtraction stands under IF, because metric math takes a missing value for 0.
   *
   * @throws UnsafeConfigurationError `MetricWithoutSource` without `IngressAuth.apiKeys` at any door
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html "EPOCH"
   */
  public apiKeySecondsLeft(options: MetricLook = {}): IMetric {
    const expiry = this.ofLog('ApiKeyExpiry', { statistic: Stats.MINIMUM });
    return new MathExpression({
      expression: 'IF(expiry > 0, expiry - EPOCH(expiry))',
      usingMetrics: { expiry },
      label: 'Seconds to expiry',
      period: Duration.hours(1),
      ...options,
    });
  }

  /** A count is 0 in each minute that has other lines alone. */
  private filter(name: LogMetric): MetricFilter {
    const [pattern, rest] = isCounted(name)
      ? [COUNTED[name], { defaultValue: 0 }]
      : [READ[name][1], { metricValue: `$.${READ[name][0]}` }];
    return new MetricFilter(this, name, {
      logGroup: this.props.logGroup,
      filterPattern: FilterPattern.literal(pattern),
      metricNamespace: this.namespace,
      metricName: name,
      ...rest,
    });
  }

  private ofLog(name: LogMetric, options: MetricOptions): Metric {
    const filter = this.filters.get(name);
    if (filter !== undefined) return filter.metric(options);
    throw metricWithoutSource(name);
  }
}
