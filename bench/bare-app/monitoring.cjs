const { Aws, Duration, Names, RemovalPolicy } = require('aws-cdk-lib');
const cloudwatch = require('aws-cdk-lib/aws-cloudwatch');
const ec2 = require('aws-cdk-lib/aws-ec2');
const iam = require('aws-cdk-lib/aws-iam');
const logs = require('aws-cdk-lib/aws-logs');
const { SnsAction } = require('aws-cdk-lib/aws-cloudwatch-actions');
const { Construct } = require('constructs');

const { BREACHING, NOT_BREACHING } = cloudwatch.TreatMissingData;
const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, LESS_THAN_THRESHOLD } = cloudwatch.ComparisonOperator;

exports.monitoring = (restate, { policy, logGroup, targets, certificate, service, vpc, key, topic, texts }) => {
  const scope = new Construct(restate, 'Monitoring');
  const metric = logMetrics(restate, new Construct(scope, 'Metrics'), { logGroup, texts });
  const healthy = (options) =>
    targets.metrics.healthyHostCount({ period: Duration.minutes(1), statistic: 'Maximum', ...options });
  const alarms = alarmsOn(new Construct(scope, 'Alarms'), {
    metric,
    healthy,
    certificate,
    policy,
    service,
    topic,
    texts,
  });
  dashboard(new Construct(scope, 'Dashboard'), { metric, healthy, certificate, alarms });
  flowLogs(new Construct(scope, 'FlowLogs'), { vpc, key });
};

function logMetrics(restate, scope, { logGroup, texts }) {
  const counts = ['Calls', 'Denied', 'RateLimited', 'Errors'];
  const filters = [...counts, 'DiskUsed'].map((name) => {
    const filter = new logs.MetricFilter(scope, name, {
      logGroup,
      filterPattern: logs.FilterPattern.literal(texts.filterPatterns[name]),
      metricNamespace: `Portcullis/${Names.uniqueResourceName(restate, { maxLength: 60, separator: '-' })}`,
      metricName: name,
      ...(counts.includes(name) ? { defaultValue: 0 } : { metricValue: '$.disk_used_percent' }),
    });
    return [name, filter];
  });
  const byName = Object.fromEntries(filters);
  return (name, label) =>
    byName[name].metric({ statistic: counts.includes(name) ? 'Sum' : 'Maximum', ...(label && { label }) });
}

function alarmsOn(scope, { metric, healthy, certificate, policy, service, topic, texts }) {
  const snapshots = new cloudwatch.Metric({
    namespace: 'AWS/EBS',
    metricName: 'SnapshotsCreateCompleted',
    dimensionsMap: { DLMPolicyId: policy.ref },
    statistic: 'Sum',
    period: Duration.hours(1),
  });
  const alarm = (name, ofWhat, comparisonOperator, threshold, evaluationPeriods, treatMissingData) =>
    new cloudwatch.Alarm(scope, name, {
      metric: ofWhat,
      threshold,
      comparisonOperator,
      treatMissingData,
      evaluationPeriods,
      alarmDescription: texts.alarmDescriptions[name],
      actionsEnabled: true,
    });
  const alarms = [
    alarm('Health', healthy(), LESS_THAN_THRESHOLD, 1, 5, BREACHING),
    alarm('Disk', metric('DiskUsed'), GREATER_THAN_OR_EQUAL_TO_THRESHOLD, 80, 2, BREACHING),
    alarm('Errors', metric('Errors'), GREATER_THAN_OR_EQUAL_TO_THRESHOLD, 10, 1, NOT_BREACHING),
    alarm('Denied', metric('Denied'), GREATER_THAN_OR_EQUAL_TO_THRESHOLD, 100, 1, NOT_BREACHING),
    alarm('RateLimited', metric('RateLimited'), GREATER_THAN_OR_EQUAL_TO_THRESHOLD, 100, 1, NOT_BREACHING),
    alarm('Certificate', certificate.metricDaysToExpiry(), LESS_THAN_THRESHOLD, 14, 1, BREACHING),
    alarm('Snapshots', snapshots, LESS_THAN_THRESHOLD, 1, 8, BREACHING),
  ];
  for (const each of alarms) each.addAlarmAction(new SnsAction(topic));
  alarms[0].node.defaultChild.addMetadata('portcullis:accepted', texts.accepted.alarms);
  scope.node.addDependency(service);
  return alarms;
}

function dashboard(scope, { metric, healthy, certificate, alarms }) {
  const width = 8;
  const graph = (title, left) => new cloudwatch.GraphWidget({ title, width, left, leftYAxis: { min: 0 } });
  const node = new cloudwatch.GraphWidget({
    title: 'Node',
    width,
    left: [healthy({ label: 'Healthy' })],
    leftYAxis: { min: 0, max: 1 },
    right: [metric('DiskUsed', 'Disk used, percent')],
    rightYAxis: { min: 0, max: 100 },
  });
  const days = new cloudwatch.SingleValueWidget({
    title: 'Certificate, days left',
    width,
    metrics: [certificate.metricDaysToExpiry()],
  });
  new cloudwatch.Dashboard(scope, 'Resource', {
    defaultInterval: Duration.days(1),
    widgets: [
      [new cloudwatch.AlarmStatusWidget({ title: 'Orders/Restate', alarms, width: 24 })],
      [
        graph('Calls', [metric('Calls', 'All'), metric('Errors', '5xx')]),
        graph('Refused', [metric('Denied', 'Denied'), metric('RateLimited', 'Too many')]),
        node,
      ],
      [days],
    ],
  });
}

function flowLogs(scope, { vpc, key }) {
  const logGroup = new logs.LogGroup(scope, 'Logs', {
    encryptionKey: key,
    retention: logs.RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const conditions = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
  const role = new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com', { conditions }),
  });
  const { policyDependable } = role.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  const flowLog = new ec2.CfnFlowLog(scope, 'Resource', {
    resourceType: 'VPC',
    resourceId: vpc.vpcId,
    trafficType: 'ALL',
    logDestinationType: 'cloud-watch-logs',
    logGroupName: logGroup.logGroupName,
    deliverLogsPermissionArn: role.roleArn,
    maxAggregationInterval: 60,
  });
  flowLog.node.addDependency(policyDependable);
}
