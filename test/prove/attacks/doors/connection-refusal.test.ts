import { connectionOutcome } from '../../../../lib/prove/attacks/doors/connection-refusal';
import type { Deployment, Place } from '../../../../lib/prove/deployment';
import type { ProbeReport } from '../../../../lib/prove/probe';
import { fakeDeployment } from '../../fake-deployment';

const place = { name: 'stranger', address: '10.0.0.9', address6: 'fd00::9' } as Place;
const silence = { outcome: 'failed', by: 'timeout', detail: 'no connect within 1500 ms', localPort: 20_001 } as const;

function outcome(
  report: ProbeReport,
  firewallRefused: Deployment['firewallRefused'] = () => Promise.resolve(undefined),
) {
  const deployment = fakeDeployment({ firewallRefused });
  return connectionOutcome(deployment, { place, address: '10.0.0.4', port: 9070, report });
}

test.each([
  ['an HTTP answer, of whatever status', { outcome: 'response', status: 403, headers: {}, body: '' }],
  ['an accepted connection', { outcome: 'connected', received: '', closed: false }],
  [
    'an accepted connection on which nothing is said',
    { outcome: 'failed', by: 'timeout', detail: 'no answer within 1500 ms' },
  ],
] as const)('%s is a success', async (_, report) => {
  expect(await outcome(report)).toMatchObject({ succeeded: true });
});

test("silence is attributed by the firewall's record of exactly this connection", async () => {
  const asked = jest.fn(() => Promise.resolve('TaskGroup (in)'));
  expect(await outcome(silence, asked)).toMatchObject({ succeeded: false, refusedBy: 'firewall: TaskGroup (in)' });
  expect(asked).toHaveBeenCalledWith({ from: '10.0.0.9', fromPort: 20_001, to: '10.0.0.4', toPort: 9070 });
});

test('a TLS alert names itself', async () => {
  const alert = { outcome: 'failed', by: 'tls-alert', detail: 'protocol version' } as const;
  expect(await outcome(alert)).toMatchObject({ succeeded: false, refusedBy: 'tls: protocol version' });
});

test.each([
  ['silence', silence],
  ['a closed port', { outcome: 'failed', by: 'refused', detail: 'ECONNREFUSED' }],
  ['a reset', { outcome: 'failed', by: 'reset', detail: 'ECONNRESET' }],
] as const)('%s that the firewall knows nothing of is attributed to nobody', async (_, report) => {
  expect(await outcome(report)).not.toHaveProperty('refusedBy');
});
