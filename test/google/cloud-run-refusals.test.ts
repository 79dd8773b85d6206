import { CloudRunProbe } from '../../lib/google/cloud-run-probe';
import { GoogleCredentials } from '../../lib/google/credentials';
import { SecretVersion } from '../../lib/google/secret-version';
import { GoogleIdToken } from '../../lib/restate/google-id-token';
import { refusal } from '../core/refusal';
import { CALLER_ACCOUNT, IMAGE, newStack, PUBLIC_KEY, resourcesWith, serviceIn } from './service-stack';

const TOKEN = '${TfToken[TOKEN.1]}';
const secret = SecretVersion.of({ secret: 'projects/my-project/secrets/database', version: '3' });
const impersonated = GoogleIdToken.impersonated({ serviceAccount: CALLER_ACCOUNT });
const user = GoogleCredentials.userCredentials({ secret, user: 'ada@example.com', impersonate: CALLER_ACCOUNT });

const http = (path: string): object => ({ startupProbe: { kind: 'http', path } });
const ambient = (audience: string): object => ({ auth: GoogleIdToken.ambient({ audience }) });
const refused = (asked: object): ReturnType<typeof refusal> => refusal(() => serviceIn(newStack(), asked));

describe('a service of Cloud Run cannot be opened to others', () => {
  test.each([
    ['everybody', { invokers: ['allUsers'] }],
    ['everybody with an account', { members: ['allAuthenticatedUsers'] }],
    ['a domain', { invoker: 'domain:example.com' }],
    ['the internet', { ingress: 'INGRESS_TRAFFIC_ALL' }],
    ['who shows no token', { invokerIamDisabled: true }],
    ['who shows no token, by its older name', { allowUnauthenticated: true }],
  ])('as %s: there is no such option', (_, asked) => {
    expect(refused(asked).code).toBe('OptionUnknown');
  });

  test.each(['allUsers', 'allAuthenticatedUsers', 'domain:example.com', 'group:ops@example.com', 'ada@example.com'])(
    'by impersonating %s',
    (serviceAccount) => {
      expect(refused({ auth: { kind: 'impersonated', serviceAccount } }).code).toBe('ServiceAccountInvalid');
    },
  );

  test.each([
    ['HTTP/1', { protocol: 'http1' }],
    ['another name of its port', { ports: { name: 'http1', containerPort: 9080 } }],
  ])('or be spoken to in %s: there is no such option', (_, asked) => {
    expect(refused(asked).code).toBe('OptionUnknown');
  });
});

