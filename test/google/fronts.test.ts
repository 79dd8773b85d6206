import { AdminAccess } from '../../lib/core/admin-access';
import { writeDnsRecords, type DnsProps } from '../../lib/google/dns';
import { HTTPS_FRONT_PORT_NAME, HttpsFront, type HttpsFrontProps } from '../../lib/google/https-front';
import { ManagedCertificate } from '../../lib/google/managed-certificate';
import { PassthroughFront, type PassthroughFrontProps } from '../../lib/google/passthrough-front';
import { Peer, type PeerHandle } from '../../lib/google/peer';
import { refusal } from '../core/refusal';
import {
  lineOf,
  modelOf,
  networkWith,
  onlyOf,
  OPERATORS,
  PROJECT,
  resourcesOf,
  type Resource,
  type Resources,
} from './network-of';

const GROUP = 'https://www.googleapis.com/compute/v1/projects/my-project/zones/europe-west1-b/instanceGroups/restate';
const HEALTH = 'projects/my-project/regions/europe-west1/healthChecks/envoy';

const passthroughOf = (props: Partial<PassthroughFrontProps> = {}): Resources =>
  resourcesOf((stack) => {
    const common = { project: PROJECT, network: networkWith(), instanceGroup: GROUP, healthCheck: HEALTH, port: 443 };
    new PassthroughFront(stack, 'Front', { ...common, ...props });
  });

const httpsOf = (props: Partial<HttpsFrontProps> = {}): Resources =>
  resourcesOf((stack) => {
    const certificate = ManagedCertificate.forHostnames();
    const model = modelOf({ internetFacing: true });
    const common = { project: PROJECT, instanceGroup: GROUP, healthCheck: HEALTH, model, certificate };
    new HttpsFront(stack, 'Front', { ...common, ...props });
  });

const certificateOf = (...hostnames: string[]): Resource =>
  onlyOf(httpsOf({ model: modelOf({ hostnames, internetFacing: true }) }), 'google_compute_managed_ssl_certificate');

describe('a passthrough front', () => {
  test('is an address inside the network, for its region alone, before one port of the machine', () => {
    const resources = passthroughOf();
    expect(onlyOf(resources, 'google_compute_forwarding_rule')).toMatchObject({
      load_balancing_scheme: 'INTERNAL',
      ip_protocol: 'TCP',
      ports: ['443'],
      allow_global_access: false,
      network: networkWith().networkId,
      subnetwork: networkWith().subnetworkId,
      ip_address: expect.stringContaining('google_compute_address.'),
    });
    expect(onlyOf(resources, 'google_compute_address')).toMatchObject({
      address_type: 'INTERNAL',
      subnetwork: networkWith().subnetworkId,
    });
    expect(onlyOf(resources, 'google_compute_region_backend_service')).toMatchObject({
      load_balancing_scheme: 'INTERNAL',
      protocol: 'TCP',
      backend: [{ group: GROUP, balancing_mode: 'CONNECTION' }],
      health_checks: [HEALTH],
      connection_draining_timeout_sec: 30,
      log_config: { enable: true, sample_rate: 1 },
    });
  });

  test('serves operators at 8444', () => {
    expect(onlyOf(passthroughOf({ port: 8444 }), 'google_compute_forwarding_rule')['ports']).toEqual(['8444']);
  });

  test('is an address on the internet where that is asked for, in a network whose answers find their way', () => {
    const resources = passthroughOf({ internetFacing: true, network: networkWith('nat') });
    const rule = onlyOf(resources, 'google_compute_forwarding_rule');
    expect(rule).toMatchObject({ load_balancing_scheme: 'EXTERNAL', ports: ['443'] });
    expect(Object.keys(rule)).not.toEqual(expect.arrayContaining(['subnetwork']));
    expect(onlyOf(resources, 'google_compute_address')).toMatchObject({ address_type: 'EXTERNAL' });
    expect(onlyOf(resources, 'google_compute_region_backend_service')['load_balancing_scheme']).toBe('EXTERNAL');
  });

  test('refuses an address on the internet that no answer could leave for', () => {
    expect(refusal(() => passthroughOf({ internetFacing: true })).code).toBe('RouteToInternetMissing');
  });
});

