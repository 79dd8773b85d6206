import { join } from 'node:path';
import type { Instance } from '../../../lib/artifact/artifact';
import { runScenario, testInSandbox } from './in-sandbox';
import type { Found } from './machine-scenario';

interface Scenario {
  readonly addresses: Readonly<Record<string, string>>;
  readonly found: Found;
  readonly metadata: Found;
  readonly guard: string;
  readonly emulated: readonly string[];
  readonly unproven: readonly string[];
}

function run(metadata?: Instance['metadata']): Scenario {
  const env: Record<string, string> = metadata === undefined ? {} : { METADATA: JSON.stringify(metadata) };
  return runScenario(join(__dirname, 'machine-scenario.ts'), 60_000, env) as Scenario;
}

/** What arrives, and at which port of the containers; the firewall lets each in by a rule for its range. */
const ARRIVES: Readonly<Record<string, number>> = {
  'internet > door:443': 8443,
  'caller > door:443': 8443,
  'operator > door:443': 8443,
  'stranger > door:443': 8443,
  'service > door:443': 8443,
  'balancer > door:443': 8443,
  'operator > machine:443': 8443,
  'stranger > machine:443': 8443,
  'service > machine:443': 8443,
  'balancer > machine:443': 8443,
  'balancer > machine:8081': 8081,
  'operator > machine:9070': 8444,
  'task > google:443': 443,
  'stranger > google:443': 443,
  'service > google:443': 443,
};
/** None of them is filtered by the firewall of the machine, nor the machine on the way to itself: what they say there says nothing. */
const BETWEEN_OTHERS = /^(?!task).* > (?:internet|service):|^(?:balancer|operator) > google:|^task > (?:machine|door)/;

testInSandbox(
  'packets come to a machine as its network, its forwarding rule, its firewall and its published ports let them',
  () => {
    const { addresses, found, emulated, unproven } = run();
    const arrived = Object.entries(found).filter(([flow, what]) => / at \d+$/.test(what) && !BETWEEN_OTHERS.test(flow));
    const expected = Object.entries(ARRIVES).map(([flow, port]) => {
      // the address of whoever called is what arrives
      const [from = ''] = flow.split(' ');
      return [flow, `${addresses[from]} at ${port}`];
    });
    expect(Object.fromEntries(arrived)).toEqual(Object.fromEntries(expected));

    const hairpins = { 'door:443': 8443, 'machine:443': 8443, 'machine:9070': 8444, 'machine IPv6:443': 8443 };
    for (const [to, port] of Object.entries(hairpins))
      expect(found[`task > ${to}`]).toMatch(new RegExp(` at ${port}$`));

    const DENIED = 'google_compute_firewall.deny_in (in)';
    for (const from of ['stranger', 'service', 'balancer', 'operator']) {
      expect(found[`${from} > machine:8443`]).toBe(DENIED);
      expect(found[`${from} > machine:8444`]).toBe(DENIED);
      expect(found[`${from} > machine:5122`]).toBe('docker: port not published');
      expect(found[`${from} > machine IPv6:443`]).toBe('the task has no IPv6 address');
    }
    for (const from of ['internet', 'caller', 'stranger', 'service', 'balancer', 'operator']) {
      expect(found[`${from} > door:9070`]).toBe('no forwarding rule for the port');
      expect(found[`${from} > door:5122`]).toBe('no forwarding rule for the port');
    }
    for (const from of ['stranger', 'service', 'balancer']) expect(found[`${from} > machine:9070`]).toBe(DENIED);
    for (const port of [443, 8081, 9070, 5122]) {
      expect(found[`internet > machine:${port}`]).toBe('no route from the internet to the task');
    }
    expect(found['task > service:9080']).toBe('google_compute_firewall.deny_out (out)');
    expect(found['task > internet:443']).toBe('no route from the task to the internet');
    expect(found['internet > google:443']).toBe('no route from the internet to the google');
    const others = Object.entries(found).filter(([flow]) => !BETWEEN_OTHERS.test(flow));
    for (const [flow, said] of others) expect([flow, said]).toEqual([flow, expect.not.stringMatching(/^failed/)]);

    expect(emulated.join('\n')).toMatch(/redirect the published ports \(443 to 8443, 8081 to 8081, 9070 to 8444\)/);
    expect(unproven).toEqual([]);
  },
);

describe('the metadata service', () => {
  const PORTS = [80, 8080];
  const USERS = ['proxy', 'server', 'root'];

  testInSandbox('is for the user that the guest firewall excepts, and its resolver for everybody', () => {
    const { metadata, guard, emulated } = run({ kind: 'guarded', exceptUsers: [65_532] });
    expect(guard).toBe('set');
    expect(metadata['proxy > metadata:80']).toBe('connected');
    for (const port of PORTS) {
      expect(metadata[`server > metadata:${port}`]).toBe('guest firewall (out)');
      expect(metadata[`root > metadata:${port}`]).toBe('guest firewall (out)');
    }
    for (const user of USERS) expect(metadata[`${user} > metadata:53`]).toMatch(/ at 53$/);
    expect(emulated.join('\n')).toMatch(/metadata server: .*guarded .* by the user/);
  });

  testInSandbox('is for nobody where the guest firewall excepts nobody', () => {
    const { metadata } = run({ kind: 'guarded', exceptUsers: [] });
    for (const user of USERS) expect(metadata[`${user} > metadata:80`]).toBe('guest firewall (out)');
  });

  testInSandbox('is for everybody where there is no guard', () => {
    const { metadata, guard, emulated } = run('open');
    expect(guard).toBe('none');
    for (const user of USERS) expect(metadata[`${user} > metadata:80`]).toBe('connected');
    expect(emulated.join('\n')).toMatch(/metadata server: .*open to every process/);
  });

  testInSandbox('is for nobody, and nobody is named who refused, where the guard is not understood', () => {
    const { metadata, guard } = run('unknown');
    expect(guard).toBe('unknown');
    for (const user of USERS) expect(metadata[`${user} > metadata:80`]).toMatch(/^failed/);
  });
});
