import { ACCOUNT_ARN, KEY, of, type Deployed } from './example';

const PROXY_IMAGE = `mirror/envoyproxy/envoy:distroless-v1.40.0@sha256:${'1'.repeat(64)}`;
const SHELL_IMAGE = `mirror/envoyproxy/envoy:v1.40.0@sha256:${'2'.repeat(64)}`;
const RESTATE_IMAGE = `mirror/restatedev/restate:1.7.12@sha256:${'0'.repeat(64)}`;

export function expectedWorkload(example: Deployed): Readonly<Record<string, unknown>> {
  const isLedger = example === 'Ledger';
  const isBilling = example === 'Billing';
  const disk = isLedger ? 'proxy-revocation /run/portcullis/revocation' : 'proxy-tls /run/portcullis/tls';
  return {
    'images, users and rights of the containers': [
      ...(isLedger ? [] : [container('certificate', SHELL_IMAGE, 65532, '')]),
      container('restate', RESTATE_IMAGE, 65531, ''),
      container('envoy', PROXY_IMAGE, 65532, isBilling ? '8443 8081 8444' : '8443 8081'),
      ...(isLedger ? [container('expiry', SHELL_IMAGE, 65532, '')] : []),
    ],
    'what may be mounted where': isLedger
      ? ['restate /var/lib/restate rw', 'envoy /run/portcullis/revocation ro']
      : ['certificate /run/portcullis/tls rw', 'restate /var/lib/restate rw', 'envoy /run/portcullis/tls ro'],
    'Restate listens on loopback or on a socket alone': [
      'RESTATE_LISTEN_MODE=tcp',
      'RESTATE_BIND_ADDRESS=127.0.0.1:5122',
      'RESTATE_INGRESS__LISTEN_MODE=tcp',
      'RESTATE_INGRESS__BIND_ADDRESS=127.0.0.1:8080',
      `RESTATE_ADMIN__LISTEN_MODE=${isBilling ? 'all' : 'unix'}`,
      'RESTATE_ADMIN__BIND_ADDRESS=127.0.0.1:9070',
    ],
    'secrets are given by reference alone': secrets(example),
    'no value of a secret is in what was made': [],
    'roles, network and volumes of the task': {
      taskRoleArn: 'arn:aws:iam::111122223333:role/{TaskDefinitionTaskRole}',
      executionRoleArn: 'arn:aws:iam::111122223333:role/{TaskExecutionRole}',
      networkMode: 'awsvpc',
      volumes: ['data /var/lib/portcullis/data', disk],
    },
    'the service runs this task once, behind these balancers': {
      taskDefinition: '{TaskDefinition}',
      desiredCount: 1,
      doors: ['{BalancerTargets} envoy 8443', ...(isBilling ? ['{AdminBalancerTargets} envoy 8444'] : [])],
    },
    'the machine asks for tokens, encrypts its disk, has no key and no public address': {
      image: 'ami-00000000000000000',
      is: 'arn:aws:iam::111122223333:instance-profile/{MachineLaunchTemplateProfile}',
      disks: [
        {
          DeviceName: '/dev/xvda',
          Ebs: { Encrypted: true, DeleteOnTermination: true, KmsKeyId: KEY, VolumeSize: 30, VolumeType: 'gp3' },
        },
      ],
      interfaces: [{ AssociatePublicIpAddress: false, DeviceIndex: 0, Groups: ['{SecurityGroupsHost}'] }],
      metadata: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      key: 'none',
    },
    'the machine is told the disk, the cluster and the log group of this stack': [
      '{Data}',
      '{Logs}',
      '{MachineCluster}',
    ],
    'one machine, of the newest template': {
      MinSize: 0,
      MaxSize: 1,
      DesiredCapacity: 1,
      LaunchTemplateId: '{MachineLaunchTemplate}',
      newest: true,
      VPCZoneIdentifier: example === 'Orders' ? '{NetworkPrivateSubnet1Subnet}' : '{NetworkIsolatedSubnet1Subnet}',
    },
    'the cluster reports on its containers': [{ name: 'containerInsights', value: 'enhanced' }],
  };
}

function container(name: string, image: string, user: number, ports: string): string {
  const rights = 'readonly, unprivileged, drops ALL adds none, no-new-privileges';
  return `${name}, ${image}, user ${user}:${user}, ${rights}, ports ${ports}, log {Logs}`;
}

function secrets(example: Deployed): string[] {
  const secret = (name: string): string => ACCOUNT_ARN('secretsmanager', `secret:${example.toLowerCase()}/${name}`);
  return [
    `restate PORTCULLIS_IDENTITY_KEY ${secret('restate-identity-key')}`,
    ...of(example, {
      Orders: [],
      Billing: [],
      Ledger: [
        `envoy TLS_CERTIFICATE ${secret('certificate:certificate::')}`,
        `envoy TLS_PRIVATE_KEY ${secret('certificate:privateKey::')}`,
        `expiry TLS_CERTIFICATE ${secret('certificate:certificate::')}`,
      ],
    }),
  ];
}