describe('an HTTPS front', () => {
  test('ends TLS of 1.2 or later with forward secrecy, takes no early data, and listens at 443 alone', () => {
    const resources = httpsOf();
    expect(onlyOf(resources, 'google_compute_ssl_policy')).toMatchObject({
      profile: 'RESTRICTED',
      min_tls_version: 'TLS_1_2',
    });
    expect(onlyOf(resources, 'google_compute_target_https_proxy')).toMatchObject({
      ssl_policy: expect.stringContaining('google_compute_ssl_policy.'),
      quic_override: 'DISABLE',
      tls_early_data: 'DISABLED',
    });
    expect(onlyOf(resources, 'google_compute_global_forwarding_rule')).toMatchObject({
      load_balancing_scheme: 'EXTERNAL_MANAGED',
      port_range: '443',
      target: expect.stringContaining('google_compute_target_https_proxy.'),
    });
    expect(resources['google_compute_target_http_proxy']).toBeUndefined();
  });

  test('speaks HTTP/2 over TLS to Envoy, logs every call, keeps none, and ends none before Envoy does', () => {
    const service = onlyOf(httpsOf(), 'google_compute_backend_service');
    expect(service).toMatchObject({
      load_balancing_scheme: 'EXTERNAL_MANAGED',
      protocol: 'HTTP2',
      port_name: HTTPS_FRONT_PORT_NAME,
      backend: [{ group: GROUP, balancing_mode: 'RATE', max_rate_per_instance: 1000 }],
      enable_cdn: false,
      log_config: { enable: true, sample_rate: 1 },
      timeout_sec: 604_800,
      connection_draining_timeout_sec: 30,
    });
    expect(service['//']).toMatchObject({ 'portcullis:accepted': [{ claim: 'tls-outside' }] });
  });

  test('has a certificate issued for the host names of the ingress, and another for others', () => {
    const first = certificateOf('restate.example.com');
    const second = certificateOf('restate.example.com', 'orders.example.com');
    expect(first).toMatchObject({
      managed: { domains: ['restate.example.com'] },
      lifecycle: { create_before_destroy: true },
    });
    expect(second['managed']).toEqual({ domains: ['orders.example.com', 'restate.example.com'] });
    expect(second['name']).not.toBe(first['name']);
  });

  test('shows a certificate that exists', () => {
    const certificate = ManagedCertificate.fromCertificateId('projects/my-project/global/sslCertificates/restate');
    const resources = httpsOf({ certificate });
    expect(resources['google_compute_managed_ssl_certificate']).toBeUndefined();
    expect(onlyOf(resources, 'google_compute_target_https_proxy')['ssl_certificates']).toEqual([
      'projects/my-project/global/sslCertificates/restate',
    ]);
  });

  test('lets everybody show a credential when it is internet-facing', () => {
    const resources = httpsOf();
    expect(resources['google_compute_security_policy']).toBeUndefined();
    expect(onlyOf(resources, 'google_compute_backend_service')['security_policy']).toBeUndefined();
  });

  test.each<[what: string, peers: string[], allowed: string[][]]>([
    ['the blocks that are named', ['203.0.113.0/24', '198.51.100.7/32'], [['198.51.100.7/32', '203.0.113.0/24']]],
    [
      'more than one rule may name',
      Array.from({ length: 11 }, (_, index) => `203.0.113.${index + 10}/32`),
      [Array.from({ length: 10 }, (_, index) => `203.0.113.${index + 10}/32`), ['203.0.113.20/32']],
    ],
  ])('admits %s, and denies everybody else before Envoy', (_, peers, allowed) => {
    const resources = httpsOf({ model: modelOf({ peers: peers.map((cidr) => Peer.cidr(cidr)) }) });
    const { rule } = onlyOf(resources, 'google_compute_security_policy') as unknown as {
      rule: {
        action: string;
        priority: number;
        match: { versioned_expr: string; config: { src_ip_ranges: string[] } };
      }[];
    };
    const blocks = (action: string): string[][] =>
      rule.filter((one) => one.action === action).map(({ match }) => match.config.src_ip_ranges);
    expect(blocks('allow')).toEqual(allowed);
    expect(blocks('deny(403)')).toEqual([['*']]);
    expect(rule).toHaveLength(allowed.length + 1);
    const [last] = rule.filter(({ action }) => action === 'deny(403)');
    expect(last?.priority).toBe(2_147_483_647);
    expect(new Set(rule.map(({ priority }) => priority)).size).toBe(rule.length);
    expect(onlyOf(resources, 'google_compute_backend_service')['security_policy']).toMatch(
      /^\$\{google_compute_security_policy\.\w+\.id\}$/,
    );
  });

  test.each<[what: string, props: Partial<HttpsFrontProps>, code: string]>([
    ['peers by tag', { model: modelOf({ peers: [Peer.tag('shop')] }) }, 'PeerNotEnforceable'],
    [
      'peers by account',
      { model: modelOf({ peers: [Peer.serviceAccount('shop@my-project.iam.gserviceaccount.com')] }) },
      'PeerNotEnforceable',
    ],
    ['peers of IPv6', { model: modelOf({ peers: [Peer.cidr('fd00:1::/48')] }) }, 'PeerUnreachable'],
    ...['10.0.0.0/8', '172.16.4.0/24', '192.168.7.1/32', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.1/32'].map(
      (cidr): [what: string, props: Partial<HttpsFrontProps>, code: string] => [
        `peers at ${cidr}, beside public ones`,
        { model: modelOf({ peers: [Peer.cidr('203.0.113.0/24'), Peer.cidr(cidr)] }) },
        'PeerUnreachable',
      ],
    ),
    ['to stand on the internet for nobody', { model: modelOf() }, 'PeersMissing'],
    ['to stand on the internet for no peers', { model: modelOf({ peers: [] }) }, 'PeersMissing'],
    [
      'a name that is too long for an issued certificate',
      { model: modelOf({ internetFacing: true, hostnames: [`${'a'.repeat(60)}.example.com`] }) },
      'ManagedHostnamesInvalid',
    ],
    [
      'more names than an issued certificate may have',
      {
        model: modelOf({
          internetFacing: true,
          hostnames: Array.from({ length: 101 }, (_, index) => `r${index}.example.com`),
        }),
      },
      'ManagedHostnamesInvalid',
    ],
  ])('refuses %s', (_, props, code) => {
    expect(refusal(() => httpsOf(props)).code).toBe(code);
  });
});

