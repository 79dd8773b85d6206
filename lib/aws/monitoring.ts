import { Names } from 'aws-cdk-lib';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IDependable } from 'constructs';
import { Construct } from 'constructs';
import type { AlarmOptions } from './alarm-options';
import { Alarms } from './alarms';
import { ServerDashboard } from './dashboard';
import { FlowLogs, type FlowLogsProps } from './flow-logs';
import { Metrics, type MetricsProps } from './metrics';
import type { Notices } from './notices';
import type { Snapshots } from './snapshots';

/** Properties of {@link Monitoring}. */
export interface MonitoringProps extends Omit<MetricsProps, 'namespace'>, FlowLogsProps {
  /** Certificate of the operators' door. */
  readonly adminCertificate: ICertificate | undefined;
  readonly alarms: AlarmOptions | undefined;
  /** Who is told where `alarms` names nobody. */
  readonly notices: Notices;
  /** Of the data disk, where there are any. */
  readonly snapshots: Snapshots | undefined;
  /** What runs the server: alarms come when it does, and so none goes off over a server that is yet to start. */
  readonly service: IDependable;
}

/** What is known of a server while it runs, and who is told. */
export class Monitoring extends Construct {
  public readonly metrics: Metrics;
  public readonly alarms: Alarms;
  public readonly dashboard: ServerDashboard;
  public readonly flowLogs: FlowLogs;

  public constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const namespace = `Portcullis/${Names.uniqueResourceName(scope, { maxLength: 60, separator: '-' })}`;
    this.metrics = new Metrics(this, 'Metrics', { ...props, namespace });
    this.alarms = new Alarms(this, 'Alarms', { ...props, metrics: this.metrics, options: props.alarms });
    this.alarms.node.addDependency(props.service);
    this.dashboard = new ServerDashboard(this, 'Dashboard', {
      title: scope.node.path,
      metrics: this.metrics,
      alarms: this.alarms,
    });
    this.flowLogs = new FlowLogs(this, 'FlowLogs', props);
  }
}
