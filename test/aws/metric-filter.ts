import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './template-of';

/** A line of JSON in the log. */
export type Line = Readonly<Record<string, unknown>>;

interface Transformation {
  readonly MetricName: string;
  readonly MetricNamespace: unknown;
  readonly MetricValue: string;
  readonly DefaultValue?: number;
  readonly Dimensions?: unknown;
}

/** A metric filter of a template. */
export interface Filter {
  readonly pattern: string;
  readonly logGroup: unknown;
  readonly metric: Transformation;
}

/** The metric filters of a template by the name of their metric. */
export function filtersOf(template: Template): Readonly<Record<string, Filter>> {
  const found = resourcesOf(template, 'AWS::Logs::MetricFilter').map(([, { Properties }]) => {
    const [metric] = Properties['MetricTransformations'] as [Transformation];
    const filter = { pattern: String(Properties['FilterPattern']), logGroup: Properties['LogGroupName'], metric };
    return [metric.MetricName, filter] as const;
  });
  return Object.fromEntries(found);
}

const CONDITION = /\$\.(\w+) (=|>=|>) (\*|"[^"]*"|\d+)/g;

/**
 * What CloudWatch Logs makes of a line: the value of the metric, or nothing where the pattern does not match. The part of its grammar that
 * these filters use, and nothing more: conditions, parentheses, `&&` and `||`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function valueOf({ pattern, metric }: Filter, line: Line): number | undefined {
  const decided = pattern
    .replace(CONDITION, (_, name: string, operator: string, value: string) =>
      String(meets(line[name], operator, value)),
    )
    .replaceAll(/[{}\s]/g, '');
  if (!decide(decided)) return undefined;
  const { MetricValue: value } = metric;
  return value.startsWith('$.') ? Number(line[value.slice(2)]) : Number(value);
}

/** Numbers are compared with numbers alone: null and text meet no comparison. */
function meets(found: unknown, operator: string, value: string): boolean {
  if (value === '*') return found !== undefined && found !== null;
  if (value.startsWith('"')) return found === JSON.parse(value);
  if (typeof found !== 'number') return false;
  const number = Number(value);
  return operator === '=' ? found === number : operator === '>' ? found > number : found >= number;
}

function decide(expression: string): boolean {
  const next = expression
    .replaceAll(/\((true|false)\)/g, '$1')
    .replaceAll(/(true|false)&&(true|false)/g, (_, left, right) => String(left === 'true' && right === 'true'))
    .replaceAll(/^(true|false)\|\|(true|false)$|\((true|false)\|\|(true|false)\)/g, (found) =>
      String(found.includes('true')),
    );
  if (next === 'true' || next === 'false') return next === 'true';
  if (next === expression) throw new Error(`the pattern cannot be read from ${expression} on`);
  return decide(next);
}