describe('a service of Cloud Run is refused', () => {
  const address = 'https://greeter.example.com';
  const own = 'https://greeter-123456789012.europe-west3.run.app';
  const elsewhere = 'https://greeter-999.europe-west3.run.app';
  const foreignTag = 'https://next---greeter-999.europe-west3.run.app';
  const tag = 'https://next---greeter-123456789012.europe-west3.run.app';

  test.each<[string, string, object]>([
    ['with a person whose credentials mint nothing', 'CredentialMismatch', { credentials: user }],
    ['behind a server without credentials', 'CredentialsMissing', { credentials: GoogleCredentials.none() }],
    ['for an account that the server may not be', 'ImpersonationTargetUnknown', { auth: impersonated }],
    ['without a token', 'IdTokenInvalid', { auth: { kind: 'none' } }],

    ['at a domain without an audience', 'AudienceMissing', { address }],
    ['at a domain that it only takes tokens for', 'AudienceMissing', { address, customAudiences: [address] }],
    ['at a traffic tag without an audience', 'AudienceMissing', { address: tag }],
    ['at an address that comes later, without an audience', 'AudienceMissing', { address: TOKEN }],
    ['for an audience that it does not take', 'AudienceInvalid', ambient(address)],
    ['for its namesake in another project', 'AudienceInvalid', ambient('https://greeter-999.europe-west3.run.app')],
    ['for a traffic tag', 'AudienceInvalid', ambient(tag)],
    ['for a path of its own', 'AudienceInvalid', ambient('https://greeter-1.europe-west3.run.app/')],
    ['for another service', 'AudienceInvalid', ambient('https://billing-1.europe-west3.run.app')],
    ['for its namesake elsewhere', 'AudienceInvalid', ambient('https://greeter-1.us-east1.run.app')],
    ['for a look-alike', 'AudienceInvalid', ambient('https://greeter-1.europe-west3.run.app.example.com')],
    ['for a custom audience of two words', 'AudienceInvalid', { customAudiences: ['a b'] }],
    ['for a custom audience that comes later', 'ValueNotConcrete', { customAudiences: [TOKEN] }],
    ['at its namesake in another project', 'ServiceAddressInvalid', { address: elsewhere }],
    ['at a tag of its namesake in another project', 'ServiceAddressInvalid', { ...ambient(own), address: foreignTag }],
    ['in a project of one word', 'OptionInvalid', { project: 'my-project' }],
    ['in a project by its id alone', 'ProjectInvalid', { project: { id: 'my-project', number: 'my-project' } }],
    ['at an address in clear', 'ServiceAddressInvalid', { ...ambient(address), address: 'http://greeter.example.com' }],
    ['at a path', 'ServiceAddressInvalid', { address: `${address}/greeter` }],
    ['at an address of a machine', 'ServiceAddressInvalid', { address: 'https://169.254.169.254' }],
    ['without any address', 'DefaultUrlNeeded', { disableDefaultUrl: true }],

    ['on no port', 'ServicePortInvalid', { port: 0 }],
    ['on a port too high', 'ServicePortInvalid', { port: 99_999 }],
    ['on half a port', 'ServicePortInvalid', { port: 80.5 }],
    ['by a name in capitals', 'ServiceNameInvalid', { name: 'Greeter' }],
    ['by a name that ends in a hyphen', 'ServiceNameInvalid', { name: 'greeter-' }],
    ['by a name that starts with a digit', 'ServiceNameInvalid', { name: '1greeter' }],
    ['by a name of 50 letters', 'ServiceNameInvalid', { name: 'g'.repeat(50) }],
    ['by a name that comes later', 'ValueNotConcrete', { name: TOKEN }],
    ['in no region', 'RegionInvalid', { region: 'europe-west3-a' }],

    ['by an image as text', 'OptionInvalid', { image: `${IMAGE.repository}:${IMAGE.tag}` }],
    ['by the latest image', 'ImageTagInvalid', { image: { ...IMAGE, tag: 'latest' } }],
    ['by an image without a digest', 'ImageDigestInvalid', { image: { ...IMAGE, digest: '' } }],
    [
      'by an image from elsewhere',
      'ImageRepositoryElsewhere',
      { image: { ...IMAGE, repository: 'docker.io/me/greeter' } },
    ],

    ['with too little memory', 'ServiceSizeInvalid', { memoryMib: 128 }],
    ['with more memory than its processor takes', 'ServiceSizeInvalid', { cpu: 1, memoryMib: 8192 }],
    ['with less memory than its processors take', 'ServiceSizeInvalid', { cpu: 4, memoryMib: 512 }],
    ['with three processors', 'ServiceSizeInvalid', { cpu: 3 }],
    ['with more instances than at most', 'ServiceSizeInvalid', { minInstances: 5, maxInstances: 4 }],
    ['with no instances', 'ServiceSizeInvalid', { maxInstances: 0 }],
    ['with too many calls at a time', 'ServiceSizeInvalid', { concurrency: 1001 }],
    ['for longer than Cloud Run waits', 'DurationOutOfRange', { timeoutSeconds: 3601 }],

    [
      'with a key of another region',
      'EncryptionKeyElsewhere',
      { encryptionKey: 'projects/p/locations/us/keyRings/r/cryptoKeys/k' },
    ],
    ['with no policy', 'BinaryAuthorizationInvalid', { binaryAuthorizationPolicy: 'none' }],
    ['with another way out', 'VpcEgressInvalid', { vpcEgress: { network: {}, traffic: 'all-traffic' } }],
    [
      'with a tag, which Google ignores as a source',
      'OptionUnknown',
      { vpcEgress: { network: {}, tags: ['greeter'] } },
    ],
  ])('%s', (_, code, asked) => {
    expect(refused(asked).code).toBe(code);
  });

  test.each<[string, object, string]>([
    ['its own URL', {}, `GoogleIdToken.ambient({ audience: "${own}" })`],
    [
      'its own URL, for the account that is called as',
      { auth: impersonated },
      `GoogleIdToken.impersonated({ serviceAccount: "${CALLER_ACCOUNT}", audience: "${own}" })`,
    ],
    [
      'its own URL, for an account that comes later',
      { auth: GoogleIdToken.impersonated({ serviceAccount: TOKEN }) },
      `GoogleIdToken.impersonated({ serviceAccount, audience: "${own}" })`,
    ],
    [
      'its own URL, but for a number that comes later',
      { project: { id: 'my-project', number: TOKEN } },
      'GoogleIdToken.ambient({ audience: "https://greeter-PROJECT_NUMBER.europe-west3.run.app" })',
    ],
  ])('with an audience that it has to say, and says which: %s', (_, asked, auth) => {
    expect(refused({ address, ...asked }).message).toContain(`auth: ${auth} [AudienceMissing]`);
  });

  test('at another project with the address to write', () => {
    expect(refused({ address: elsewhere }).message).toContain(`give "${own}" [ServiceAddressInvalid]`);
  });
});