describe('records of the doors', () => {
  const zone = { name: 'example-zone', dnsName: 'example.com.' };
  const admin = AdminAccess.fromPeers<PeerHandle>([Peer.cidr('10.40.0.0/24')], OPERATORS);

  const recordsOf = (props: Partial<DnsProps>): string[] => {
    const model = modelOf({}, admin);
    const common = {
      project: PROJECT,
      zones: undefined,
      model,
      ingressAddress: '10.20.0.2',
      adminAddress: '10.20.0.3',
    };
    const resources = resourcesOf((stack) => writeDnsRecords(stack, { ...common, ...props }));
    return Object.values(resources['google_dns_record_set'] ?? {}).map((record) =>
      lineOf(record, 'project', 'managed_zone', 'name', 'type', 'rrdatas'),
    );
  };

  test('are not there when no zone is named', () => {
    expect(recordsOf({})).toEqual([]);
  });

  test('lead each host name to the address of its own door', () => {
    expect(recordsOf({ zones: { ingress: zone, admin: { ...zone, project: 'names' } } })).toEqual([
      'my-project example-zone restate.example.com. A 10.20.0.2',
      'names example-zone admin.example.com. A 10.20.0.3',
    ]);
  });

  test.each<[what: string, props: Partial<DnsProps>, code: string]>([
    ['a zone of other names', { zones: { ingress: { ...zone, dnsName: 'example.org' } } }, 'DnsZoneForeign'],
    ['a zone that only ends alike', { zones: { ingress: { ...zone, dnsName: 'ample.com' } } }, 'DnsZoneForeign'],
    ['a zone for nobody', { zones: { admin: zone }, model: modelOf() }, 'DnsZoneUnused'],
    ['a zone for tunnels alone', { zones: { admin: zone }, adminAddress: undefined }, 'DnsZoneUnused'],
    ['a door that nobody knows', { zones: { fabric: zone } as never }, 'OptionUnknown'],
    ['a word of a zone that nobody reads', { zones: { ingress: { ...zone, ttl: 3 } as never } }, 'OptionUnknown'],
  ])('refuse %s', (_, props, code) => {
    expect(refusal(() => recordsOf(props)).code).toBe(code);
  });
});
