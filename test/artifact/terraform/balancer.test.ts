import { join } from 'node:path';
import { readArtifacts } from '../../../lib/artifact/read';
import { configured, type Resources } from './terraform-artifact';

const UNIT = [
  '#cloud-config',
  'write_files:',
  '  - path: /etc/systemd/system/gate.service',
  '    content: |',
  '      [Service]',
  '      ExecStart=/usr/bin/docker run --name gate --network n --publish 443:8443 --publish 9443:9443 r/envoy:1',
  'runcmd:',
  '  - systemctl start gate.service',
].join('\n');

const MACHINES = {
  google_compute_instance_template: { t: { network_interface: {}, metadata: { 'user-data': UNIT } } },
  google_compute_instance_group_manager: {
    g: {
      version: { instance_template: '${google_compute_instance_template.t.id}' },
      named_port: { name: 'ingress', port: 443 },
    },
  },
};
const BACKEND = { group: '${google_compute_instance_group_manager.g.instance_group}' };
const PASSING = {
  ...MACHINES,
  google_compute_region_health_check: { c: { name: 'c', http_health_check: { port: 8081, request_path: '/healthz' } } },
  google_compute_region_backend_service: {
    b: { name: 'b', backend: BACKEND, health_checks: ['${google_compute_region_health_check.c.id}'] },
  },
};
const ENDING = {
  ...MACHINES,
  google_compute_health_check: { c: { name: 'c', tcp_health_check: {} } },
  google_compute_backend_service: {
    b: {
      name: 'b',
      protocol: 'HTTPS',
      port_name: 'ingress',
      backend: [BACKEND],
      health_checks: ['${google_compute_health_check.c.id}'],
    },
  },
  google_compute_url_map: { u: { name: 'u', default_service: '${google_compute_backend_service.b.id}' } },
  google_compute_ssl_policy: { p: { name: 'p', profile: 'RESTRICTED', min_tls_version: 'TLS_1_2' } },
  google_compute_target_https_proxy: {
    x: { name: 'x', url_map: '${google_compute_url_map.u.id}', ssl_policy: '${google_compute_ssl_policy.p.id}' },
  },
  google_compute_global_forwarding_rule: {
    f: { name: 'f', target: '${google_compute_target_https_proxy.x.id}', port_range: '443' },
  },
};

function passing(rule: object, more: Resources = {}): ReturnType<typeof configured> {
  const given = { backend_service: '${google_compute_region_backend_service.b.id}', ports: ['443'], ...rule };
  return configured({ ...PASSING, google_compute_forwarding_rule: { f: given }, ...more });
}

test('packets pass to the port of a machine that they were sent to', () => {
  const { balancers, unreadable } = passing({ load_balancing_scheme: 'INTERNAL' });
  expect(unreadable).toEqual([]);
  expect(balancers).toEqual([
    {
      id: 'google_compute_forwarding_rule.f',
      type: 'passthrough',
      scheme: 'internal',
      listeners: [
        {
          id: 'google_compute_forwarding_rule.f',
          port: 443,
          protocol: 'TCP',
          targets: [
            {
              group: 'google_compute_region_backend_service.b',
              protocol: 'TCP',
              host: 'google_compute_instance_template.t',
              port: 443,
              healthCheck: { protocol: 'HTTP', port: 8081, path: '/healthz' },
            },
          ],
        },
      ],
    },
  ]);
});

test.each([
  ['what says nothing', {}, 'internet-facing'],
  ['an external one', { load_balancing_scheme: 'EXTERNAL' }, 'internet-facing'],
  ['one that is not known', { load_balancing_scheme: '${var.scheme}' }, 'internet-facing'],
  ['an internal one', { load_balancing_scheme: 'INTERNAL' }, 'internal'],
])('%s is %s', (_what, rule, scheme) => {
  expect(passing(rule).balancers).toMatchObject([{ scheme }]);
});

test('every port of a rule is a listener', () => {
  const { balancers } = passing({ ports: ['443', 9443] });
  expect(balancers[0]?.listeners.map(({ id, port }) => [id, port])).toEqual([
    ['google_compute_forwarding_rule.f:443', 443],
    ['google_compute_forwarding_rule.f:9443', 9443],
  ]);
});

test.each([
  ['all ports', { ports: undefined, all_ports: true }, [443, 9443]],
  ['a range of ports', { ports: undefined, port_range: '400-500' }, [443]],
])('of %s those count that a machine publishes, and that there are more is said', (_what, rule, ports) => {
  const { balancers, unreadable } = passing(rule);
  expect(balancers[0]?.listeners.map(({ port }) => port)).toEqual(ports);
  expect(unreadable).toMatchObject([
    { subject: 'google_compute_forwarding_rule.f', reason: expect.stringMatching(/more ports/) },
  ]);
});

