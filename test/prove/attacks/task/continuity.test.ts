import { CONTINUITY_ATTACKS } from '../../../../lib/prove/attacks/task/continuity';
import type { Deployment, Place } from '../../../../lib/prove/deployment';
import type { HttpProbe, ProbeReport } from '../../../../lib/prove/probe';
import { fakeDeployment } from '../../fake-deployment';

const WRITTEN_AND_READ = CONTINUITY_ATTACKS.find(({ id }) => id === 'server-lost-with-its-machine')!;

/** A server that answers so before and after it is replaced. */
function deployment(before: ProbeReport, after: ProbeReport): { replaced: jest.Mock; deployment: Deployment } {
  let now = before;
  const replaced = jest.fn(() => {
    now = after;
    return Promise.resolve({ inTime: true, afterMs: 1 });
  });
  const probe = (asked: HttpProbe): Promise<ProbeReport> =>
    Promise.resolve(now.outcome === 'response' && asked.path.endsWith('/add') ? { ...now, body: '' } : now);
  const place = { name: 'task', address: '10.0.0.4', address6: 'fd00::4', probe } as unknown as Place;
  const records = { dumpConfig: () => Promise.resolve({}) } as unknown as Deployment['records'];
  return { replaced, deployment: fakeDeployment({ place: () => place, records, replaceServer: replaced }) };
}

const answering = (status: number, body: string): ProbeReport =>
  ({ outcome: 'response', status, headers: {}, body }) as unknown as ProbeReport;
const KNOWN = answering(200, '3');
const UNKNOWN = answering(404, '');

test.each(CONTINUITY_ATTACKS.map((attack) => [attack.id, attack] as const))(
  '%s: a server that never knew the service is not ended, and shows nothing',
  async (_, attack) => {
    const { deployment: without, replaced } = deployment(UNKNOWN, UNKNOWN);
    await expect(attack.run(without)).rejects.toThrow('does not know the service');
    expect(replaced).not.toHaveBeenCalled();
  },
);

test('one that knows it no more when it has been replaced has lost it', async () => {
  expect(await WRITTEN_AND_READ.run(deployment(KNOWN, UNKNOWN).deployment)).toMatchObject({ succeeded: true });
  expect(await WRITTEN_AND_READ.run(deployment(KNOWN, KNOWN).deployment)).toMatchObject({ succeeded: false });
});
