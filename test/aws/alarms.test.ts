import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { IngressAuth, type AlarmOptions } from '../../lib/aws';
import { refusal } from '../core/refusal';
import { everything, KEYS } from './everything';
import { mutualTls } from './mutual-tls';
import { adminDoor, newStack, resourceOf, resourcesOf, serverIn, templateOf, type Asked } from './template-of';

const QUIET = ['Certificate', 'Denied', 'Disk', 'Errors', 'Health', 'RateLimited', 'Snapshots'];

/** The alarms of a template by name. */
function alarmsOf(template: Template): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
  return Object.fromEntries(
    alarms.map(([id, { Properties }]) => [String(/Alarms(\w+)[0-9A-F]{8}$/.exec(id)?.[1]), Properties]),
  );
}

const told = (stack: Stack, options: Partial<AlarmOptions> = {}): Asked => ({
  alarms: { action: new SnsAction(new Topic(stack, 'Operators')), ...options },
});

describe('the alarms', () => {
  const all = alarmsOf(templateOf(everything));

  test('are about health, disk, snapshots, failures, refusals and the certificate of every server', () => {
    expect(Object.keys(alarmsOf(templateOf())).sort()).toEqual(QUIET);
  });

  test.each<[string, (stack: Stack) => Asked, string[]]>([
    ['an operators’ door', (stack) => adminDoor(stack), ['AdminCertificate', 'AdminDenied', 'ApiKeys']],
    ['callers with certificates', (stack) => mutualTls(stack), ['RevocationList']],
    ['callers with API keys', () => ({ ingress: { auth: IngressAuth.apiKeys(KEYS) } }), ['ApiKeys']],
  ])('are about more where there is %s', (_, ask, more) => {
    expect(Object.keys(alarmsOf(templateOf(ask))).sort()).toEqual([...QUIET, ...more].sort());
  });

  test.each<[string, 'LessThanThreshold' | 'GreaterThanOrEqualToThreshold', number]>([
    ['Health', 'LessThanThreshold', 1],
    ['Disk', 'GreaterThanOrEqualToThreshold', 80],
    ['Errors', 'GreaterThanOrEqualToThreshold', 10],
    ['Denied', 'GreaterThanOrEqualToThreshold', 100],
    ['RateLimited', 'GreaterThanOrEqualToThreshold', 100],
    ['AdminDenied', 'GreaterThanOrEqualToThreshold', 5],
    ['Certificate', 'LessThanThreshold', 14],
    ['AdminCertificate', 'LessThanThreshold', 14],
    ['RevocationList', 'LessThanThreshold', 12 * 3600],
    ['ApiKeys', 'LessThanThreshold', 14 * 86_400],
    ['Snapshots', 'LessThanThreshold', 1],
  ])('on %s goes off at %s %d', (name, ComparisonOperator, Threshold) => {
    expect(all[name]).toMatchObject({ ComparisonOperator, Threshold, ActionsEnabled: true });
  });

  test('go off when who reports is dead, stay quiet when nobody calls, and keep the last word on a key', () => {
    const silence = Object.entries(all).map(([name, { TreatMissingData }]) => [name, TreatMissingData]);
    expect(Object.fromEntries(silence)).toEqual({
      Health: 'breaching',
      Disk: 'breaching',
      Certificate: 'breaching',
      AdminCertificate: 'breaching',
      RevocationList: 'breaching',
      Snapshots: 'breaching',
      Errors: 'notBreaching',
      Denied: 'notBreaching',
      RateLimited: 'notBreaching',
      AdminDenied: 'notBreaching',
      ApiKeys: 'ignore',
    });
  });

  test('say in words what is wrong, each in its own', () => {
    const words = Object.values(all).map(({ AlarmDescription }) => String(AlarmDescription));
    expect(new Set(words).size).toBe(11);
    for (const word of words) expect(word.length).toBeGreaterThan(40);
  });

  test('watch the certificate of the load balancer where that ends TLS, and the report on that of the proxy where it does', () => {
    expect(alarmsOf(templateOf())['Certificate']).toMatchObject({
      Namespace: 'AWS/CertificateManager',
      MetricName: 'DaysToExpiry',
      Dimensions: [{ Name: 'CertificateArn', Value: expect.stringMatching(/certificate\/1$/) as unknown }],
    });
    expect(all['Certificate']?.['Metrics']).toEqual([
      expect.objectContaining({ Expression: 'seconds / 86400' }),
      expect.objectContaining({
        Id: 'seconds',
        ReturnData: false,
        MetricStat: expect.objectContaining({ Period: 3600, Stat: 'Minimum' }) as unknown,
      }),
    ]);
  });

  // Metric math takes a missing value for 0: without IF a quiet hour would read as a key that ended in 1970.
  test('tell from the end of the keys in use how long they are good, and nothing of an hour without one', () => {
    expect(all['ApiKeys']?.['Metrics']).toEqual([
      expect.objectContaining({ Expression: 'IF(expiry > 0, expiry - EPOCH(expiry))' }),
      expect.objectContaining({
        Id: 'expiry',
        ReturnData: false,
        MetricStat: expect.objectContaining({ Period: 3600, Stat: 'Minimum' }) as unknown,
      }),
    ]);
  });

  test('leave keys that live for less than eight weeks a quarter of their life', () => {
    const auth = IngressAuth.apiKeys({ ...KEYS, maxLifetimeSeconds: 86_400 });
    expect(alarmsOf(templateOf(() => ({ ingress: { auth } })))['ApiKeys']).toMatchObject({ Threshold: 21_600 });
  });

  test('come when the server runs, so that none goes off before', () => {
    for (const [, alarm] of resourcesOf(templateOf(), 'AWS::CloudWatch::Alarm')) {
      expect(alarm['DependsOn']).toContainEqual(expect.stringMatching(/^RestateService/));
    }
  });
});

