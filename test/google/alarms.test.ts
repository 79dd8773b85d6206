import { MonitoringNotificationChannel } from '@cdktf/provider-google/lib/monitoring-notification-channel';
import { runInNewContext } from 'node:vm';
import { AdminAccess } from '../../lib/core/admin-access';
import type { AlarmOptions } from '../../lib/google/alarm-options';
import { Alarms, type AlarmsProps } from '../../lib/google/alarms';
import { COUNTED, type CountedLines } from '../../lib/google/counted-lines';
import { Peer, type PeerHandle } from '../../lib/google/peer';
import { refusal } from '../core/refusal';
import { modelOf, OPERATORS, PROJECT, type Resource, resourcesOf, type Resources } from './network-of';

const CHANNEL = 'projects/my-project/notificationChannels/123';
const operated = modelOf({}, AdminAccess.fromPeers<PeerHandle>([Peer.cidr('10.40.0.0/24')], OPERATORS));

const alarmsOf = (props: Partial<AlarmsProps> = {}): Resources =>
  resourcesOf((stack) => {
    const common = { project: PROJECT, machine: 'restate-1', group: 'restate', model: modelOf(), options: undefined };
    new Alarms(stack, 'Alarms', { ...common, ...props });
  });

const policiesOf = (resources: Resources): Readonly<Record<string, Resource>> =>
  resources['google_monitoring_alert_policy'] ?? {};

const namesOf = (resources: Resources): string[] => Object.keys(policiesOf(resources)).sort();

/** From which count on an alarm goes off. */
function thresholdsOf(resources: Resources): Record<string, number> {
  const conditions = Object.values(policiesOf(resources)).flatMap(
    ({ conditions: all }) =>
      all as { display_name: string; condition_threshold?: { threshold_value: number; comparison: string } }[],
  );
  return Object.fromEntries(
    conditions.flatMap(({ display_name, condition_threshold }) => {
      if (condition_threshold === undefined) return [];
      expect(condition_threshold.comparison).toBe('COMPARISON_GT');
      return [[display_name, condition_threshold.threshold_value + 1]];
    }),
  );
}

function risksOf(resources: Resources): string[] {
  return Object.values(policiesOf(resources)).flatMap(({ '//': comment }) => {
    const risks =
      (comment as Record<string, readonly { claim: string; reason: string }[]>)['portcullis:accepted'] ?? [];
    return risks.map(({ claim, reason }) => `${claim}: ${reason}`);
  });
}

