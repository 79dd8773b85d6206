import { Duration, Stack, App } from 'aws-cdk-lib';
import type { RestateServer } from '../../lib/aws';
import { refusal } from '../core/refusal';
import { everything } from './everything';
import { filtersOf, valueOf, type Line } from './metric-filter';
import { networkOf, newStack, serverIn, templateOf } from './template-of';

describe('the metric filters', () => {
  const template = templateOf(everything);
  const filters = filtersOf(template);

  test('read the one log group, into a namespace of this server', () => {
    for (const { logGroup, metric } of Object.values(filters)) {
      expect(logGroup).toEqual({ Ref: expect.stringMatching(/^RestateLogs/) as unknown });
      expect(metric.MetricNamespace).toMatch(/^Portcullis\/Test-Restate-[0-9A-F]{8}$/);
    }
  });

  test('of two servers, and of two stacks, share no namespace', () => {
    const app = new App();
    const servers = ['One', 'Two'].map((id) => {
      const stack = new Stack(app, id);
      return serverIn(stack, {}, networkOf(stack)).monitoring.metrics.namespace;
    });
    expect(new Set(servers).size).toBe(2);
  });

  // A metric for each value that a caller may choose would be a bill that a caller may choose.
  test('take no dimension from a line', () => {
    for (const { metric } of Object.values(filters)) expect(metric.Dimensions).toBeUndefined();
  });

  test('count 0 where nothing happened, and measure nothing where nothing was measured', () => {
    const defaults = Object.entries(filters).map(([name, { metric }]) => [name, metric.DefaultValue]);
    expect(Object.fromEntries(defaults)).toEqual({
      Calls: 0,
      Denied: 0,
      RateLimited: 0,
      Errors: 0,
      AdminDenied: 0,
      DiskUsed: undefined,
      RevocationListSecondsLeft: undefined,
      CertificateSecondsLeft: undefined,
      ApiKeyExpiry: undefined,
    });
  });

  test.each<[string, Line, Record<string, number>]>([
    ['a refusal at the operators’ door', { log: 'admin', status: 403, api_key_exp: null }, { AdminDenied: 1 }],
    ['an operator without a credential', { log: 'admin', status: 401 }, { AdminDenied: 1 }],
    ['an operator who asks too often', { log: 'admin', status: 429 }, { RateLimited: 1 }],
    [
      'the key of an operator',
      { log: 'admin', status: 200, api_key_exp: 1_800_000_000 },
      { ApiKeyExpiry: 1_800_000_000 },
    ],
    ['an answer of the server itself that is a failure', { log: 'ingress', status: 500 }, { Calls: 1, Errors: 1 }],
    ['a handshake that was refused', { log: 'handshake', reason: 'TLS_error' }, { Denied: 1 }],
    ['a call that the caller gave up', { log: 'ingress', status: 0 }, { Calls: 1 }],
    ['the machine', { log: 'machine', disk_used_percent: 0 }, { DiskUsed: 0 }],
    [
      'the machine, with an expired list',
      { log: 'machine', disk_used_percent: 7, revocation_list_seconds_left: -60 },
      { DiskUsed: 7, RevocationListSecondsLeft: -60 },
    ],
    ['a machine that knows nothing', { log: 'machine' }, {}],
    [
      'the container that watches the certificate',
      { log: 'expiry', certificate_seconds_left: -5 },
      { CertificateSecondsLeft: -5 },
    ],
    ['the server, which may write what it likes', { level: 'INFO', status: 500, disk_used_percent: 99 }, {}],
  ])('take from a line of %s what it says', (_, line, metrics) => {
    const made = Object.entries(filters).map(([name, filter]) => [name, valueOf(filter, line)] as const);
    expect(Object.fromEntries(made.filter(([, value]) => value !== undefined))).toEqual(metrics);
  });
});

describe('the metrics of a server', () => {
  const stack = newStack();
  const server = serverIn(stack, everything(stack));

  test.each<[string, (of: RestateServer) => unknown, object]>([
    ['metricCalls', (of) => of.metricCalls(), { metricName: 'Calls', statistic: 'Sum' }],
    ['metricDenied', (of) => of.metricDenied(), { metricName: 'Denied', statistic: 'Sum' }],
    ['metricRateLimited', (of) => of.metricRateLimited(), { metricName: 'RateLimited', statistic: 'Sum' }],
    ['metricErrors', (of) => of.metricErrors(), { metricName: 'Errors', statistic: 'Sum' }],
    ['metricAdminDenied', (of) => of.metricAdminDenied(), { metricName: 'AdminDenied', statistic: 'Sum' }],
    ['metricDiskUsed', (of) => of.metricDiskUsed(), { metricName: 'DiskUsed', statistic: 'Maximum' }],
    [
      'metricHealthyHosts',
      (of) => of.metricHealthyHosts(),
      { namespace: 'AWS/NetworkELB', metricName: 'HealthyHostCount', statistic: 'Maximum' },
    ],
    [
      'metricRevocationListSecondsLeft',
      (of) => of.metricRevocationListSecondsLeft(),
      { metricName: 'RevocationListSecondsLeft', statistic: 'Minimum' },
    ],
    ['metricCertificateDaysLeft', (of) => of.metricCertificateDaysLeft(), { expression: 'seconds / 86400' }],
    ['metricApiKeySecondsLeft', (of) => of.metricApiKeySecondsLeft(), { period: Duration.hours(1) }],
  ])('are offered as %s', (_, metricOf, expected) => {
    expect(metricOf(server)).toMatchObject(expected);
  });

  test('take the options of the framework', () => {
    expect(server.metricDenied({ period: Duration.minutes(1), label: 'No' })).toMatchObject({
      period: Duration.minutes(1),
      label: 'No',
      statistic: 'Sum',
    });
  });

  test.each<[string, (of: RestateServer) => unknown]>([
    ['an operators’ door', (of) => of.metricAdminDenied()],
    ['callers with certificates', (of) => of.metricRevocationListSecondsLeft()],
    ['API keys', (of) => of.metricApiKeySecondsLeft()],
  ])('are refused where there is none of %s to measure', (_, metricOf) => {
    expect(refusal(() => metricOf(serverIn(newStack()))).code).toBe('MetricWithoutSource');
  });
});
