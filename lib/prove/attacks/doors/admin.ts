import type { Attack } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodCaller, goodLine } from '../good-call';
import { tryRoute, type ClosedRoute } from '../requests/closed-route';
import { sendBytes } from '../ingress-bytes';
import { tryCall } from '../ingress-call';
import { type IngressDoor, proxysDoor, STRAIGHT } from '../ingress-door';
import { whoRefused } from '../refusal';
import { tryEach, type Variant } from '../variants';

/** The server's admin API, asked for at the door of the callers with a good token. */
export const ADMIN_BY_INGRESS_ATTACKS: readonly Attack[] = [
  {
    id: 'admin-through-ingress',
    claim: 'admin-not-through-ingress',
    ...STRAIGHT,
    attempt: 'ask the ingress for the admin API by its paths, by its host, as a proxy, and by changing the protocol',
    expected: 'refused by the proxy',
    async run(deployment) {
      const door = proxysDoor(deployment);
      const routes = Object.entries(adminRoutes()).map(([name, route]) => ({
        name,
        run: () => tryRoute(deployment, door, route),
      }));
      return await tryEach([...routes, ...tunnels(deployment, door)]);
    },
    control: {
      ...STRAIGHT,
      attempt: 'call a handler with the same token',
      run: (deployment) => tryCall(deployment, proxysDoor(deployment), goodCaller(deployment)),
    },
  },
];

function adminRoutes(): Readonly<Record<string, ClosedRoute>> {
  const paths = ['/deployments', '/services', '/version', '/cluster-health', '/openapi', '/ui/', '/health', '/metrics'];
  const query = { body: JSON.stringify({ query: 'SELECT * FROM sys_invocation' }) };
  const deployment = { body: JSON.stringify({ uri: 'http://127.0.0.1:9' }) };
  return {
    ...Object.fromEntries(paths.map((path): [string, ClosedRoute] => [path, { method: 'GET', path }])),
    'POST /query': { path: '/query', ...query },
    'POST /deployments': { path: '/deployments', ...deployment },
    'host of the admin API': { method: 'GET', path: '/deployments', authority: 'localhost:9070' },
    'port of the admin API': { method: 'GET', path: '/deployments', authority: '127.0.0.1:9070' },
    'absolute form': { method: 'GET', path: 'http://127.0.0.1:9070/deployments' },
    'absolute form by POST': { path: 'http://127.0.0.1:9070/query', ...query },
    'HTTP/2': { method: 'GET', path: '/deployments', protocol: 'h2' },
    'HTTP/2 by POST': { path: '/query', protocol: 'h2', ...query },
  };
}

/** Ways to turn the connection into one to somewhere else. Only a tunnel that answers in the server's name counts as opened. */
function tunnels(deployment: Deployment, door: IngressDoor): readonly Variant[] {
  const authorization = goodLine(deployment);
  const host = `Host: ${deployment.door.hostname}\r\n`;
  const upgrade = (protocol: string): string =>
    `GET /deployments HTTP/1.1\r\n${host}${authorization}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n`;
  const connect = (target: string): string => `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`;
  const opening = {
    'CONNECT to the admin port': connect('127.0.0.1:9070'),
    'CONNECT to the fabric port': connect('127.0.0.1:5122'),
    'upgrade to h2c': upgrade('h2c'),
    'upgrade to websocket': upgrade('websocket'),
  };
  return Object.entries(opening).map(([name, data]) => ({
    name,
    async run() {
      const report = await sendBytes(deployment, door, {
        chunks: [{ afterMs: 0, data }],
        readBytes: 12,
        timeoutMs: 4_000,
      });
      const received = report.outcome === 'connected' ? report.received : '';
      const opened = /^HTTP\/1\.1 (?:2\d\d|101)/.test(received);
      if (opened) return { succeeded: true, observed: `answered ${received.slice(9, 12)}` };
      return await whoRefused(deployment, door, { report });
    },
  }));
}
