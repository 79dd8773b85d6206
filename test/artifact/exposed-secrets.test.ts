import { exposedSecrets } from '../../lib/artifact/exposed-secrets';
import { templateSecrets } from '../../lib/artifact/cloudformation/template-secrets';
import { moduleSecrets } from '../../lib/artifact/terraform/module-secrets';
import { type Json, parseTemplateText } from '../../lib/artifact/template-text';

const RANDOM = ['wJalrXUtn', 'FEMI7MDENG', 'bPxRfiCY', 'EXAMPLEKEY12'].join('');
/** In pieces, so that nothing that looks for secrets finds this file. */
const LABEL = ['PRIVATE', 'KEY'].join(' ');
const PEM = `-----BEGIN ${LABEL}-----\nMC4CAQAwBQYDK2VwBCIEIH0kKf3mPq5nTq9vYp3a\n-----END ${LABEL}-----`;
const JWT = ['eyJhbGciOiJFUzI1NiJ9', 'eyJzdWIiOiJhbGljZSJ9', 'c2lnbmF0dXJlLXRoYXQtaXMtbG9uZw'].join('.');
const AWS_KEY = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');

function json(value: object): ReadonlyMap<string, Json> {
  return parseTemplateText(JSON.stringify(value), 'test.json') as ReadonlyMap<string, Json>;
}

function inTemplate(
  properties: object,
  type: string = 'AWS::ECS::TaskDefinition',
  more: object = {},
): readonly string[] {
  const found = templateSecrets(json({ Resources: { R: { Type: type, Properties: properties } }, ...more }));
  return found.map(({ subject, where, sure }) => `${subject} ${where}${sure ? '' : ' ?'}`);
}

const variable = (Name: string, Value: unknown): object => ({
  ContainerDefinitions: [{ Environment: [{ Name, Value }] }],
});
const AT = 'R Properties.ContainerDefinitions[0].Environment[0].Value';

test.each([
  ['a password by its name', 'DATABASE_PASSWORD', 'hunter2'],
  ['a private key', 'ANYTHING', PEM],
  ['a private key on one line', 'ANYTHING', PEM.replaceAll('\n', '\\n')],
  ['a signed token', 'ANYTHING', JWT],
  ['an access key', 'AWS_ACCESS_KEY_ID', AWS_KEY],
  ['an access key split up', 'ANYTHING', { 'Fn::Join': ['', [AWS_KEY.slice(0, 6), AWS_KEY.slice(6)]] }],
  ['an address with a password', 'DATABASE_URL', 'postgres://app:hunter22@db.internal:5432/app'],
  ['a password among references', 'DATABASE_URL', { 'Fn::Sub': 'postgres://app:hunter22@${Database.Endpoint}/app' }],
  ['a value that the cloud puts in', 'KEY', '{{resolve:secretsmanager:orders/key:SecretString:key}}'],
  ['a parameter that the cloud puts in', 'KEY', { 'Fn::Sub': '{{resolve:ssm-secure:/orders/key}}' }],
  ['the secret half of a key of a user', 'KEY', { 'Fn::GetAtt': ['AccessKey', 'SecretAccessKey'] }],
  ['a key of JSON', 'JWK', '{"kty":"OKP","crv":"Ed25519","x":"abc","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}'],
  ['an authorization header', 'HEADERS', 'Authorization: Bearer 0123456789abcdef0123456789'],
])('%s is found in a variable', (_what, name, value) => {
  expect(inTemplate(variable(name, value))).toEqual([AT]);
});

test('a random value is not known to be a secret, nor to be none', () => {
  expect(inTemplate(variable('SEASONING', RANDOM))).toEqual([`${AT} ?`]);
});

