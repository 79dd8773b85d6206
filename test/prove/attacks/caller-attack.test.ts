import { callerAttack } from '../../../lib/prove/attacks/caller-attack';
import type { Observation } from '../../../lib/prove/attack';
import type { Place, RunningContainer } from '../../../lib/prove/deployment';
import { fakeDeployment } from '../fake-deployment';

const FORMAT = { path: '%PATH(NQ)%', status: '%RESPONSE_CODE%', details: '%RESPONSE_CODE_DETAILS%' };

/** An attack of one call, answered 404, of which the proxy's log says who answered. */
function attempted(details: string): Promise<Observation> {
  const log = JSON.stringify({ path: '/Counter/k1/add', status: 404, details });
  const answer = { outcome: 'response', status: 404, headers: {}, body: '' };
  const deployment = fakeDeployment({
    bootstrap: { access_log: [{ json_format: FORMAT }] },
    door: { address: '10.77.0.4', port: 443, hostname: 'restate.example.com', ca: '' },
    place: () => ({ probe: () => Promise.resolve(answer) }) as unknown as Place,
    proxy: { log: () => `${log}\n` } as RunningContainer,
  });
  const about = { id: 'x', claim: 'ingress-authenticated', attempt: 'call', expected: 'refused' };
  return callerAttack({ ...about, calls: () => ({ 'no token': { key: 'k1' } }) }).run(deployment);
}

test('a call that the proxy refuses is refused', async () => {
  expect(await attempted('jwt_authn_access_denied')).toMatchObject({
    succeeded: false,
    refusedBy: 'envoy: jwt_authn_access_denied',
  });
});

test('a call that the server refuses got past the proxy', async () => {
  const seen = await attempted('via_upstream');
  expect(seen.succeeded).toBe(true);
  expect(seen.observed).toContain('the proxy let it through');
});
