import type { Artifact, Host } from '../../../lib/artifact/artifact';
import type { FirewallRule } from '../../../lib/artifact/firewall-rule';
import type { Seat } from '../../../lib/prove/network/seat';
import { planSeats, type SeatPlan } from '../../../lib/prove/network/seat-plan';
import { aForwardingRule, allow, aMachine, denyAll, GOOGLE, IAP, onGoogle } from './a-machine';

function planned(overrides: Partial<Artifact> = {}, host: Host = aMachine()) {
  const plan: SeatPlan = planSeats(onGoogle(host, overrides), host);
  return { plan, seat: (name: string): Seat => plan.seats.find((each) => each.name === name)! };
}

const rules = (...changed: readonly FirewallRule[]): Partial<Artifact> => ({
  firewall: [...changed, denyAll('in'), allow('out', 443, { ranges: [GOOGLE] }), denyAll('out')],
});
const front = (scheme: 'internal' | 'internet-facing') => ({ balancers: [aForwardingRule(443, { scheme })] });

test('every seat has an address of its own in both families, and a link of its own', () => {
  const { plan } = planned({ balancers: [aForwardingRule(443), aForwardingRule(9070)] });
  const addresses = plan.seats.flatMap((seat) => [...seat.addresses, ...seat.addresses6]);
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(new Set(plan.seats.map(({ link }) => link)).size).toBe(plan.seats.length);
  expect(plan.seats.map(({ name }) => name)).toEqual([
    'task',
    'balancer',
    'admin-balancer',
    'service',
    'stranger',
    'google',
    'caller',
    'operator',
    'internet',
  ]);
});

describe('a balancer that passes packets through', () => {
  test('is an address of the machine itself, and its seat the prober of its health', () => {
    const { plan, seat } = planned();
    const [{ address, seat: name } = { address: '', seat: '' }] = plan.balancers;
    expect(seat('task').addresses).toEqual([expect.stringMatching(/^10\.8\./), address]);
    expect(seat(name).addresses.map((each) => each.split('.').slice(0, 2).join('.'))).toEqual([
      '35.191',
      '130.211',
      '209.85',
      '209.85',
    ]);
    expect(seat('task')).toMatchObject({ reachableFromOutside: false, publicAddresses: [] });
  });

  test('has a public address where it faces the internet, and the machine still has none', () => {
    const { plan, seat } = planned(front('internet-facing'));
    const [{ address, address6 } = { address: '', address6: '' }] = plan.balancers;
    expect(seat('task').publicAddresses).toEqual([address, address6]);
    expect(seat('task').addresses[0]).toMatch(/^10\.8\./);
    expect(seat('task').reachableFromOutside).toBe(false);
  });
});

test('a balancer that ends TLS is a host of its own, which calls from the addresses of health probes', () => {
  const { plan, seat } = planned({
    balancers: [aForwardingRule(443, { type: 'application', scheme: 'internet-facing' })],
  });
  const [{ address } = { address: '' }] = plan.balancers;
  expect(seat('balancer').addresses[0]).toMatch(/^35\.191\./);
  expect(seat('balancer').addresses).toContain(address);
  expect(seat('balancer').publicAddresses).toContain(address);
  expect(seat('task').addresses).toHaveLength(1);
  expect(seat('caller').outside).toBe(true);
});

test('the machine is known by its account, and nobody of the run but callers is known by anything', () => {
  const { plan, seat } = planned();
  expect(seat('task')).toMatchObject({ identity: { tags: [], account: aMachine().instance?.account } });
  for (const each of plan.seats.filter(({ name }) => name !== 'task')) {
    expect([each.name, each.identity, each.inNetwork]).toEqual([each.name, undefined, undefined]);
  }
});

