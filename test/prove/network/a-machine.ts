import type { Artifact, Balancer, Container, Host, Instance } from '../../../lib/artifact/artifact';
import type { FirewallRule } from '../../../lib/artifact/firewall-rule';
import type { Text } from '../../../lib/artifact/text';

export const NETWORK: Text = [{ logicalId: 'google_compute_network.net', attribute: 'id' }];
export const ACCOUNT: Text = [{ logicalId: 'google_service_account.restate', attribute: 'email' }];
/** From where Google's tunnel for operators comes. */
export const IAP = '35.235.240.0/20';
/** Restricted addresses of Google's services. */
export const GOOGLE = '199.36.153.4/30';

/** A rule for TCP that targets the machine's account. */
export function allow(direction: 'in' | 'out', port: number, overrides: Partial<FirewallRule> = {}): FirewallRule {
  return {
    id: `google_compute_firewall.${direction}_${port}`,
    network: NETWORK,
    direction,
    priority: 900,
    action: 'allow',
    flows: [{ protocol: 'tcp', ports: [{ from: port, to: port }] }],
    ranges: [],
    sourceTags: [],
    sourceAccounts: [],
    targetTags: [],
    targetAccounts: [ACCOUNT],
    ...overrides,
  };
}

/** Refuses what no other rule of the deployment admits. */
export function denyAll(direction: 'in' | 'out'): FirewallRule {
  return allow(direction, 0, {
    id: `google_compute_firewall.deny_${direction}`,
    priority: 1000,
    action: 'deny',
    flows: [{ protocol: 'all', ports: [] }],
    ranges: ['0.0.0.0/0'],
  });
}

export function anInstance(overrides: Partial<Instance> = {}): Instance {
  return {
    network: NETWORK,
    tags: [],
    account: ACCOUNT,
    published: [
      { port: 443, containerPort: 8443 },
      { port: 8081, containerPort: 8081 },
      { port: 9070, containerPort: 8444 },
    ],
    secretFiles: [],
    metadata: { kind: 'guarded', exceptUsers: [65_532] },
    ...overrides,
  };
}

/** The machine of a deployment on Google, its proxy with a listener each for callers and operators. */
export function aMachine(overrides: Partial<Instance> = {}, host: Partial<Host> = {}): Host {
  return {
    id: 'google_compute_instance_template.node',
    network: 'published',
    containers: [envoy(), aContainer('restate', {})],
    volumes: [],
    groups: [],
    publicAddress: false,
    internetRoute: 'none',
    instance: anInstance(overrides),
    ...host,
  };
}

function envoy(): Container {
  const static_resources = {
    listeners: [listener(8443, 'restate'), listener(8444, 'admin')],
    clusters: [cluster('restate', 8080), cluster('admin', 9070)],
  };
  const command = [['envoy'], ['--config-yaml'], [JSON.stringify({ static_resources })]];
  return aContainer('envoy', { command });
}

function listener(port: number, to: string): unknown {
  return {
    name: to,
    address: { socket_address: { address: '0.0.0.0', port_value: port } },
    filter_chains: [{ transport_socket: {}, filters: [{ route: { cluster: to } }] }],
  };
}

function cluster(name: string, port: number): unknown {
  return {
    name,
    load_assignment: { endpoints: [{ socket_address: { address: '127.0.0.1', port_value: port } }] },
  };
}

function aContainer(name: string, overrides: Partial<Container>): Container {
  return {
    name,
    image: { text: [`example.com/${name}:1`] },
    environment: {},
    secrets: {},
    readonlyRootFilesystem: true,
    privileged: false,
    capabilitiesDropped: ['ALL'],
    capabilitiesAdded: [],
    noNewPrivileges: true,
    tmpfs: [],
    mounts: [],
    dependsOn: [],
    essential: true,
    ...overrides,
  };
}

/** A balancer of a port of the machine. */
export function aForwardingRule(port: number, overrides: Partial<Balancer> = {}): Balancer {
  const host = 'google_compute_instance_template.node';
  return {
    id: `google_compute_forwarding_rule.to_${port}`,
    type: 'passthrough',
    scheme: 'internal',
    listeners: [
      {
        id: `google_compute_forwarding_rule.to_${port}`,
        port,
        protocol: 'TCP',
        targets: [
          { group: 'backend', protocol: 'TCP', host, port, healthCheck: { protocol: 'HTTP', port: 8081, path: '/' } },
        ],
      },
    ],
    ...overrides,
  };
}

/** An internal front for callers of the network, operators by the tunnel, and no way out but to Google's services. */
export function onGoogle(host: Host, overrides: Partial<Artifact> = {}): Artifact {
  return {
    name: 'stack',
    file: 'cdk.tf.json',
    hosts: [host],
    balancers: [aForwardingRule(443)],
    groups: [],
    unreadable: [],
    networkCidrs: ['10.8.0.0/20'],
    firewall: [
      allow('in', 443, { ranges: ['10.8.0.0/20'] }),
      allow('in', 9070, { ranges: [IAP] }),
      allow('in', 8081, { ranges: ['35.191.0.0/16', '130.211.0.0/22'] }),
      denyAll('in'),
      allow('out', 443, { ranges: [GOOGLE] }),
      denyAll('out'),
    ],
    ...overrides,
  };
}
