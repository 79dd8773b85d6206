import type { Edited } from '../sites';
import { container, exchange, LAUNCH, SERVICE, set } from '../../../check/edits';
import { part } from '../../../check/parts-of-aws';
import { idOf, type StrangersFault } from './fault';

const RESTATE = container('restate');

const ENVOY = container('envoy');

const ALARM = (name: string) => part('AWS::CloudWatch::Alarm', `Alarms${name}`);

const FILTER = (name: string) => part('AWS::Logs::MetricFilter', `Metrics${name}`);

const flag =
  (...words: readonly string[]): StrangersFault[1] =>
  (file) => {
    ENVOY(file)['Command'].push(...words);
  };

/** How containers start, and who is woken. */
export const START_AND_ALARMS: readonly StrangersFault[] = [
  [
    'key files are read by all',
    exchange('umask 077', 'umask 000'),
    ['identity-key-by-reference', 'secrets-by-reference', 'unprivileged', 'tls-outside'],
  ],
  [
    'the key stays in the environment',
    exchange('unset PORTCULLIS_IDENTITY_KEY\n', ''),
    ['identity-key-by-reference', 'secrets-by-reference'],
  ],
  [
    'the key goes into the log',
    exchange('unset PORTCULLIS_IDENTITY_KEY\n', 'echo "$PORTCULLIS_IDENTITY_KEY"\nunset PORTCULLIS_IDENTITY_KEY\n'),
    ['identity-key-by-reference', 'secrets-by-reference'],
  ],
  [
    'the key goes onto the disk',
    exchange('> /run/secrets/identity.pem', '> /var/lib/restate/identity.pem'),
    ['identity-key-by-reference'],
  ],
  [
    'memory for secrets that all read',
    (file) => {
      const [tmpfs] = RESTATE(file)['LinuxParameters']['Tmpfs'];
      tmpfs.MountOptions.push('mode=0777');
    },
    ['identity-key-by-reference', 'secrets-by-reference', 'unprivileged'],
  ],
  [
    'no memory for secrets',
    (file) => {
      delete RESTATE(file)['LinuxParameters']['Tmpfs'];
    },
    ['identity-key-by-reference'],
  ],
  ['more flags for the proxy', flag('--admin-address-path', '/tmp/admin'), ['proxy-has-no-admin']],
  ['a base of shared memory for the proxy', flag('--base-id', '7'), ['proxy-has-no-admin']],
  ['verbose logs of the proxy', flag('-l', 'trace'), ['logs-hold-no-credential']],
  ['verbose logs of one part of the proxy', flag('--component-log-level', 'http:trace'), ['logs-hold-no-credential']],
  [
    'another configuration of the proxy',
    flag('-c', '/run/portcullis/tls/x.yaml'),
    ['ingress-authenticated', 'proxy-has-no-admin', 'config-honoured'],
  ],
  [
    'unknown fields of the proxy',
    flag('--ignore-unknown-dynamic-fields', '--reject-unknown-dynamic-fields'),
    ['proxy-has-no-admin', 'ingress-authenticated', 'config-honoured'],
  ],
  [
    'the proxy writes its own certificate',
    (file) => {
      ENVOY(file)['MountPoints'][0]['ReadOnly'] = false;
    },
    ['unprivileged', 'tls-outside', 'identity-key-by-reference', 'secrets-by-reference'],
    'Orders',
    'Billing',
  ],
  [
    'no alarm rings',
    (file) => {
      for (const body of Object.values<Edited>(file.Resources))
        if (body.Type === 'AWS::CloudWatch::Alarm') body.Properties.ActionsEnabled = false;
    },
    ['alarms-present'],
  ],
  ['the alarm of health is off', set(ALARM('Health'), { ActionsEnabled: false }), ['alarms-present']],
  ['the alarm of health waits half a day', set(ALARM('Health'), { EvaluationPeriods: 720 }), ['alarms-present']],
  [
    'the alarm of health forgives silence',
    set(ALARM('Health'), { TreatMissingData: 'notBreaching' }),
    ['alarms-present'],
  ],
  ['the alarm of health takes the mean', set(ALARM('Health'), { Statistic: 'SampleCount' }), ['alarms-present']],
  ['the alarm of the disk at 99', set(ALARM('Disk'), { Threshold: 99 }), ['alarms-present']],
  ['the alarm of errors at a million', set(ALARM('Errors'), { Threshold: 1_000_000 }), ['alarms-present']],
  ['the alarm of errors counts the least', set(ALARM('Errors'), { Statistic: 'Minimum' }), ['alarms-present']],
  ['the alarm of refusals never', set(ALARM('Denied'), { Threshold: 1e9 }), ['alarms-present']],
  [
    'the alarm of refusals needs all of a day',
    set(ALARM('Denied'), { EvaluationPeriods: 288, DatapointsToAlarm: 288 }),
    ['alarms-present'],
  ],
  ['the alarm of the certificate one day before', set(ALARM('Certificate'), { Threshold: 1 }), ['alarms-present']],
  [
    'the alarm of the certificate of somebody',
    (file) => {
      ALARM('Certificate')(file)['Dimensions'] = [
        { Name: 'CertificateArn', Value: 'arn:aws:acm:eu-central-1:111122223333:certificate/x' },
      ];
    },
    ['alarms-present'],
    'Orders',
    'Billing',
  ],
  ['the alarm of snapshots after a month', set(ALARM('Snapshots'), { EvaluationPeriods: 24 * 30 }), ['alarms-present']],
  [
    "no alarm of operators' refusals",
    (file) => {
      delete file.Resources[idOf(file, 'CloudWatch::Alarm', 'AlarmsAdminDenied')];
    },
    ['alarms-present'],
    'Billing',
  ],
  [
    'refusals are counted by other words',
    set(FILTER('Denied'), { FilterPattern: '{ $.status = 999 }' }),
    ['alarms-present'],
  ],
  [
    'errors are counted from 600',
    set(FILTER('Errors'), { FilterPattern: '{ ($.log = "ingress") && ($.status >= 600) }' }),
    ['alarms-present'],
  ],
  [
    'errors are counted as nothing',
    (file) => {
      FILTER('Errors')(file)['MetricTransformations'][0]['MetricValue'] = '0';
    },
    ['alarms-present'],
  ],
  [
    'the machine reports to another group',
    (file) => {
      const pieces = LAUNCH(file)['UserData']['Fn::Base64']['Fn::Join'][1];
      const at = pieces.findIndex((each: Edited) => each.Ref?.startsWith('RestateLogs'));
      pieces[at] = { Ref: idOf(file, 'Logs::LogGroup', 'FlowLogs') };
    },
    ['alarms-present'],
  ],
  [
    'the cluster writes what is typed in shells nowhere',
    (file) => {
      part('AWS::ECS::Cluster')(file)['Configuration'] = { ExecuteCommandConfiguration: { Logging: 'NONE' } };
      SERVICE(file)['EnableExecuteCommand'] = true;
    },
    ['admin-closed', 'unprivileged'],
  ],
];
