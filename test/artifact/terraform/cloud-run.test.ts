import { configured } from './terraform-artifact';

function read(service: object, template: object = {}): ReturnType<typeof configured> {
  return configured({
    google_cloud_run_v2_service: {
      s: { name: 'greeter', template: { containers: [{ image: 'i' }], ...template }, ...service },
    },
  });
}

test('a service that says nothing is open to all who may invoke it, on 8080 over HTTP/1, as the project’s own account', () => {
  const [service] = read({}).cloudRun ?? [];
  expect(service).toMatchObject({
    id: 'google_cloud_run_v2_service.s',
    name: ['greeter'],
    ingress: 'all',
    invokerCheck: 'on',
    port: { number: 8080, protocol: 'http1' },
  });
  expect(service).not.toHaveProperty('account');
});

test.each([
  ['INGRESS_TRAFFIC_ALL', 'all'],
  ['INGRESS_TRAFFIC_INTERNAL_ONLY', 'internal'],
  ['INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER', 'internal-and-balancer'],
  ['INGRESS_TRAFFIC_NEW', 'unknown'],
  ['${var.ingress}', 'unknown'],
])('ingress %s is %s', (ingress, expected) => {
  expect(read({ ingress }).cloudRun).toMatchObject([{ ingress: expected }]);
});

test.each([
  [true, 'off'],
  [false, 'on'],
  ['${var.off}', 'unknown'],
])('with invoker_iam_disabled %s the check is %s', (invoker_iam_disabled, expected) => {
  expect(read({ invoker_iam_disabled }).cloudRun).toMatchObject([{ invokerCheck: expected }]);
});

test.each([
  ['h2c', { ports: { name: 'h2c', container_port: 9080 } }, { number: 9080, protocol: 'h2c' }],
  ['a list of it', { ports: [{ name: 'http1', container_port: '9080' }] }, { number: 9080, protocol: 'http1' }],
  ['a port without a name', { ports: { container_port: 9080 } }, { number: 9080, protocol: 'http1' }],
  ['another name', { ports: { name: 'http9' } }, { number: 8080, protocol: 'unknown' }],
  ['an unknown name', { ports: { name: '${var.name}' } }, { number: 8080, protocol: 'unknown' }],
])('the port is read: %s', (_what, container, port) => {
  expect(read({}, { containers: [{ image: 'sidecar' }, { image: 'i', ...container }] }).cloudRun).toMatchObject([
    { port },
  ]);
});

test('variables, secrets and arguments of a container are read', () => {
  const env = [
    { name: 'A', value: '1' },
    { name: 'S', value_source: { secret_key_ref: { secret: '${google_secret_manager_secret.x.id}', version: '3' } } },
  ];
  const { cloudRun } = configured({
    google_secret_manager_secret: { x: { secret_id: 'x' } },
    google_cloud_run_v2_service: {
      s: { name: 's', template: { containers: { image: 'r/i:1@sha256:aa', command: ['run'], args: ['-x'], env } } },
    },
  });
  expect(cloudRun?.[0]?.containers).toMatchObject([
    {
      entryPoint: [['run']],
      command: [['-x']],
      environment: { A: ['1'] },
      secrets: { S: [{ logicalId: 'google_secret_manager_secret.x', attribute: 'id' }, '/versions/', '3'] },
    },
  ]);
});

test('what is not modelled is said', () => {
  expect(read({ iap_enabled: true }).unreadable).toHaveLength(1);
  expect(configured({ google_cloud_run_service: { s: { name: 's' } } }).unreadable).toMatchObject([
    { subject: 'google_cloud_run_service.s' },
  ]);
});
