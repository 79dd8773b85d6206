import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import type { HttpProbe } from '../../probe';
import { goodCaller } from '../good-call';
import { send, type IngressCall } from '../ingress-call';
import { fromTask, type IngressDoor, proxysDoor } from '../ingress-door';
import { plantedSecret, uniqueKey } from '../planted';
import { loopbackUpstream } from '../proxy-listener';
import { whoRefused } from '../refusal';
import { tryEach } from '../variants';

/**
 * The server writes no trailer down, so its journal cannot tell whether any arrived. But it answers 500 to a call with more than
 * 16 KiB of them: a call with 20 KiB that it answers with success had lost them on the way. The control shows that it does notice.
 */
export const TRAILER_ATTACKS: readonly Attack[] = [
  {
    id: 'trailers-to-the-server',
    claim: 'trailers-dropped',
    from: 'task',
    attempt: 'send credentials behind the body of a good call, over both protocols, and more than the server can bear',
    expected: 'the server answers the call as if there were no trailers',
    run: (deployment) =>
      tryEach(
        (['http/1.1', 'h2'] as const).map((protocol) => ({
          name: protocol === 'h2' ? 'HTTP/2' : 'HTTP/1.1',
          run: () => throughProxy(deployment, protocol),
        })),
      ),
    control: {
      from: 'task',
      attempt: 'send the same past the proxy, straight to the server',
      run: pastProxy,
    },
  },
];

const FIELDS = 5;
const PADDING_BYTES = 4_000;

function withTrailers(protocol: HttpProbe['protocol']): IngressCall {
  const padding = '-'.repeat(PADDING_BYTES);
  const trailers = Array.from(
    { length: FIELDS },
    (_, number) => [`x-credential-${number}`, `${plantedSecret()}${padding}`] as const,
  );
  return { protocol, trailers: [['authorization', plantedSecret()], ...trailers], headers: [['te', 'trailers']] };
}

async function throughProxy(deployment: Deployment, protocol: HttpProbe['protocol']): Promise<Observation> {
  const key = uniqueKey();
  const door = fromTask(deployment, proxysDoor(deployment));
  const report = await send(deployment, door, { ...withTrailers(protocol), key, ...goodCaller(deployment) });
  if (report.outcome === 'response' && report.status === 200) {
    const observed = 'the server answered 200, so no trailer reached it';
    return { succeeded: false, observed, refusedBy: 'envoy: trailers removed' };
  }
  const refused = await whoRefused(deployment, door, { marker: key, report });
  const byServer = refused.refusedBy?.startsWith('restate: 5') === true;
  return byServer ? { succeeded: true, observed: 'the server answered 500: the trailers had reached it' } : refused;
}

async function pastProxy(deployment: Deployment): Promise<Observation> {
  const upstream = loopbackUpstream(deployment.bootstrap);
  if (upstream === undefined) return { succeeded: false, observed: 'the bootstrap names no server on loopback' };
  const door: IngressDoor = { ...upstream, from: 'task', direct: false, log: () => '' };
  const report = await send(deployment, door, { ...withTrailers('http/1.1'), key: uniqueKey() });
  const status = report.outcome === 'response' ? report.status : report.outcome;
  return { succeeded: status === 500, observed: `the server answered ${status}` };
}
