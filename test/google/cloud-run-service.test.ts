import { GoogleIdToken } from '../../lib/restate/google-id-token';
import { CloudRunService } from '../../lib/google/cloud-run-service';
import { CloudRunProbe } from '../../lib/google/cloud-run-probe';
import { GoogleCredentials } from '../../lib/google/credentials';
import { SecretVersion } from '../../lib/google/secret-version';
import {
  type Asked,
  CALLER_ACCOUNT,
  IMAGE,
  KnownServer,
  MACHINE_ACCOUNT,
  newStack,
  onlyOne,
  PROJECT,
  PUBLIC_KEY,
  rendered,
  resourcesOf,
  resourcesWith,
  serviceIn,
} from './service-stack';

const SERVICE = 'google_cloud_run_v2_service';
const BINDING = 'google_cloud_run_v2_service_iam_binding';
const KEY = 'projects/my-project/locations/europe-west3/keyRings/services/cryptoKeys/services';

interface Template {
  readonly containers: readonly [Readonly<Record<string, unknown>>];
  readonly [name: string]: unknown;
}

const serviceWith = (asked: Asked = {}): Readonly<Record<string, unknown>> => onlyOne(resourcesWith(asked), SERVICE);
const templateWith = (asked: Asked = {}): Template => serviceWith(asked)['template'] as Template;
const containerWith = (asked: Asked = {}): Readonly<Record<string, unknown>> => templateWith(asked).containers[0];
const environmentWith = (asked: Asked = {}): unknown => containerWith(asked)['env'];
const audienceOf = (asked: Asked): { audience: unknown; auth: unknown; address: unknown } => {
  const stack = newStack();
  const { audience, address, registrationAuth } = serviceIn(stack, asked);
  return { audience: rendered(stack, audience), address: rendered(stack, address), auth: registrationAuth };
};
const impersonate = { credentials: GoogleCredentials.metadataServer({ impersonate: CALLER_ACCOUNT }) };

