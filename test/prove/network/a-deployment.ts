import type { Artifact, GroupRule, Host, SecurityGroup } from '../../../lib/artifact/artifact';

type Rule = Omit<GroupRule, 'peer'> & { readonly peer: GroupRule['peer'] | string };

/** A rule for TCP; a peer given as text is a range when it has a slash, else a group. */
export function tcp(direction: 'in' | 'out', port: number, peer: Rule['peer']): GroupRule {
  return {
    direction,
    protocol: 'tcp',
    fromPort: port,
    toPort: port,
    peer: typeof peer === 'string' ? named(peer) : peer,
  };
}

function named(peer: string): GroupRule['peer'] {
  return peer.includes('/') ? { kind: 'cidr', cidr: peer } : { kind: 'group', id: peer };
}

export function group(id: string, ...rules: readonly GroupRule[]): SecurityGroup {
  return { id, rules };
}

/** The host of a deployment as the constructs render it, in the words of an artifact. */
export function aHost(overrides: Partial<Host> = {}): Host {
  return {
    id: 'Task',
    network: 'awsvpc',
    containers: [],
    volumes: [],
    groups: ['TaskGroup'],
    publicAddress: false,
    internetRoute: 'nat',
    machine: {
      id: 'Machine',
      userData: ['#!/bin/sh\necho ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config\n'],
      metadataTokensRequired: true,
      metadataHopLimit: 1,
      groups: ['HostGroup'],
      publicAddress: false,
    },
    ...overrides,
  };
}

/** A balancer that forwards 443 to Envoy, groups as the constructs render them. */
export function anArtifact(overrides: Partial<Artifact> = {}, host: Host = aHost()): Artifact {
  return {
    name: 'Stack',
    file: 'Stack.template.json',
    hosts: [host],
    balancers: [
      {
        id: 'Balancer',
        type: 'network',
        scheme: 'internet-facing',
        groups: ['BalancerGroup'],
        listeners: [
          {
            id: 'Listener',
            port: 443,
            protocol: 'TLS',
            sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
            alpnPolicy: 'HTTP2Preferred',
            targets: [
              {
                group: 'Targets',
                protocol: 'TLS',
                host: host.id,
                port: 8443,
                healthCheck: { protocol: 'HTTP', port: 8081 },
              },
            ],
          },
        ],
      },
    ],
    groups: [
      group(
        'BalancerGroup',
        tcp('in', 443, '0.0.0.0/0'),
        tcp('in', 443, '::/0'),
        tcp('out', 8443, 'TaskGroup'),
        tcp('out', 8081, 'TaskGroup'),
      ),
      group(
        'TaskGroup',
        tcp('in', 8443, 'BalancerGroup'),
        tcp('in', 8081, 'BalancerGroup'),
        tcp('out', 9080, 'ServicesGroup'),
        tcp('out', 443, 'EndpointsGroup'),
        tcp('out', 443, '0.0.0.0/0'),
      ),
      group('HostGroup', tcp('out', 443, 'EndpointsGroup')),
      group('ServicesGroup', tcp('in', 9080, 'TaskGroup')),
      group('EndpointsGroup', tcp('in', 443, 'TaskGroup'), tcp('in', 443, 'HostGroup')),
    ],
    unreadable: [],
    ...overrides,
  };
}
