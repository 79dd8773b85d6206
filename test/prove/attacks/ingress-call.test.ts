import type { Place } from '../../../lib/prove/deployment';
import { send, tryCall } from '../../../lib/prove/attacks/ingress-call';
import type { IngressDoor } from '../../../lib/prove/attacks/ingress-door';
import type { HttpProbe, ProbeReport } from '../../../lib/prove/probe';
import { fakeDeployment } from '../fake-deployment';

const FORMAT = {
  path: '%PATH(NQ)%',
  status: '%RESPONSE_CODE%',
  details: '%RESPONSE_CODE_DETAILS%',
  ip: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%',
  port: '%DOWNSTREAM_REMOTE_PORT%',
};
const ANSWER = { outcome: 'response', headers: {}, body: '', localAddress: '10.77.0.5', localPort: 4711 } as const;

interface Told {
  readonly report: ProbeReport;
  readonly log?: string;
  /** Key of the only invocation that the server has on record. */
  readonly recorded?: string;
  readonly group?: string;
}

function called({ report, log = '', recorded, group }: Told): ReturnType<typeof tryCall> {
  const rows = recorded === undefined ? [] : [{ id: 'inv_1', target_service_key: recorded }];
  const deployment = fakeDeployment({
    bootstrap: { access_log: [{ json_format: FORMAT }] },
    door: { address: '10.77.0.4', port: 443, hostname: 'restate.example.com', ca: '' },
    place: () => ({ probe: () => Promise.resolve(report) }) as unknown as Place,
    records: {
      admin: () => Promise.resolve({ status: 200, body: JSON.stringify({ rows }) }),
      journalHeaders: () => Promise.reject(new Error('not asked')),
      dumpConfig: () => Promise.reject(new Error('not asked')),
    },
    firewallRefused: () => Promise.resolve(group),
  });
  const door: IngressDoor = { from: 'balancer', address: '10.77.0.7', port: 8443, direct: true, log: () => log };
  return tryCall(deployment, door, { key: 'k1' });
}

function logged(status: number, details: string, port = 4711): string {
  return JSON.stringify({ path: '/Counter/k1/add', status, details, ip: '10.77.0.5', port });
}

describe('a call at the ingress', () => {
  test.each<[string, Told]>([
    ['an invocation id', { report: { ...ANSWER, status: 200, headers: { 'x-restate-id': 'inv_1' } } }],
    ['the record of the server', { report: { ...ANSWER, status: 202 }, recorded: 'k1' }],
  ])('got through when it has %s to show', async (_name, told) => {
    expect((await called(told)).succeeded).toBe(true);
  });

  test('got nothing, and was refused by nobody, when its success is answered without a handler', async () => {
    const seen = await called({ report: { ...ANSWER, status: 200 }, log: logged(200, 'direct_response') });
    expect(seen).toEqual({ succeeded: false, observed: 'answered 200, but no handler ran' });
  });

  test('names nobody when the log says that it was the prober who gave up', async () => {
    const report = {
      outcome: 'failed',
      by: 'timeout',
      detail: 'no answer',
      localAddress: '10.77.0.5',
      localPort: 4711,
    } as const;
    const seen = await called({ report, log: logged(0, 'downstream_remote_disconnect') });
    expect(seen).toEqual({ succeeded: false, observed: 'timeout, no answer: the caller gave up' });
  });

  test.each<[string, string, Told]>([
    ['the proxy', 'envoy: rbac', { report: { ...ANSWER, status: 403 }, log: logged(403, 'rbac') }],
    ['the server', 'restate: 404', { report: { ...ANSWER, status: 404 }, log: logged(404, 'via_upstream') }],
    [
      'the handshake',
      'tls: unknown ca',
      { report: { outcome: 'failed', by: 'tls-alert', detail: 'unknown ca', localAddress: '10.77.0.5' } },
    ],
    [
      'the firewall',
      'firewall: TaskGroup',
      { report: { outcome: 'failed', by: 'refused', detail: '', localAddress: '10.77.0.5' }, group: 'TaskGroup' },
    ],
  ])('was refused by %s', async (_name, refusedBy, told) => {
    expect(await called(told)).toMatchObject({ succeeded: false, refusedBy });
  });

  test.each<[string, number | undefined, string[]]>([
    ['is sent once more, later, where a certificate is waited for', 80, ['80', '1000']],
    ['is not where none is', undefined, ['none']],
  ])('that is reset %s', async (_name, settleMs, waited) => {
    const waits: string[] = [];
    const probe = ({ tls }: HttpProbe): Promise<ProbeReport> => {
      waits.push(String(tls?.settleMs ?? 'none'));
      const failed = { outcome: 'failed', localAddress: '10.77.0.5' } as const;
      return Promise.resolve(
        tls?.settleMs === 1000
          ? { ...failed, by: 'tls-alert', detail: 'certificate expired' }
          : { ...failed, by: 'reset', detail: 'EPIPE' },
      );
    };
    const deployment = fakeDeployment({
      door: { address: '10.77.0.4', port: 443, hostname: 'restate.example.com', ca: '' },
      place: () => ({ probe }) as unknown as Place,
    });
    const tls = { servername: 'restate.example.com', ...(settleMs !== undefined && { settleMs }) };
    const door: IngressDoor = { from: 'caller', address: '10.77.0.4', port: 443, direct: true, tls, log: () => '' };
    const report = await send(deployment, door, { key: 'k1' });
    expect(waits).toEqual(waited);
    expect(report).toMatchObject({ by: settleMs === undefined ? 'reset' : 'tls-alert' });
  });

  test('was refused by nobody that can be named when it met a closed port', async () => {
    const report: ProbeReport = { outcome: 'failed', by: 'refused', detail: '', localAddress: '10.77.0.5' };
    expect((await called({ report })).refusedBy).toBeUndefined();
  });
});
