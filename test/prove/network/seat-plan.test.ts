import type { Artifact, Balancer, SecurityGroup } from '../../../lib/artifact/artifact';
import { ownAddresses, type Seat } from '../../../lib/prove/network/seat';
import { networkNotes } from '../../../lib/prove/network/emulations';
import { planSeats, rangesOfNobody } from '../../../lib/prove/network/seat-plan';
import { aHost, anArtifact, group, tcp } from './a-deployment';

function planned(overrides: Partial<Artifact> = {}, host = aHost()) {
  const artifact = anArtifact(overrides, host);
  const plan = planSeats(artifact, host);
  const seat = (name: string) => plan.seats.find((each) => each.name === name);
  return { artifact, plan, seat };
}

function withGroup(changed: SecurityGroup): Partial<Artifact> {
  const { groups } = anArtifact();
  return { groups: [...groups.filter(({ id }) => id !== changed.id), changed] };
}

function balancers(overrides: Partial<Balancer>): readonly Balancer[] {
  return anArtifact().balancers.map((balancer) => ({ ...balancer, ...overrides }));
}

test('every seat has an address of its own in both families', () => {
  const { plan } = planned();
  const addresses = plan.seats.flatMap((seat) => [...seat.addresses, ...seat.addresses6]);
  expect(new Set(addresses).size).toBe(addresses.length);
  expect(plan.seats.map(({ name }) => name)).toEqual([
    'task',
    'machine',
    'balancer',
    'service',
    'stranger',
    'caller',
    'internet',
  ]);
});

test('strangers stand in the range that the file gives the VPC, whatever else rules name', () => {
  const partner = withGroup(group('BalancerGroup', tcp('in', 443, { kind: 'cidr', cidr: '10.20.0.0/16' })));
  expect(planned(partner).seat('stranger')?.addresses[0]).toMatch(/^10\.20\./);
  expect(planned({ ...partner, networkCidrs: ['10.0.0.0/16'] }).seat('stranger')?.addresses[0]).toMatch(/^10\.0\./);
});

test('a service of the file that wears the group for services leaves it to the run’s own service, too', () => {
  const task = aHost();
  const worn = anArtifact({}, task);
  const door = planSeats(worn, task).service.groups;
  const greeter = aHost({ id: 'Greeter', groups: [...door] });
  expect(door).not.toEqual([]);
  expect(planSeats({ ...worn, hosts: [task, greeter] }, task).service.groups).toEqual(door);
});

test('nobody on the internet reaches the task, and the stranger has no group', () => {
  const { seat } = planned();
  expect(seat('task')).toMatchObject({ filteredBy: ['TaskGroup'], reachableFromOutside: false, reachesOutside: true });
  expect(seat('machine')).toMatchObject({ filteredBy: ['HostGroup'], reachableFromOutside: false });
  expect(seat('stranger')).toMatchObject({ memberOf: [], reachableFromOutside: false });
  expect(seat('stranger')).not.toHaveProperty('filteredBy');
});

test.each([
  ['a public address is a way in', { publicAddress: true }, { reachableFromOutside: true }],
  ['no route is no way out', { internetRoute: 'none' as const }, { reachesOutside: false }],
  ['an unknown route is taken for one', { internetRoute: 'unknown' as const }, { reachesOutside: true }],
])('%s', (_name, overrides, expected) => {
  expect(planned({}, aHost(overrides)).seat('task')).toMatchObject(expected);
});

test('an internal balancer is not routed from the internet, and one without groups is not filtered', () => {
  expect(planned({ balancers: balancers({ scheme: 'internal' }) }).seat('balancer')).toMatchObject({
    reachableFromOutside: false,
  });
  const [{ groups: _groups, ...open } = {} as Balancer] = balancers({});
  const { seat } = planned({ balancers: [open] });
  expect(seat('balancer')).not.toHaveProperty('filteredBy');
});

test('the balancer with the TLS listener is the front, others have seats of their own', () => {
  const [front] = balancers({});
  const plain: Balancer = {
    ...front!,
    id: 'Plain',
    listeners: front!.listeners.map((each) => ({ ...each, protocol: 'TCP' })),
  };
  const elsewhere: Balancer = { ...front!, id: 'Other', listeners: [] };
  const { plan } = planned({ balancers: [plain, elsewhere, front!] });
  expect(plan.balancers.map(({ balancer, seat }) => [balancer.id, seat])).toEqual([
    ['Balancer', 'balancer'],
    ['Plain', 'balancer-2'],
  ]);
});

function callers(scheme: Balancer['scheme'], ...peers: readonly Parameters<typeof tcp>[2][]): Seat | undefined {
  return planned({
    balancers: balancers({ scheme }),
    ...withGroup(group('BalancerGroup', ...peers.map((peer) => tcp('in', 443, peer)))),
  }).seat('caller');
}