describe('whom the alarms tell', () => {
  test('is a topic of the server when nothing is said, and that nobody may listen one of them reports as a risk that was taken', () => {
    const template = templateOf();
    const notices = [{ Ref: expect.stringMatching(/^RestateNotices/) as unknown }];
    for (const alarm of Object.values(alarmsOf(template))) expect(alarm).toMatchObject({ AlarmActions: notices });
    const accepted = resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([, { Metadata }]) => Metadata ?? []);
    expect(accepted).toEqual([
      { 'portcullis:accepted': [{ claim: 'alarms-present', reason: expect.stringContaining('SnsAction') as unknown }] },
    ]);
  });

  test('is the target that is named, in every alarm, and then no risk is reported', () => {
    const template = templateOf((stack) => ({ ...everything(stack), ...told(stack) }));
    const topic = [{ Ref: expect.stringMatching(/^Operators/) as unknown }];
    const alarms = Object.values(alarmsOf(template));
    expect(alarms).toHaveLength(11);
    for (const alarm of alarms) expect(alarm).toMatchObject({ AlarmActions: topic });
    for (const alarm of alarms) expect(alarm['OKActions']).toBeUndefined();
    expect(JSON.stringify(template.toJSON())).not.toContain('alarms-present');
  });

  test('is, when all is well again, who is named for that', () => {
    const template = templateOf((stack) => told(stack, { okAction: new SnsAction(new Topic(stack, 'Relief')) }));
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      AlarmActions: [{ Ref: Match.stringLikeRegexp('^Operators') }],
      OKActions: [{ Ref: Match.stringLikeRegexp('^Relief') }],
    });
  });

  test('can be more than one, by the public children', () => {
    const stack = newStack();
    const server = serverIn(stack);
    server.monitoring.alarms.byName.Disk?.addAlarmAction(new SnsAction(new Topic(stack, 'Storage')));
    expect(resourceOf(Template.fromStack(stack), 'AWS::CloudWatch::Alarm', 'AlarmsDisk').Properties).toMatchObject({
      AlarmActions: ['Notices', 'Storage'].map((name) => ({ Ref: expect.stringContaining(name) as unknown })),
    });
  });
});

describe('the thresholds', () => {
  test('are those that are given', () => {
    const thresholds = {
      diskUsedPercent: 60,
      errors: 1,
      denied: 2,
      rateLimited: 3,
      adminDenied: 1,
      certificate: Duration.days(30),
      revocationList: Duration.days(2),
      apiKey: Duration.days(7),
    };
    const asked = alarmsOf(templateOf((stack) => ({ ...everything(stack), ...told(stack, { thresholds }) })));
    expect(Object.fromEntries(Object.entries(asked).map(([name, { Threshold }]) => [name, Threshold]))).toEqual({
      Health: 1,
      Snapshots: 1,
      Disk: 60,
      Errors: 1,
      Denied: 2,
      RateLimited: 3,
      AdminDenied: 1,
      Certificate: 30,
      AdminCertificate: 30,
      RevocationList: 2 * 86_400,
      ApiKeys: 7 * 86_400,
    });
  });

  test.each<[string, string, (stack: Stack) => object]>([
    ['a disk that is never full enough', 'AlarmThresholdInvalid', () => ({ thresholds: { diskUsedPercent: 100 } })],
    ['no failure at all', 'AlarmThresholdInvalid', () => ({ thresholds: { errors: 0 } })],
    ['a number that is none', 'AlarmThresholdInvalid', () => ({ thresholds: { denied: Number.NaN } })],
    ['a number that is text', 'AlarmThresholdInvalid', () => ({ thresholds: { denied: '10' } })],
    [
      'a certificate of a few hours, which is told in days',
      'AlarmThresholdInvalid',
      () => ({ thresholds: { certificate: Duration.hours(5) } }),
    ],
    ['a threshold that nobody reads', 'OptionUnknown', () => ({ thresholds: { disk: 1 } })],
    ['an option that nobody reads', 'OptionUnknown', () => ({ email: 'operators@example.com' })],
    ['no target', 'AlarmActionMissing', () => ({ action: undefined })],
    ['a topic in place of what tells it', 'AlarmActionMissing', (stack) => ({ action: new Topic(stack, 'Bare') })],
  ])('are refused with %s', (_, code, ask) => {
    const stack = newStack();
    const { alarms } = told(stack, ask(stack));
    expect(refusal(() => serverIn(stack, { alarms: alarms as AlarmOptions })).code).toBe(code);
  });
});