test.each([
  ['a place', 'DATABASE_PASSWORD_FILE', '/run/secrets/password'],
  ['the name of a secret', 'DATABASE_SECRET', 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db'],
  ['an ARN', 'SECRET_ARN', { Ref: 'Secret' }],
  ['a switch', 'REQUIRE_TOKEN', 'true'],
  ['a public key', 'RESTATE_IDENTITY_KEYS', 'publickeyv1_AYu6VksKvoHSUpgfsPy5Khzpr3t8xJ9re8kGgcipMsgx'],
  ['a digest', 'IMAGE', `sha256:${'0123456789abcdef'.repeat(4)}`],
  [
    'a public key of JSON',
    'JWKS',
    '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}',
  ],
  ['a reference', 'PASSWORD', { Ref: 'Password' }],
  ['prose', 'DESCRIPTION', 'Callers without a good credential: refused by the proxy'],
  ['the beginning of a key that a script looks for', 'SCRIPT', "case $1 in '-----BEGIN PRIVATE KEY-----'*) ;; esac"],
  ['a token that a script asks for', 'SCRIPT', 'token=$(curl -s "$METADATA/latest/api/token")'],
  ['an operator of a log', 'FORMAT', '{"api_key":"%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:api_key:jti)%"}'],
])('%s is no secret', (_what, name, value) => {
  expect(inTemplate(variable(name, value))).toEqual([]);
});

test.each([
  ['arguments', { ContainerDefinitions: [{ Command: ['--password=hunter22'] }] }, 'AWS::ECS::TaskDefinition'],
  [
    'a script in arguments',
    { ContainerDefinitions: [{ Command: ['export API_KEY=hunter22abc; run'] }] },
    'AWS::ECS::TaskDefinition',
  ],
  ['labels', { ContainerDefinitions: [{ DockerLabels: { token: 'hunter22' } }] }, 'AWS::ECS::TaskDefinition'],
  [
    'user data',
    { LaunchTemplateData: { UserData: { 'Fn::Base64': '#!/bin/bash\nDB_PASSWORD=hunter22\n' } } },
    'AWS::EC2::LaunchTemplate',
  ],
  [
    'user data that is encoded',
    { LaunchTemplateData: { UserData: Buffer.from('#!/bin/bash\nexport DB_PASSWORD=hunter22\n').toString('base64') } },
    'AWS::EC2::LaunchTemplate',
  ],
  ['variables of a function', { Environment: { Variables: { API_TOKEN: 'hunter22' } } }, 'AWS::Lambda::Function'],
  ['the text of a secret', { SecretString: 'hunter22' }, 'AWS::SecretsManager::Secret'],
  ['the password of a database', { MasterUserPassword: 'hunter22' }, 'AWS::RDS::DBInstance'],
  ['a tag', { Tags: [{ Key: 'password', Value: 'hunter22' }] }, 'AWS::S3::Bucket'],
])('a secret is found in %s', (_what, properties, type) => {
  expect(inTemplate(properties, type)).toHaveLength(1);
});

test('a property that is made for a secret may have the cloud put it in', () => {
  const value = '{{resolve:secretsmanager:db:SecretString:password}}';
  expect(inTemplate({ MasterUserPassword: value }, 'AWS::RDS::DBInstance')).toEqual([]);
  expect(inTemplate({ DBName: value }, 'AWS::RDS::DBInstance')).toHaveLength(1);
});

test.each([
  ['outputs', { Outputs: { Key: { Value: '{{resolve:secretsmanager:orders/key}}' } } }],
  ['outputs, by name', { Outputs: { ApiKey: { Value: 'hunter22' } } }],
  ['mappings', { Mappings: { M: { eu: { password: 'hunter22' } } } }],
  ['metadata', { Metadata: { note: `key ${AWS_KEY}` } }],
  [
    'the default of a parameter that nobody is to see',
    { Parameters: { P: { Type: 'String', NoEcho: true, Default: 'x' } } },
  ],
  ['the default of a parameter', { Parameters: { DbPassword: { Type: 'String', Default: 'hunter22' } } }],
])('a secret is found in %s', (_what, sections) => {
  expect(inTemplate({}, 'AWS::ECS::Cluster', sections)).toHaveLength(1);
});

test('a parameter that nobody is to see shows in a variable', () => {
  const Parameters = { Key: { Type: 'String', NoEcho: true } };
  expect(inTemplate(variable('KEY', { Ref: 'Key' }), 'AWS::ECS::TaskDefinition', { Parameters })).toEqual([AT]);
});

test('metadata of a resource counts', () => {
  const content = json({ Resources: { R: { Type: 'T', Metadata: { note: PEM } } } });
  expect(templateSecrets(content)).toEqual([
    { subject: 'R', where: 'Metadata.note', what: 'a private key', sure: true },
  ]);
});

function inModule(content: object): readonly string[] {
  return moduleSecrets(json(content)).map(({ subject, where, sure }) => `${subject} ${where}${sure ? '' : ' ?'}`);
}

test.each([
  [{ resource: { random_password: { p: { length: 16 } } } }, ['random_password.p its result']],
  [{ resource: { tls_private_key: { k: [{ algorithm: 'ED25519' }] } } }, ['tls_private_key.k its result']],
  [
    { resource: { google_secret_manager_secret_version: { v: { secret: 's', secret_data: '${var.key}' } } } },
    ['google_secret_manager_secret_version.v secret_data'],
  ],
  [{ resource: { google_secret_manager_secret_version: { v: { secret: 's', secret_data_wo: '${var.key}' } } } }, []],
  [
    { data: { google_secret_manager_secret_version: { v: { secret: 's' } } } },
    ['data.google_secret_manager_secret_version.v its result'],
  ],
  [
    {
      resource: {
        google_compute_instance: {
          m: { metadata: { note: '${data.google_secret_manager_secret_version.v.secret_data}' } },
        },
      },
    },
    ['google_compute_instance.m metadata.note'],
  ],
  [{ variable: { db_password: { default: 'hunter22' } } }, ['variable db_password.default']],
  [{ output: { key: { value: PEM } } }, ['output key.value']],
  [{ provider: { google: [{ credentials: PEM }] } }, ['provider google[0].credentials']],
  [{ locals: { api_token: 'hunter22' } }, ['locals api_token']],
  [
    {
      resource: {
        google_cloud_run_v2_service: {
          s: { template: { containers: [{ env: [{ name: 'API_KEY', value: 'hunter22' }] }] } },
        },
      },
    },
    ['google_cloud_run_v2_service.s template.containers[0].env[0].value'],
  ],
  [
    {
      resource: {
        google_compute_instance: {
          m: { metadata: { 'user-data': '#cloud-config\n# $${X}\nexport TOKEN=hunter22abc\n' } },
        },
      },
    },
    ['google_compute_instance.m metadata.user-data'],
  ],
  [
    {
      resource: {
        google_cloud_run_v2_service: { s: { template: { volumes: [{ secret: { secret: 'projects/p/secrets/s' } }] } } },
      },
    },
    [],
  ],
])('a module exposes %j: %j', (content, expected) => {
  expect(inModule(content)).toEqual(expected);
});

test('a plan exposes what it plans', () => {
  const change = { after: { metadata: { password: 'hunter22' } } };
  const content = { resource_changes: [{ address: 'a.b', type: 'a', mode: 'managed', change }], planned_values: {} };
  expect(inModule(content)).toEqual(['a.b metadata.password']);
});

test('the value is never told', () => {
  const dialect = {
    text: (value: Json) => (typeof value === 'string' ? [value] : undefined),
    reveals: () => undefined,
  };
  const found = exposedSecrets('r', json({ password: 'hunter22', pem: PEM, jwt: JWT }), dialect);
  expect(found).toHaveLength(3);
  expect(JSON.stringify(found)).not.toMatch(/hunter22|MC4C|c2ln/);
});
