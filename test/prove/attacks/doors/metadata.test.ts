import { METADATA_ATTACKS } from '../../../../lib/prove/attacks/doors/metadata';
import type { Place } from '../../../../lib/prove/deployment';
import { fakeDeployment } from '../../fake-deployment';

const reaching = (metadataGuardable: boolean) => {
  const probe = jest.fn(() => Promise.resolve({ outcome: 'connected', received: '', closed: false } as const));
  const place = { name: 'task', address: '10.0.0.4', address6: 'fd00::4', probe } as unknown as Place;
  return { probe, deployment: fakeDeployment({ metadataGuardable, place: () => place }) };
};

test('a metadata service that the run could not guard says nothing of the machine, and nobody is named', async () => {
  for (const attack of METADATA_ATTACKS) {
    const { probe, deployment } = reaching(false);
    const seen = await attack.run(deployment);
    expect([seen.succeeded, seen.refusedBy, probe.mock.calls.length]).toEqual([false, undefined, 0]);
    expect(seen.observed).toContain('cannot tell users apart');
  }
});

test('one that it could guard is reached where nobody did', async () => {
  const { deployment } = reaching(true);
  const attack = METADATA_ATTACKS.find(({ id }) => id === 'metadata-from-task');
  expect(await attack?.run(deployment)).toMatchObject({ succeeded: true });
});
