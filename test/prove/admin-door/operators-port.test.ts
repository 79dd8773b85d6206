import type { Artifact, Balancer, Host } from '../../../lib/artifact/artifact';
import { operatorsPort, leadsToAdmin } from '../../../lib/prove/admin-door/operators-port';
import { callersListener, frontsOf, operatorsFront } from '../../../lib/prove/network/fronts-of';
import { planSeats } from '../../../lib/prove/network/seat-plan';
import { unattackedDoors } from '../../../lib/prove/unattacked-doors';
import { container } from '../fake-deployment';
import { aHost, anArtifact, group, tcp } from '../network/a-deployment';

type Routes = readonly string[];

/** A proxy whose listeners lead to clusters: `restate` on 8080, `admin` on 9070, `socket` the admin API's file, `keys` an issuer. */
function proxy(listeners: Readonly<Record<number, Routes>>, admin = 9070): string {
  return JSON.stringify({
    static_resources: {
      listeners: Object.entries(listeners).map(([port, routes], index) => ({
        name: `listener-${index}`,
        address: { socket_address: { address: '0.0.0.0', port_value: Number(port) } },
        filter_chains: [{ transport_socket: {}, filters: routes.map((name) => ({ route: { cluster: name } })) }],
        ...(routes.includes('keys') && { http_uri: { uri: 'https://issuer/keys', cluster: 'keys' } }),
      })),
      clusters: [
        clusterOf('restate', tcpEndpoint(8080)),
        clusterOf('admin', tcpEndpoint(admin)),
        clusterOf('socket', { pipe: { path: '/data/n1/admin.sock' } }),
        clusterOf('keys', tcpEndpoint(443)),
      ],
    },
  });
}

function clusterOf(name: string, endpoint: unknown): unknown {
  return { name, load_assignment: { endpoints: [endpoint] } };
}

function tcpEndpoint(port: number): unknown {
  return { socket_address: { address: '127.0.0.1', port_value: port } };
}

function hostOf(listeners: Readonly<Record<number, Routes>>, environment = {}, admin?: number): Host {
  const envoy = container({ name: 'envoy', command: [['envoy'], ['--config-yaml'], [proxy(listeners, admin)]] });
  return aHost({ containers: [envoy, container({ environment })] });
}

const BOTH = { 8443: ['restate'], 8444: ['admin'] };

describe("the proxy's listener for operators", () => {
  test.each([
    ['leads to the admin port', hostOf(BOTH), 8444],
    [
      'leads to the port that the server was told',
      hostOf(BOTH, { RESTATE_ADMIN__BIND_ADDRESS: ['127.0.0.1:7070'] }, 7070),
      8444,
    ],
    ["leads to the file of the server's socket", hostOf({ 8443: ['restate'], 8445: ['socket'] }), 8445],
    ['may fetch keys', hostOf({ 8443: ['restate'], 8444: ['keys', 'admin'] }), 8444],
    ['is none that leads to the ingress', hostOf({ 8443: ['restate'] }), undefined],
    ['is none that callers have, too', hostOf({ 8443: ['restate', 'admin'] }), undefined],
    [
      'is none of a server that listens elsewhere',
      hostOf(BOTH, { RESTATE_ADMIN__BIND_ADDRESS: ['127.0.0.1:7070'] }),
      undefined,
    ],
  ] as const)('%s', (_, host, port) => {
    expect(operatorsPort(host)).toBe(port);
  });

  test('that callers share is a way to the admin API all the same', () => {
    expect(leadsToAdmin(hostOf({ 8443: ['restate', 'admin'] }))).toBe(true);
    expect(leadsToAdmin(hostOf({ 8443: ['restate'] }))).toBe(false);
  });
});

/** The operators' balancer comes first in the file, so that its order decides nothing. */
function deployment(
  changes: { readonly operators?: Parameters<typeof tcp>[2]; readonly callers?: Parameters<typeof tcp>[2] } = {},
) {
  const host = hostOf(BOTH);
  const base = anArtifact({}, host);
  const [callers] = base.balancers as [Balancer];
  const operators: Balancer = {
    ...callers,
    id: 'Operators',
    scheme: 'internal',
    groups: ['OperatorsBalancer'],
    listeners: callers.listeners.map((listener) => ({
      ...listener,
      id: 'ForOperators',
      targets: listener.targets.map((target) => ({ ...target, port: 8444 })),
    })),
  };
  const artifact: Artifact = {
    ...base,
    balancers: [operators, callers],
    groups: [
      ...base.groups.filter(({ id }) => id !== 'BalancerGroup'),
      group('BalancerGroup', tcp('in', 443, changes.callers ?? '0.0.0.0/0')),
      group('OperatorsBalancer', tcp('in', 443, changes.operators ?? 'Operations')),
    ],
  };
  const plan = planSeats(artifact, host);
  return { artifact, host, plan, seat: (name: string) => plan.seats.find((each) => each.name === name) };
}

describe('callers and operators', () => {
  test('have a front each, whatever the order of the file', () => {
    const { artifact, host, plan } = deployment();
    expect(frontsOf(artifact, host).map(({ id }) => id)).toEqual(['Balancer', 'Operators']);
    expect(operatorsFront(artifact, host)?.listener.id).toBe('ForOperators');
    expect(plan.balancers.map(({ seat }) => seat)).toEqual(['balancer', 'admin-balancer']);
  });

  test('are told apart at one balancer by the listener', () => {
    const { artifact, host } = deployment();
    const [operators, callers] = artifact.balancers as [Balancer, Balancer];
    const one = { ...callers, listeners: [...operators.listeners, ...callers.listeners] };
    expect(callersListener(one, host)?.id).toBe('Listener');
    expect(operatorsFront({ ...artifact, balancers: [one] }, host)?.listener.id).toBe('ForOperators');
  });

  test('stand in different places', () => {
    const { plan, seat } = deployment({ operators: '10.30.0.0/16', callers: '10.30.0.0/16' });
    expect(seat('operator')?.addresses).not.toEqual(seat('caller')?.addresses);
    expect(plan.operators).toMatchObject({ seat: 'operator', callersToo: true });
  });

  test('are one where the network lets in one address alone', () => {
    const { plan, seat } = deployment({ operators: '192.0.2.9/32', callers: '192.0.2.9/32' });
    expect(seat('operator')).toBeUndefined();
    expect(plan.operators).toMatchObject({ seat: 'caller', callersToo: true });
  });

  test('of a group are members of it, which callers are not', () => {
    const { plan, seat } = deployment();
    expect(seat('operator')).toMatchObject({ memberOf: ['Operations'] });
    expect(seat('caller')?.memberOf).toEqual([]);
    expect(plan.operators?.callersToo).toBe(false);
  });

  test('have names of links that the kernel takes', () => {
    const links = deployment().plan.seats.map(({ link }) => link);
    expect(links.filter((link) => link.length > 15)).toEqual([]);
    expect(new Set(links).size).toBe(links.length);
  });

  test('are both attacked, so that neither way in is left', () => {
    expect(unattackedDoors(deployment())).toEqual([]);
  });

  test('leave a doubt where operators have two ways', () => {
    const { artifact, host } = deployment();
    const [operators, callers] = artifact.balancers as [Balancer, Balancer];
    const [doubt = ''] = unattackedDoors({
      artifact: { ...artifact, balancers: [operators, { ...operators, id: 'Again' }, callers] },
      host,
    });
    expect(doubt).toContain('ForOperators (TLS 443), ForOperators (TLS 443)');
  });
});
