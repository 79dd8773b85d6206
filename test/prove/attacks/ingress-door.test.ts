import type { Balancer } from '../../../lib/artifact/artifact';
import { callersSettings } from '../../../lib/prove/attacks/ingress-door';
import type { Deployment } from '../../../lib/prove/deployment';
import { artifact, fakeDeployment } from '../fake-deployment';

const listener = (port: number, limit: number): object => ({
  address: { socket_address: { port_value: port } },
  filter_chains: [{ filters: [{ max_request_bytes: limit }] }],
});

function deploymentTo(port: number): Deployment {
  const target = {
    group: 'Targets',
    host: 'Task',
    port,
    protocol: 'TLS',
    healthCheck: { protocol: 'HTTP', port: 8081 },
  } as const;
  const balancer: Balancer = {
    id: 'Balancer',
    type: 'network',
    scheme: 'internal',
    groups: [],
    listeners: [{ id: 'Listener', port: 443, protocol: 'TLS', targets: [target] }],
  };
  return fakeDeployment({
    artifact: artifact({ balancers: [balancer] }),
    bootstrap: { static_resources: { listeners: [listener(8444, 2), listener(8443, 1)] } },
    door: { address: '10.77.0.4', port: 443, hostname: 'restate.example.com', ca: '' },
  });
}

test("what callers are held to is read of the listener behind their balancer, not of the operators'", () => {
  expect(callersSettings(deploymentTo(8443), 'max_request_bytes')).toEqual([1]);
});

test('where the proxy has no such listener, all that it says is read', () => {
  expect(callersSettings(deploymentTo(9443), 'max_request_bytes')).toEqual([2, 1]);
});
