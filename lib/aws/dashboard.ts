import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  SingleValueWidget,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Alarms } from './alarms';
import type { Metrics } from './metrics';

/** Properties of {@link ServerDashboard}. */
export interface ServerDashboardProps {
  readonly title: string;
  readonly metrics: Metrics;
  readonly alarms: Alarms;
}

const FULL_WIDTH = 24;
const THIRD = 8;

/** One page: the alarms, what is called and what is refused, the node, and what will expire. */
export class ServerDashboard extends Construct {
  public readonly dashboard: Dashboard;

  public constructor(scope: Construct, id: string, { title, metrics, alarms }: ServerDashboardProps) {
    super(scope, id);
    const status = new AlarmStatusWidget({
      title,
      alarms: Object.values(alarms.byName),
      width: FULL_WIDTH,
    });
    this.dashboard = new Dashboard(this, 'Resource', {
      defaultInterval: Duration.days(1),
      widgets: [[status], [...traffic(metrics), node(metrics)], [...expiries(metrics)]],
    });
  }
}

function traffic(metrics: Metrics): IWidget[] {
  const refused = [metrics.denied({ label: 'Denied' }), metrics.rateLimited({ label: 'Too many' })];
  if (metrics.has('AdminDenied')) refused.push(metrics.adminDenied({ label: 'Denied to operators' }));
  return [
    graph('Calls', [metrics.calls({ label: 'All' }), metrics.errors({ label: '5xx' })]),
    graph('Refused', refused),
  ];
}

function node(metrics: Metrics): IWidget {
  return new GraphWidget({
    title: 'Node',
    width: THIRD,
    left: [metrics.healthyHosts({ label: 'Healthy' })],
    leftYAxis: { min: 0, max: 1 },
    right: [metrics.diskUsed({ label: 'Disk used, percent' })],
    rightYAxis: { min: 0, max: 100 },
  });
}

function expiries(metrics: Metrics): IWidget[] {
  const left: [string, IMetric][] = [['Certificate, days left', metrics.certificateDaysLeft()]];
  if (metrics.has('RevocationListSecondsLeft')) {
    left.push(['Revocation list, seconds left', metrics.revocationListSecondsLeft()]);
  }
  if (metrics.has('ApiKeyExpiry')) left.push(['First API key in use, seconds left', metrics.apiKeySecondsLeft()]);
  return left.map(([title, metric]) => new SingleValueWidget({ title, width: THIRD, metrics: [metric] }));
}

function graph(title: string, left: IMetric[]): IWidget {
  return new GraphWidget({ title, width: THIRD, left, leftYAxis: { min: 0 } });
}