describe('alarms', () => {
  test('are there when nothing is said, and the files say that nobody is told, and what none of them tells', () => {
    const resources = alarmsOf();
    expect(namesOf(resources)).toEqual(['Alarms/Denied', 'Alarms/Errors', 'Alarms/Health', 'Alarms/RateLimited']);
    expect(risksOf(resources)).toEqual([
      expect.stringMatching(/^alarms-present: no alarm tells how full the data disk is/),
      expect.stringMatching(/^alarms-present: alarms go off and nobody is told/),
    ]);
  });

  test('tell whom they are given, all of them', () => {
    const resources = alarmsOf({ options: { channels: [CHANNEL] } });
    for (const policy of Object.values(policiesOf(resources))) {
      expect(policy).toMatchObject({ notification_channels: [CHANNEL], enabled: true, project: PROJECT });
    }
    expect(risksOf(resources).join()).not.toContain('nobody is told');
  });

  test('tell a channel of this app', () => {
    const resources = resourcesOf((stack) => {
      const { id } = new MonitoringNotificationChannel(stack, 'Channel', { type: 'email' });
      const common = { project: PROJECT, machine: 'restate-1', group: 'restate', model: modelOf() };
      new Alarms(stack, 'Alarms', { ...common, options: { channels: [id] } });
    });
    expect(policiesOf(resources)['Alarms/Health']?.['notification_channels']).toEqual([
      expect.stringMatching(/^\$\{google_monitoring_notification_channel\.\w+\.id\}$/),
    ]);
  });

  test('watch the door of the operators where there is one', () => {
    expect(namesOf(alarmsOf({ model: operated }))).toContain('Alarms/AdminDenied');
  });

  test('go off from the thresholds on that are given, and from ours', () => {
    expect(thresholdsOf(alarmsOf({ model: operated }))).toEqual({
      Relapse: 2,
      Errors: 10,
      Denied: 100,
      RateLimited: 100,
      AdminDenied: 5,
    });
    const thresholds = { errors: 1, denied: 2, rateLimited: 3, adminDenied: 4 };
    expect(thresholdsOf(alarmsOf({ model: operated, options: { channels: [CHANNEL], thresholds } }))).toEqual({
      Relapse: 2,
      Errors: 1,
      Denied: 2,
      RateLimited: 3,
      AdminDenied: 4,
    });
  });

  test('miss a machine that says nothing', () => {
    const { conditions } = policiesOf(alarmsOf())['Alarms/Health'] as unknown as { conditions: unknown[] };
    expect(conditions).toContainEqual(
      expect.objectContaining({
        condition_absent: expect.objectContaining({
          filter: expect.stringContaining('metric.labels.instance_name="restate-1"'),
          duration: '300s',
        }),
      }),
    );
  });

  test('count the lines of their own machine alone', () => {
    const metrics = Object.entries(alarmsOf({ model: operated })['google_logging_metric'] ?? {});
    expect(metrics).toHaveLength(5);
    for (const [path, { filter }] of metrics) {
      const mine = path.endsWith('Unhealthy')
        ? 'resource.labels.instance_group_name="restate"'
        : 'jsonPayload.instance.name="restate-1"';
      expect(filter).toContain(` AND ${mine} AND `);
      expect(filter).toContain(`logName="projects/${PROJECT}/logs/`);
    }
  });

  test.each<[what: string, options: Partial<AlarmOptions>, code: string]>([
    ['no channel', { channels: [] }, 'AlarmActionMissing'],
    ['channels left out', { channels: undefined }, 'AlarmActionMissing'],
    ['an address in place of a channel', { channels: ['ops@example.com'] }, 'AlarmActionMissing'],
    ['a threshold of nothing', { thresholds: { errors: 0 } }, 'AlarmThresholdInvalid'],
    ['half a request', { thresholds: { denied: 1.5 } }, 'AlarmThresholdInvalid'],
    ['a threshold that nobody reads', { thresholds: { diskUsedPercent: 80 } as never }, 'OptionUnknown'],
    ['an option that nobody reads', { action: 'x' } as never, 'OptionUnknown'],
  ])('refuse %s', (_, options, code) => {
    expect(refusal(() => alarmsOf({ options: { channels: [CHANNEL], ...options } })).code).toBe(code);
  });
});

/** As Cloud Logging understands a filter: each comparison is one expression over the line. */
function counts(filter: string, line: string): boolean {
  const asked = filter
    .replaceAll(/jsonPayload\.message=~("(?:[^"\\]|\\.)*")/g, (_, text: string) =>
      String(new RegExp(text.slice(1, -1).replaceAll('\\"', '"')).test(line)),
    )
    .replaceAll(' AND ', ' && ')
    .replaceAll(' OR ', ' || ');
  return runInNewContext(asked) as boolean;
}

const line = (members: object): string => JSON.stringify({ path: '/Greeter/greet', ...members, time: 'now' });

describe('lines that are counted', () => {
  test.each<[line: string, metrics: CountedLines[]]>([
    [line({ log: 'ingress', status: 200 }), []],
    [line({ log: 'ingress', status: 401 }), ['Denied']],
    [line({ log: 'ingress', status: 403 }), ['Denied']],
    [line({ log: 'ingress', status: 404 }), []],
    [line({ log: 'ingress', status: 429 }), ['RateLimited']],
    [line({ log: 'ingress', status: 503 }), ['Errors']],
    [line({ log: 'handshake', reason: 'expired' }), ['Denied']],
    [line({ log: 'admin', status: 200 }), []],
    [line({ log: 'admin', status: 403 }), ['AdminDenied']],
    [line({ log: 'admin', status: 429 }), ['RateLimited']],
    [line({ log: 'admin', status: 500 }), []],
    [line({ log: 'metadata', status: 403 }), []],
    [line({ log: 'ingress', status: 200, bytes_sent: 503 }), []],
    [line({ status: 401, log: 'ingress' }), ['Denied']],
    ['{"log":"ingress","status":401}', ['Denied']],
  ])('%s', (written, metrics) => {
    const counted = Object.keys(COUNTED).filter((name) => counts(COUNTED[name as CountedLines], written));
    expect(counted).toEqual(metrics);
  });

  test('are not made by a stranger who writes a line into a path', () => {
    const written = line({ log: 'ingress', status: 200, path: '/"log":"admin","status":401,"log":"handshake"' });
    expect(Object.values(COUNTED).filter((filter) => counts(filter, written))).toEqual([]);
  });
});
