import { exchange, MACHINE, type PeerWeakness, resource, REGISTRATION, set } from './peer-weakness';

const template = 'restate-cdk-1.7.0-SingleNode';
const WITH_TLS = 'restate-cdk-1.7.0-SingleNodeTls';
const of = (number: number): string => `SingleNodeRestateDeployment (${number})`;
const REGISTRAR = resource('AWS::Lambda::Function', 'entrypoint.handler');

/** What `SingleNodeRestateDeployment` and `ServiceDeployer` of restate-cdk 1.7.0 leave open by default. */
export const SINGLE_NODE_WEAKNESSES: readonly PeerWeakness[] = [
  {
    of: of(1),
    weakness: 'the disk with the journal is not encrypted',
    template,
    claim: 'disks-encrypted-own-key',
    evidence: /machine-disk RestateHost\w+\/\/dev\/sdd is not encrypted/,
    mend: exchange(MACHINE, '"VolumeSize":8', '"VolumeSize":8,"Encrypted":true'),
  },
  {
    of: of(1),
    weakness: 'no snapshot is taken',
    template,
    claim: 'snapshot-restores',
    evidence: /has no disk that snapshots could be taken of/,
  },
  {
    of: of(1),
    weakness: 'nothing keeps the machine from being ended by mistake',
    template,
    claim: 'storage-retained',
    evidence: /\(DisableApiTermination\)/,
    mend: set(MACHINE, { DisableApiTermination: true }),
  },
  {
    of: of(2),
    weakness: 'version 1 of the metadata service answers',
    template,
    claim: 'instance-metadata-v2',
    evidence: /HttpTokens is not required/,
    mend: set(MACHINE, { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } }),
  },
  {
    of: of(2),
    weakness: 'the server reaches the metadata service of its machine',
    template,
    claim: 'metadata-unreachable',
    evidence: /its containers are on the network of RestateHost/,
  },
  {
    of: of(2),
    weakness: 'the server is on the network of the machine itself',
    template,
    claim: 'unprivileged',
    evidence: /the containers are on the network of the machine itself/,
    mend: exchange(MACHINE, ' --network=host', ' -p 8080:8080'),
  },
  {
    of: of(2),
    weakness: 'all of its groups let everything out',
    template,
    claim: 'egress-closed',
    evidence:
      /RestateHost\w+\.SecurityGroupEgress\[0\] lets.*RestateIngress\w+\.SecurityGroupEgress.*RestateAdmin\w+\.Sec/,
    mend: set(resource('AWS::EC2::SecurityGroup', 'Restate Admin ACLs'), {
      SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '10.9.9.9/32' }],
    }),
  },
  {
    of: of(3),
    weakness: 'root installs by name what a registry has at each start',
    template,
    claim: 'images-by-digest',
    evidence: /npm install -gq @restatedev\/restate@1\.7/,
    mend: exchange(MACHINE, 'npm install -gq', 'echo'),
  },
  {
    of: of(3),
    weakness: 'an image is fetched as latest at each start',
    template,
    claim: 'images-by-digest',
    evidence: /container adot runs \S+aws-otel-collector:latest, whose tag latest names no release/,
    mend: exchange(MACHINE, 'aws-otel-collector:latest', `aws-otel-collector@sha256:${'b'.repeat(64)}`),
  },
  {
    of: of(4),
    weakness: 'the ports of the collector are published',
    template,
    claim: 'bind-narrow',
    evidence: /port 4317 of RestateHost\w+ is published for a container beside, and nobody is admitted there/,
    mend: exchange(MACHINE, '-p 4317:4317', '-p 127.0.0.1:4317:4317'),
  },
  {
    of: of(4),
    weakness: 'what the environment says stands in the user data',
    template: 'restate-cdk-1.7.0-SingleNodeSettings',
    claim: 'secrets-by-reference',
    evidence: /UserData holds the value of ORDERS_PASSWORD/,
    mend: exchange(MACHINE, 'ORDERS_PASSWORD', 'ORDERS_COLOUR'),
  },
  {
    of: of(5),
    weakness: 'nobody can verify the certificate',
    template: WITH_TLS,
    claim: 'tls-outside',
    evidence: /nginx on 0\.0\.0\.0 port 443 shows a certificate that the machine signs for itself/,
    mend: exchange(MACHINE, 'openssl req -new -x509', 'openssl req -new'),
  },
  {
    of: of(5),
    weakness: 'the proxy leads whoever comes to the admin API',
    template: WITH_TLS,
    claim: 'admin-authenticated',
    evidence: /nginx on 0\.0\.0\.0 port 9073 leads to the admin API and asks nobody/,
    mend: exchange(MACHINE, 'localhost:9070;', 'localhost:9999;'),
  },
  {
    of: of(5),
    weakness: 'the proxy passes every header on',
    template: WITH_TLS,
    claim: 'headers-allow-listed',
    evidence: /nginx on port 443 .* leads on whatever it is sent; .* writes every header into its journal/,
  },
  {
    of: of(6),
    weakness: 'the machine has a policy of the cloud that names no resources',
    template,
    claim: 'iam-no-wildcards',
    evidence: /AmazonSSMManagedInstanceCore, which names no resources/,
    mend: set(resource('AWS::IAM::Role', 'AmazonSSMManagedInstanceCore'), { ManagedPolicyArns: [] }),
  },
  {
    of: of(6),
    weakness: 'a gibibyte is rendered as 1024 bytes',
    template: 'restate-cdk-1.7.0-SingleNodeSettings',
    claim: 'config-honoured',
    evidence: /gives 1024 bytes: a size is written with its unit/,
    mend: exchange(MACHINE, '1024', '1024 MB'),
  },
  {
    of: 'ServiceDeployer (1)',
    weakness: 'services are public by default',
    template: WITH_TLS,
    claim: 'private-service-closed',
    evidence: /makes its service public \(private is not true\): whoever reaches the ingress calls it/,
    mend: set(REGISTRATION, { private: 'true' }),
  },
  {
    of: 'ServiceDeployer (2)',
    weakness: 'services are registered over plain http',
    template: 'restate-cdk-1.7.0-Attributes',
    claim: 'registration-by-deployers-only',
    evidence: /registers over plain http, at http:\/\/restate\.example\.com:9070/,
    mend: set(REGISTRATION, { adminUrl: 'https://restate.example.com:9070' }),
  },
  {
    of: 'ServiceDeployer (2)',
    weakness: 'services are registered without a token',
    template: 'restate-cdk-1.7.0-Attributes',
    claim: 'registration-by-deployers-only',
    evidence: /shows no token/,
    mend: set(REGISTRATION, { authTokenSecretArn: { Ref: 'Token' } }),
  },
  {
    of: 'ServiceDeployer (3)',
    weakness: 'whose certificate it is nobody verifies',
    template: WITH_TLS,
    claim: 'registration-by-deployers-only',
    evidence: /takes any certificate for that of the server \(insecure\)/,
    mend: set(REGISTRATION, { insecure: 'false' }),
  },
  {
    of: 'ServiceDeployer (4)',
    weakness: 'the function that registers stands in no network of the owner',
    template: 'restate-cdk-1.7.0-Cloud',
    claim: 'services-egress-bounded',
    evidence: /DeployerEventHandler\w+ stands in no network of the owner/,
    mend: (file) => {
      const groups = { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'registrar' } };
      Object.assign(file['Resources'], { Registrar: groups });
      set(REGISTRAR, { VpcConfig: { SecurityGroupIds: [{ Ref: 'Registrar' }], SubnetIds: ['subnet-1'] } })(file);
    },
  },
  {
    of: 'ServiceDeployer (6)',
    weakness: 'a service that goes takes the calls with it that are at it',
    template: 'restate-cdk-1.7.0-Attributes',
    claim: 'deploy-drains',
    evidence: /takes its service away by force when it goes/,
    mend: set(REGISTRATION, { removalPolicy: 'retain' }),
  },
];