describe('a service of Cloud Run of which nothing else is said', () => {
  test('is reached from inside alone, by those that may invoke it (S2.3)', () => {
    expect(serviceWith()).toMatchObject({ ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY', invoker_iam_disabled: false });
  });

  test('is spoken to in HTTP/2 from end to end, on the port that services of Restate listen on (S2.1, S2.2)', () => {
    expect(containerWith()['ports']).toEqual({ name: 'h2c', container_port: 9080 });
  });

  test('runs as an account of its own that holds no role at all', () => {
    const resources = resourcesWith();
    const [account] = Object.keys(resources['google_service_account'] ?? {});

    expect(templateWith()['service_account']).toBe(`\${google_service_account.${account}.email}`);
    expect(Object.keys(resources).toSorted()).toEqual([SERVICE, BINDING, 'google_service_account']);
    expect(JSON.stringify(resources[BINDING])).not.toContain('google_service_account.');
  });

  test('runs one image, admitted by the policy of the project, in the second generation', () => {
    expect(containerWith()['image']).toBe(`${IMAGE.repository}:1.0.0@${IMAGE.digest}`);
    expect(serviceWith()['binary_authorization']).toEqual({ use_default: true });
    expect(templateWith()['execution_environment']).toBe('EXECUTION_ENVIRONMENT_GEN2');
  });

  test('tells its container the public keys of the server, and nothing else', () => {
    expect(environmentWith()).toEqual([{ name: 'RESTATE_IDENTITY_KEYS', value: PUBLIC_KEY }]);
  });

  test('is not deleted by Terraform', () => {
    expect(serviceWith()['deletion_protection']).toBe(true);
  });

  test('gives an attempt the hour that Cloud Run has, and a container the four minutes', () => {
    expect(templateWith()['timeout']).toBe('3600s');
    expect(containerWith()['startup_probe']).toMatchObject({
      period_seconds: 10,
      failure_threshold: 24,
      tcp_socket: { port: 9080 },
    });
    expect(containerWith()['liveness_probe']).toBeUndefined();
  });

  test('is named after its construct, within what Cloud Run and accounts take', () => {
    const stack = newStack();
    const restate = new KnownServer(stack, 'Restate');
    const id = 'AServiceWhoseNameIsLongerThanThatOfAnyAccountOrServiceMayBe';
    new CloudRunService(stack, id, { restate, project: PROJECT, region: 'europe-west3', image: IMAGE });
    const resources = resourcesOf(stack);

    expect(onlyOne(resources, SERVICE)['name']).toMatch(/^[a-z][a-z0-9-]{0,47}[a-z0-9]$/);
    expect(onlyOne(resources, 'google_service_account')['account_id']).toMatch(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
  });
});

describe('the right to invoke a service', () => {
  test.each<[string, Asked, string]>([
    ['the account of the machine (S2.9)', {}, MACHINE_ACCOUNT],
    [
      'the account that the server impersonates, and not the machine (S2.5)',
      { ...impersonate, auth: GoogleIdToken.impersonated({ serviceAccount: CALLER_ACCOUNT }) },
      CALLER_ACCOUNT,
    ],
    ['the machine, where the server could impersonate and does not', impersonate, MACHINE_ACCOUNT],
  ])('is that of %s, of that one and on that service alone', (_, asked, account) => {
    const resources = resourcesWith(asked);
    const [service] = Object.keys(resources[SERVICE] ?? {});

    expect(onlyOne(resources, BINDING)).toMatchObject({
      name: `\${${SERVICE}.${service}.name}`,
      location: `\${${SERVICE}.${service}.location}`,
      role: 'roles/run.invoker',
      members: [`serviceAccount:${account}`],
    });
    expect(Object.keys(resources).filter((type) => /_iam_/.test(type))).toEqual([BINDING]);
  });

  test('is authoritative: whom somebody adds by hand, the next deployment removes', () => {
    expect(Object.keys(resourcesWith())).not.toContain(`${SERVICE}_iam_member`);
  });
});

describe('tokens for a service', () => {
  const own = `\${${SERVICE}.Greeter_A41DC22A.uri}`;
  const custom = 'https://greeter.example.com';
  const canonical = 'https://greeter-123456789012.europe-west3.run.app';

  test('are for its own URL, which the registration leaves to the server (S2.6)', () => {
    expect(audienceOf({})).toEqual({ audience: own, address: own, auth: { GoogleIdToken: {} } });
  });

  test.each<[string, Asked, string]>([
    [
      'behind a domain or balancer',
      { address: custom, auth: GoogleIdToken.ambient({ audience: canonical }) },
      canonical,
    ],
    [
      'behind a traffic tag',
      {
        address: 'https://next---greeter-123456789012.europe-west3.run.app',
        auth: GoogleIdToken.ambient({ audience: 'https://greeter-abcdef1234-ey.a.run.app' }),
      },
      'https://greeter-abcdef1234-ey.a.run.app',
    ],
    [
      'by a custom audience',
      { address: custom, customAudiences: [custom], auth: GoogleIdToken.ambient({ audience: custom }) },
      custom,
    ],
  ])('are for the audience that is named %s', (_, asked, audience) => {
    expect(audienceOf(asked)).toEqual({
      audience,
      address: asked.address,
      auth: { GoogleIdToken: { audience } },
    });
  });

  test('are for the address where that is its own URL', () => {
    expect(audienceOf({ address: canonical })).toMatchObject({ audience: canonical, address: canonical });
  });

  test('may be for custom audiences that the service then takes', () => {
    expect(serviceWith({ customAudiences: [custom] })['custom_audiences']).toEqual([custom]);
    expect(serviceWith()['custom_audiences']).toBeUndefined();
  });

  test('are registered as those of the account that is impersonated', () => {
    const auth = GoogleIdToken.impersonated({ serviceAccount: CALLER_ACCOUNT });
    expect(audienceOf({ ...impersonate, auth }).auth).toEqual({
      GoogleIdToken: { impersonate_service_account: CALLER_ACCOUNT },
    });
  });
});

describe('a service that is told more', () => {
  test('listens and is probed where it is said', () => {
    const livenessProbe = CloudRunProbe.grpc({ service: 'greeter', periodSeconds: 2 });
    const asked = { port: 8443, startupProbe: CloudRunProbe.http({ path: '/health' }), livenessProbe };

    expect(containerWith(asked)).toMatchObject({
      ports: { name: 'h2c', container_port: 8443 },
      startup_probe: { http_get: { path: '/health', port: 8443 }, timeout_seconds: 5 },
      liveness_probe: { grpc: { service: 'greeter', port: 8443 }, period_seconds: 2, timeout_seconds: 2 },
    });
  });

  test('is as large as it is said, in processors, memory and instances', () => {
    const asked = {
      cpu: 4,
      memoryMib: 4096,
      minInstances: 1,
      maxInstances: 3,
      concurrency: 7,
      timeoutSeconds: 60,
    } as const;

    expect(containerWith(asked)['resources']).toEqual({ limits: { cpu: '4', memory: '4096Mi' } });
    expect(templateWith(asked)).toMatchObject({
      scaling: { min_instance_count: 1, max_instance_count: 3 },
      max_instance_request_concurrency: 7,
      timeout: '60s',
    });
  });

  test('is encrypted with the key that is named, once Google may use it', () => {
    const resources = resourcesWith({ encryptionKey: KEY });
    const [grant] = Object.keys(resources['google_kms_crypto_key_iam_member'] ?? {});

    expect(templateWith({ encryptionKey: KEY })['encryption_key']).toBe(KEY);
    expect(onlyOne(resources, 'google_kms_crypto_key_iam_member')).toMatchObject({
      crypto_key_id: KEY,
      role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
      member: 'serviceAccount:service-123456789012@serverless-robot-prod.iam.gserviceaccount.com',
    });
    expect(onlyOne(resources, SERVICE)['depends_on']).toEqual([`google_kms_crypto_key_iam_member.${grant}`]);
  });

  test('has secrets as files alone, of one version each, and may read those', () => {
    const secret = 'projects/my-project/secrets/database';
    const asked = {
      secrets: {
        '/secrets/database/password': SecretVersion.of({ secret, version: '3' }),
        '/secrets/before/password': SecretVersion.of({ secret, version: '2' }),
      },
    };
    const template = templateWith(asked);

    expect(template.containers[0]['volume_mounts']).toEqual([
      { name: 'secret-1', mount_path: '/secrets/database' },
      { name: 'secret-2', mount_path: '/secrets/before' },
    ]);
    expect(template['volumes']).toEqual([
      { name: 'secret-1', secret: { secret, items: [{ path: 'password', version: '3' }] } },
      { name: 'secret-2', secret: { secret, items: [{ path: 'password', version: '2' }] } },
    ]);
    expect(onlyOne(resourcesWith(asked), 'google_secret_manager_secret_iam_member')).toMatchObject({
      secret_id: secret,
      role: 'roles/secretmanager.secretAccessor',
      member:
        templateWith()['service_account'] && expect.stringMatching(/^serviceAccount:\$\{google_service_account\./),
    });
    expect(JSON.stringify(environmentWith(asked))).not.toContain('value_source');
  });

  test('sends all that it sends through the network, unless it is said otherwise', () => {
    const network = { networkId: 'projects/p/global/networks/n', subnetworkId: 'projects/p/regions/r/subnetworks/s' };
    const interfaces = [{ network: network.networkId, subnetwork: network.subnetworkId }];

    expect(templateWith({ vpcEgress: { network } })['vpc_access']).toEqual({
      egress: 'ALL_TRAFFIC',
      network_interfaces: interfaces,
    });
    expect(templateWith({ vpcEgress: { network, traffic: 'PRIVATE_RANGES_ONLY' } })['vpc_access']).toEqual({
      egress: 'PRIVATE_RANGES_ONLY',
      network_interfaces: interfaces,
    });
  });

  test('keeps variables as they are, also where Terraform would read an expression', () => {
    const environment = { GREETING: '${name} at 100%{', LOG_LEVEL: 'debug', DATABASE_PASSWORD_FILE: '/secrets/db/p' };

    expect(environmentWith({ environment })).toEqual([
      { name: 'GREETING', value: '$${name} at 100%%{' },
      { name: 'LOG_LEVEL', value: 'debug' },
      { name: 'DATABASE_PASSWORD_FILE', value: '/secrets/db/p' },
      { name: 'RESTATE_IDENTITY_KEYS', value: PUBLIC_KEY },
    ]);
  });

  test('has no other address than the one that is named, where that is asked for', () => {
    const auth = GoogleIdToken.ambient({ audience: 'https://greeter-123456789012.europe-west3.run.app' });
    const asked = { address: 'https://greeter.example.com', auth };

    expect(serviceWith({ ...asked, disableDefaultUrl: true })['default_uri_disabled']).toBe(true);
    expect(serviceWith(asked)['default_uri_disabled']).toBeUndefined();
  });

  test('may be admitted by a policy of its own, and be deleted', () => {
    const binaryAuthorizationPolicy = 'projects/my-project/platforms/cloudRun/policies/signed';

    expect(serviceWith({ binaryAuthorizationPolicy, deletionProtection: false })).toMatchObject({
      binary_authorization: { policy: binaryAuthorizationPolicy },
      deletion_protection: false,
    });
  });
});