describe('a probe of a service is refused', () => {
  // Google: "/eventlog", paths that start with "/_ah/", and "some paths that end with z", of which it advises to avoid all.
  test.each(['/healthz', '/readyz', '/z', '/a/livez', '/eventlog', '/_ah/health', '/_ah/'])(
    'at %s, which Google keeps to itself',
    (path) => {
      expect(refused(http(path)).code).toBe('HealthPathReserved');
    },
  );

  test.each(['/health', '/healthz/', '/zebra', '/eventlogs', '/_ahead', '/'])('nowhere else: %s', (path) => {
    expect(() => resourcesWith({ startupProbe: CloudRunProbe.http({ path }) })).not.toThrow();
  });

  test.each<[string, string, object]>([
    ['at no path', 'ProbeInvalid', http('health')],
    ['at a query', 'ProbeInvalid', http('/health?deep=1')],
    ['at a path that comes later', 'ValueNotConcrete', http(`/${TOKEN}`)],
    ['of a kind that there is none of', 'ProbeInvalid', { startupProbe: { kind: 'exec' } }],
    ['of the prototype', 'ProbeInvalid', { startupProbe: { kind: 'toString' } }],
    ['that is no sign of life', 'ProbeInvalid', { livenessProbe: { kind: 'tcp' } }],
    ['that asks all the time', 'ProbeInvalid', { startupProbe: { kind: 'tcp', periodSeconds: 0 } }],
    [
      'that waits longer than it asks',
      'ProbeInvalid',
      { startupProbe: { kind: 'tcp', periodSeconds: 2, timeoutSeconds: 3 } },
    ],
    ['that takes more than four minutes', 'ProbeInvalid', { startupProbe: { kind: 'tcp', failureThreshold: 25 } }],
    ['with a foreign word', 'OptionUnknown', { startupProbe: { kind: 'tcp', port: 8080 } }],
  ])('%s', (_, code, asked) => {
    expect(refused(asked).code).toBe(code);
  });
});

describe('a variable of a service is refused', () => {
  test.each([
    ['DATABASE_PASSWORD', 'hunter2'],
    ['stripe_api_key', 'hunter2'],
    ['SESSION_SECRET', TOKEN],
    ['SETTINGS', '-----BEGIN PRIVATE KEY-----hunter2'],
    ['DATABASE_URL', 'postgres://orders:hunter2@db/orders'],
    ['CLOUD', 'AKIAIOSFODNN7EXAMPLE'],
    ['MAPS', `AIza${'x'.repeat(35)}`],
    ['HUB', `ghp_${'x'.repeat(36)}`],
    ['BEARER', `eyJhbGciOiJub25l.eyJzdWIiOiJhZGEi.x`],
  ])('as a credential: %s, without showing it', (name, value) => {
    const { code, message } = refused({ environment: { [name]: value } });

    expect(code).toBe('LiteralCredential');
    expect(message).not.toContain(value);
    expect(message).not.toContain('hunter2');
  });

  test.each(['PORT', 'K_SERVICE', 'X_GOOGLE_A', 'CLOUD_RUN_JOB', 'RESTATE_IDENTITY_KEYS', 'A-B', ''])(
    'that somebody else sets, or that is none: %s',
    (name) => {
      expect(refused({ environment: { [name]: 'x' } }).code).toBe('EnvironmentInvalid');
    },
  );

  test('that comes from a secret, which a file holds', () => {
    const environment = { DATABASE: { secret: 'projects/my-project/secrets/database' } };
    expect(refused({ environment }).code).toBe('EnvironmentInvalid');
  });

  test.each([
    ['DATABASE_PASSWORD_FILE', '/secrets/database/password'],
    ['TOKEN_URL', 'https://login.example.com/token'],
    ['PUBLIC_KEY', PUBLIC_KEY],
    ['MONKEY', 'banana'],
  ])('no other: %s', (name, value) => {
    expect(() => resourcesWith({ environment: { [name]: value } })).not.toThrow();
  });
});

describe('a secret of a service is refused', () => {
  test.each<[string, string, object]>([
    ['as a value', 'SecretIdInvalid', { '/secrets/a/b': 'hunter2' }],
    ['as whatever is latest', 'SecretVersionInvalid', { '/secrets/a/b': { ...secret, version: 'latest' } }],
    ['in the root', 'SecretPathInvalid', { '/password': secret }],
    ['without a folder', 'SecretPathInvalid', { password: secret }],
    ['where the system is', 'SecretPathInvalid', { '/etc/ssl/key': secret }],
    ['where processes are', 'SecretPathInvalid', { '/proc/1/key': secret }],
    ['by a way round', 'SecretPathInvalid', { '/secrets/../etc/key': secret }],
    ['beside another', 'SecretPathInvalid', { '/secrets/a': secret, '/secrets/b': secret }],
    ['around another', 'SecretPathInvalid', { '/secrets/a': secret, '/secrets/b/c': secret }],
  ])('%s', (_, code, secrets) => {
    const { code: said, message } = refused({ secrets });

    expect(said).toBe(code);
    expect(message).not.toContain('hunter2');
  });
});