test('an HTTPS balancer ends TLS by its policy and hands on to the named port', () => {
  const { balancers, unreadable } = configured(ENDING);
  expect(unreadable).toEqual([]);
  expect(balancers).toMatchObject([
    {
      type: 'application',
      scheme: 'internet-facing',
      listeners: [
        {
          port: 443,
          protocol: 'HTTPS',
          sslPolicy: 'RESTRICTED',
          minTlsVersion: 'TLSv1.2',
          targets: [{ protocol: 'HTTPS', port: 443, healthCheck: { protocol: 'TCP', port: 80 } }],
        },
      ],
    },
  ]);
});

test.each([
  ['no policy', undefined, 'TLSv1'],
  ['a policy that says nothing', {}, 'TLSv1'],
  ['an old one', { min_tls_version: 'TLS_1_1' }, 'TLSv1.1'],
])('with %s the oldest version is what Google takes', (_what, policy, minTlsVersion) => {
  const proxy = {
    url_map: '${google_compute_url_map.u.id}',
    ...(policy && { ssl_policy: '${google_compute_ssl_policy.p.id}' }),
  };
  const { balancers } = configured({
    ...ENDING,
    google_compute_ssl_policy: { p: { ...policy } },
    google_compute_target_https_proxy: { x: proxy },
  });
  expect(balancers[0]?.listeners[0]).toMatchObject({ minTlsVersion });
});

test('an HTTP proxy listens without TLS', () => {
  const proxies = {
    google_compute_target_http_proxy: { h: { url_map: '${google_compute_url_map.u.id}' } },
    google_compute_global_forwarding_rule: {
      f: { target: '${google_compute_target_http_proxy.h.id}', port_range: '80' },
    },
  };
  expect(configured({ ...ENDING, ...proxies }).balancers).toMatchObject([
    { listeners: [{ port: 80, protocol: 'HTTP' }] },
  ]);
});

test('every service that some path leads to is a target', () => {
  const map = {
    default_url_redirect: { https_redirect: true },
    path_matcher: [{ name: 'm', path_rule: [{ paths: ['/*'], service: '${google_compute_backend_service.b.id}' }] }],
  };
  const { balancers } = configured({ ...ENDING, google_compute_url_map: { u: map } });
  expect(balancers[0]?.listeners[0]?.targets).toHaveLength(1);
});

test.each<[string, Resources]>([
  [
    'a policy from elsewhere',
    {
      google_compute_target_https_proxy: { x: { url_map: '${google_compute_url_map.u.id}', ssl_policy: 'elsewhere' } },
    },
  ],
  ['a version of TLS that is new', { google_compute_ssl_policy: { p: { min_tls_version: 'TLS_9' } } }],
  ['a URL map from elsewhere', { google_compute_target_https_proxy: { x: { url_map: 'elsewhere' } } }],
  ['a service from elsewhere', { google_compute_url_map: { u: { default_service: 'elsewhere' } } }],
  [
    'a group from elsewhere',
    {
      google_compute_backend_service: {
        b: { ...ENDING.google_compute_backend_service.b, backend: [{ group: 'elsewhere' }] },
      },
    },
  ],
  [
    'dynamic backends',
    {
      google_compute_backend_service: {
        b: { ...ENDING.google_compute_backend_service.b, dynamic: { backend: { for_each: ['1'], content: {} } } },
      },
    },
  ],
  [
    'a port that nobody names',
    { google_compute_backend_service: { b: { ...ENDING.google_compute_backend_service.b, port_name: 'x' } } },
  ],
  [
    'a health check from elsewhere',
    { google_compute_backend_service: { b: { ...ENDING.google_compute_backend_service.b, health_checks: ['x'] } } },
  ],
  [
    'a port range that is none',
    {
      google_compute_global_forwarding_rule: {
        f: { target: '${google_compute_target_https_proxy.x.id}', port_range: 'https' },
      },
    },
  ],
  ['a proxy that ends TCP', { google_compute_target_tcp_proxy: { x: {} } }],
  [
    'a target of another kind',
    { google_compute_forwarding_rule: { g: { target: '${google_compute_target_pool.p.id}' } } },
  ],
  ['an endpoint for other networks', { google_compute_service_attachment: { s: {} } }],
])('a balancer with %s is reported', (_what, more) => {
  expect(configured({ ...ENDING, ...more }).unreadable).not.toEqual([]);
});

test('the deployment that nobody of ours wrote is read whole', () => {
  const [artifact] = readArtifacts(join(__dirname, '../../fixtures/google/hand-written.tf.json'));
  expect(artifact).toMatchObject({
    unreadable: [],
    hosts: [
      {
        network: 'published',
        containers: [{ name: 'gate' }, { name: 'durable' }],
        internetRoute: 'none',
        instance: { published: [{ port: 443 }, { port: 10_080 }], metadata: { kind: 'guarded' } },
      },
    ],
    balancers: [{ type: 'passthrough', scheme: 'internal', listeners: [{ port: 443 }] }],
    cloudRun: [{ ingress: 'internal', port: { number: 9080, protocol: 'h2c' } }],
    networkCidrs: ['10.40.1.0/24'],
  });
  expect(artifact?.firewall).toHaveLength(5);
  expect(artifact?.grants).toHaveLength(6);
  expect(artifact?.defaults?.map(({ parameter }) => parameter).sort()).toEqual(['host_name', 'project', 'region']);
});