describe('the caller', () => {
  test('of an open front stands on the internet', () => {
    expect(callers('internet-facing', '0.0.0.0/0')).toMatchObject({ outside: true, addresses: ['198.51.100.20'] });
  });

  test('of an internal front that admits the VPC stands in the VPC', () => {
    const vpc = { kind: 'unknown', text: [{ logicalId: 'Vpc', attribute: 'CidrBlock' }] } as const;
    expect(callers('internal', vpc)).toMatchObject({ outside: false, memberOf: [] });
    expect(callers('internal', '10.0.0.0/16')).toMatchObject({ outside: false, addresses: ['10.0.0.9'], memberOf: [] });
  });

  test('of a front that admits a group is a member of it', () => {
    expect(callers('internal', 'Applications')).toMatchObject({ outside: false, memberOf: ['Applications'] });
  });

  test("of a front that admits a partner's range has an address of it", () => {
    expect(callers('internet-facing', '203.0.113.0/28')).toMatchObject({ outside: true, addresses: ['203.0.113.1'] });
    expect(callers('internal', '10.3.0.7/32')).toMatchObject({ outside: false, addresses: ['10.3.0.7'] });
  });

  test('of a front that admits nobody has nothing that others have not', () => {
    expect(callers('internet-facing')).toMatchObject({ outside: true, memberOf: [] });
    expect(callers('internal')).toMatchObject({ outside: false, memberOf: [] });
  });
});

describe('the service', () => {
  test("stands where the task's group may go and is let in", () => {
    const { plan, seat } = planned();
    expect(plan.service).toEqual({ port: 9080, groups: ['ServicesGroup'] });
    expect(seat('service')).toMatchObject({ memberOf: ['ServicesGroup'], filteredBy: ['ServicesGroup'] });
  });

  test('listens on the port that the groups have in common', () => {
    const range = { ...tcp('in', 9000, 'TaskGroup'), toPort: 9999 };
    expect(planned(withGroup(group('ServicesGroup', range))).plan.service.port).toBe(9080);
    const { groups } = anArtifact();
    const other = groups.map(({ id, rules }) =>
      group(id, ...rules.map((rule) => (rule.fromPort === 9080 ? { ...rule, fromPort: 7070, toPort: 7070 } : rule))),
    );
    expect(planned({ groups: other }).plan.service).toEqual({ port: 7070, groups: ['ServicesGroup'] });
  });

  test('has no group where none admits the server, and so none that could be taken for a guard', () => {
    const { plan, seat } = planned(withGroup(group('ServicesGroup')));
    // The endpoints' group is left: it admits the task on 443.
    expect(plan.service).toEqual({ port: 443, groups: ['EndpointsGroup'] });
    expect(planned({ groups: [] }).plan.service).toEqual({ port: 9080, groups: [] });
    expect(seat('service')?.filteredBy).toEqual(['EndpointsGroup']);
  });
});

describe('the range of the VPC', () => {
  test.each([
    ['the widest private range that a rule names', ['10.4.0.0/24', '10.4.0.0/16', '192.168.7.0/24'], '10.4.0.0/16'],
    ['no single address', ['10.9.0.7/32'], '10.77.0.0/16'],
    ['no public range', ['203.0.113.0/24', '0.0.0.0/0'], '10.77.0.0/16'],
    ['a range whose address has host bits', ['10.4.1.9/16'], '10.4.0.0/16'],
  ])('is %s', (_name, cidrs, expected) => {
    const { plan } = planned(withGroup(group('ServicesGroup', ...cidrs.map((cidr) => tcp('in', 9080, cidr)))));
    expect(plan.range.cidr).toBe(expected);
  });

  test('leaves ranges of which nobody has an address, and says so', () => {
    const { artifact, plan, seat } = planned(
      withGroup(
        group(
          'ServicesGroup',
          tcp('in', 9080, '10.4.0.0/16'),
          tcp('in', 9080, '192.168.7.0/24'),
          tcp('in', 9080, '203.0.113.0/24'),
        ),
      ),
    );
    expect(ownAddresses(seat('stranger')!).address).toMatch(/^10\.4\.0\./);
    expect(rangesOfNobody(artifact, plan, 'in')).toEqual(['192.168.7.0/24']);
    expect(rangesOfNobody(artifact, plan, 'out')).toEqual([]);
    expect(networkNotes(artifact, plan, undefined)).toContainEqual(
      expect.stringMatching(/^peers in 192\.168\.7\.0\/24 were not tried: .* its callers came from [\d.]+/),
    );
  });
});
