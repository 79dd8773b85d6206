import { SLOW_CLIENT_ATTACKS } from '../../../../lib/prove/attacks/requests/slow-clients';
import type { AttackResult } from '../../../../lib/prove/report';
import { runAttacks } from '../../../../lib/prove/run';
import type { Place } from '../../../../lib/prove/deployment';
import type { ProbeReport } from '../../../../lib/prove/probe';
import { fakeDeployment } from '../../fake-deployment';

/** A door behind which nothing is said to half a request, and this to a whole one. */
async function attacked(whole: object): Promise<readonly AttackResult[]> {
  const silent = { outcome: 'connected', received: '', closed: false };
  const deployment = fakeDeployment({
    door: { address: '10.77.0.4', port: 443, hostname: 'restate.example.com', ca: '' },
    bootstrap: {},
    taskAddress: '10.77.0.9',
    place: () =>
      ({
        probe: ({ kind }: { kind: string }) => Promise.resolve((kind === 'http' ? whole : silent) as ProbeReport),
      }) as unknown as Place,
  });
  const attacks = SLOW_CLIENT_ATTACKS.filter(({ id }) => id === 'slow-headers');
  return (await runAttacks(deployment, attacks, { subject: 'Task' })).attacks;
}

test('a client that is waited for breaks the claim where whole requests are answered', async () => {
  const answered = { outcome: 'response', status: 200, headers: { 'x-restate-id': 'inv_1' }, body: '' };
  expect(await attacked(answered)).toMatchObject([{ verdict: 'broken' }]);
});

test('where whole requests are not answered in time either, nothing is shown', async () => {
  expect(await attacked({ outcome: 'failed', by: 'timeout' })).toMatchObject([{ verdict: 'unproven' }]);
});
