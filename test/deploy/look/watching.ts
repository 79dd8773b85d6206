import type { Looks } from './look';
import { statements } from './statements';

// oxlint-disable-next-line typescript/no-explicit-any
type Any = any;

/** What is watched. */
export const WATCHING_LOOKS: Looks = {
  'each alarm looks at what there is, and is raised when nothing is heard of what must be': async (stack) => {
    const names = stack.of('AWS::CloudWatch::Alarm').map(([, id]) => id);
    const { MetricAlarms } = await stack.call('cloudwatch', 'describe_alarms', { AlarmNames: names });
    const alarms = (MetricAlarms as Any[]).map((alarm) => [
      alarm.AlarmName,
      [
        alarm.Namespace ?? alarm.Metrics?.map((each: Any) => each.Expression ?? each.MetricStat.Metric.Namespace),
        alarm.MetricName,
        alarm.Statistic,
        alarm.ComparisonOperator,
        alarm.Threshold,
        `${alarm.EvaluationPeriods} of ${alarm.Period ?? 'its own'} s`,
        `missing is ${alarm.TreatMissingData}`,
        (alarm.Dimensions as Any[]).map(({ Name, Value }) => `${Name}=${Value}`).join(' '),
      ]
        .flat()
        .filter((word) => word !== undefined && word !== '')
        .join(' '),
    ]);
    return stack.named(Object.fromEntries(alarms));
  },

  'who is told, and who may tell': async (stack) => {
    const topics = stack.of('AWS::SNS::Topic').map(([, id]) => id);
    const told = await Promise.all(
      topics.map(async (TopicArn) => {
        const { Attributes } = await stack.call('sns', 'get_topic_attributes', { TopicArn });
        return { key: Attributes.KmsMasterKeyId, policy: statements(Attributes.Policy) };
      }),
    );
    const { MetricAlarms } = await stack.call('cloudwatch', 'describe_alarms', {
      AlarmNames: stack.of('AWS::CloudWatch::Alarm').map(([, id]) => id),
    });
    const actions = [...new Set((MetricAlarms as Any[]).flatMap(({ AlarmActions }) => AlarmActions.join(', ')))];
    return stack.named({ topics: told, actions });
  },

  'what is counted in which log': async (stack) => {
    const own = new Set(stack.of('AWS::Logs::MetricFilter').map(([, id]) => id));
    const { metricFilters } = await stack.call('logs', 'describe_metric_filters');
    const filters = (metricFilters as Any[])
      .filter(({ filterName }) => own.has(filterName))
      .map(({ filterName, filterPattern, logGroupName, metricTransformations }) => [
        filterName,
        [logGroupName, filterPattern, metricTransformations[0].metricName, metricTransformations[0].metricValue].join(
          ' ',
        ),
      ]);
    return stack.named(Object.fromEntries(filters));
  },

  'the dashboard shows the alarms of this stack': async (stack) => {
    const [[, name]] = stack.of('AWS::CloudWatch::Dashboard') as [[string, string]];
    const { DashboardBody } = await stack.call('cloudwatch', 'get_dashboard', { DashboardName: name });
    const { widgets } = JSON.parse(DashboardBody) as { widgets: Any[] };
    return stack.named(widgets.flatMap(({ properties }) => properties.alarms ?? []));
  },

  'nobody deletes the stack by accident': async (stack) => {
    const { Stacks } = await stack.call('cloudformation', 'describe_stacks', { StackName: stack.name });
    return Stacks[0].EnableTerminationProtection;
  },
};
