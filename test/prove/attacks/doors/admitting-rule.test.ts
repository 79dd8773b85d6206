import type { Artifact } from '../../../../lib/artifact/artifact';
import type { FirewallRule } from '../../../../lib/artifact/firewall-rule';
import { connectionOutcome } from '../../../../lib/prove/attacks/doors/connection-refusal';
import type { PlaceName } from '../../../../lib/prove/attack';
import type { Place } from '../../../../lib/prove/deployment';
import { planSeats } from '../../../../lib/prove/network/seat-plan';
import { artifact, fakeDeployment, host } from '../../fake-deployment';
import { aMachine, allow, denyAll } from '../../network/a-machine';

const machineWith = (...rules: readonly FirewallRule[]): Artifact =>
  artifact({ hosts: [aMachine()], firewall: [...rules, denyAll('in'), denyAll('out')] });

/** What is said of a connection that the machine took on a port. */
async function accepted(given: Artifact, from: PlaceName, port: number): Promise<string> {
  const [machine = host()] = given.hosts;
  const { seats } = planSeats(given, machine);
  const address = seats.find(({ name }) => name === 'task')?.addresses[0] ?? '';
  const deployment = fakeDeployment({ artifact: given, host: machine });
  const report = { outcome: 'connected', received: '', closed: false } as const;
  return (await connectionOutcome(deployment, { place: { name: from } as Place, address, port, report })).observed;
}

const OPEN = allow('in', 9070, { id: 'google_compute_firewall.open_admin', ranges: ['10.0.0.0/8'] });

test('a connection that a firewall let in names the rule that did', async () => {
  expect(await accepted(machineWith(OPEN), 'stranger', 9070)).toBe(
    'the connection was accepted, admitted by google_compute_firewall.open_admin',
  );
});

test.each<[string, Artifact, PlaceName, number]>([
  ['no rule lets in', machineWith(), 'stranger', 9070],
  ['another port is admitted', machineWith(OPEN), 'stranger', 443],
  ['a denial comes before it', machineWith(OPEN, { ...denyAll('in'), priority: 10 }), 'stranger', 9070],
  ['it never left the machine', machineWith(OPEN), 'task', 9070],
  ['there is no such firewall', artifact(), 'stranger', 9070],
])('no rule is named where %s', async (_where, given, from, port) => {
  expect(await accepted(given, from, port)).toBe('the connection was accepted');
});