describe('the caller', () => {
  test.each<[string, Partial<FirewallRule>, 'internal' | 'internet-facing', Partial<Seat>]>([
    ['of an open front stands on the internet', { ranges: ['0.0.0.0/0'] }, 'internet-facing', { outside: true }],
    ['of an internal front is a host of the network', { ranges: ['10.8.0.0/20'] }, 'internal', { outside: false }],
    ['has the tag that a rule names', { sourceTags: ['shop'] }, 'internal', { identity: { tags: ['shop'] } }],
    [
      'has the account that a rule names',
      { sourceAccounts: [['shop@p.iam.gserviceaccount.com']] },
      'internal',
      { identity: { tags: [], account: ['shop@p.iam.gserviceaccount.com'] } },
    ],
    [
      'has an address of the range that a rule names',
      { ranges: ['203.0.113.64/26'] },
      'internet-facing',
      { addresses: ['203.0.113.65'], outside: true },
    ],
    ['may come from another private range', { ranges: ['10.50.1.7/24'] }, 'internal', { addresses: ['10.50.1.1'] }],
  ])('%s', (_, admitted, scheme, expected) => {
    const { seat } = planned({ ...front(scheme), ...rules(allow('in', 443, admitted)) });
    expect(seat('caller')).toMatchObject(expected);
  });

  test('is nobody whom a denial of more weight refuses', () => {
    const open = allow('in', 443, { ranges: ['0.0.0.0/0'] });
    const internet = { ...denyAll('in'), priority: 100, ranges: ['198.51.100.0/24'] };
    expect(planned({ ...front('internet-facing'), ...rules(open, internet) }).seat('caller').outside).toBe(false);
    const quarantine = { ...denyAll('in'), priority: 100 };
    expect(planned({ ...front('internal'), ...rules(open, quarantine) }).seat('caller').identity).toBeUndefined();
  });
});

describe('operators', () => {
  test('come to the machine itself from the addresses of the tunnel', () => {
    const { plan, seat } = planned();
    expect(seat('operator')).toMatchObject({ addresses: ['35.235.240.2'], outside: false });
    expect(plan.operators).toMatchObject({ address: seat('task').addresses[0], callersToo: false });
    expect(plan.operators).not.toHaveProperty('balancerSeat');
  });

  test('come to the address of their own balancer where they have one', () => {
    const peers = allow('in', 9070, { sourceTags: ['ops'] });
    const { plan, seat } = planned({
      balancers: [aForwardingRule(9070), aForwardingRule(443)],
      ...rules(allow('in', 443, { ranges: ['10.8.0.0/20'] }), peers),
    });
    expect(plan.balancers.map((each) => each.balancer.listeners[0]?.port)).toEqual([443, 9070]);
    expect(plan.operators).toMatchObject({ address: seat('task').addresses[2] });
    expect(plan.operators).not.toHaveProperty('balancerSeat');
    expect(seat('operator').identity).toEqual({ tags: ['ops'] });
  });

  test('share their door with callers where a rule admits both', () => {
    const { plan } = planned(rules(allow('in', 443), allow('in', 9070, { ranges: ['10.0.0.0/8'] })));
    expect(plan.operators?.callersToo).toBe(true);
  });
});

describe('the service', () => {
  test('stands anywhere in the network, since Google leads to it', () => {
    const { plan, seat } = planned();
    expect(plan.service.port).toBe(9080);
    expect(seat('service').addresses[0]).toMatch(/^10\.8\./);
  });

  test.each([
    ['10.60.0.0/24', 7070, '10.60.0.5'],
    ['10.60.0.9/32', 9080, '10.60.0.9'],
    ['10.8.0.0/16', 9080, '10.8.0.6'],
  ])('stands in %s where the firewall lets the server out to its port %i', (range, port, address) => {
    const { plan, seat } = planned({
      firewall: [...(onGoogle(aMachine()).firewall ?? []), allow('out', port, { ranges: [range] })],
    });
    expect([plan.service.port, seat('service').addresses[0]]).toEqual([port, address]);
  });
});

test.each([
  ['none', false],
  ['nat', true],
  ['unknown', true],
] as const)('a machine whose route to the internet is %s reaches it: %s', (internetRoute, reachesOutside) => {
  expect(planned({}, aMachine({}, { internetRoute })).seat('task')).toMatchObject({ reachesOutside });
});

test('the tunnel of operators is no caller', () => {
  const { seat } = planned(rules(allow('in', 9070, { ranges: [IAP] })));
  expect(seat('caller').addresses[0]).not.toMatch(/^35\./);
});
