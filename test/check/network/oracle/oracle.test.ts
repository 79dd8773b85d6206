import type { Artifact } from '../../../../lib/artifact/artifact';
import type { CloudNetwork } from '../../../../lib/artifact/network';
import { compare } from './disagreements';
import type { Topology } from './random-topology';

type Whole = Topology['artifact'];

/** The whole ten thousand are tried with the mutants. */
const SEEDS = { from: 0, to: 400 };

test('engine and packets agree about random networks', () => {
  const { asked, admitted, disagreements } = compare(SEEDS);
  expect(disagreements).toEqual([]);
  expect(asked).toBeGreaterThan(SEEDS.to * 80);
  // Both answers are common, or agreement would say little.
  expect(admitted / asked).toBeGreaterThan(0.1);
  expect(admitted / asked).toBeLessThan(0.9);
});

const within = (artifact: Whole, network: Partial<CloudNetwork>): Artifact => ({
  ...artifact,
  network: { ...artifact.network, ...network },
});

const withRules = (
  artifact: Whole,
  keep: (rule: Artifact['groups'][number]['rules'][number]) => boolean,
): Artifact => ({
  ...artifact,
  groups: artifact.groups.map(({ id, rules }) => ({ id, rules: rules.filter(keep) })),
});

test.each<[string, (artifact: Whole) => Artifact]>([
  ['IPv6', (artifact) => withRules(artifact, ({ peer }) => peer.kind !== 'cidr' || !peer.cidr.includes(':'))],
  ['references to groups', (artifact) => withRules(artifact, ({ peer }) => peer.kind !== 'group')],
  ['every protocol at once', (artifact) => withRules(artifact, ({ protocol }) => protocol !== 'all')],
  [
    'the way out of what sends',
    (artifact) => ({ ...artifact, groups: artifact.groups.map(({ id, rules }) => ({ id, rules: [...rules, OUT] })) }),
  ],
  [
    'the order of access lists',
    (artifact) =>
      within(artifact, {
        acls: artifact.network.acls.map(({ id, entries }) => ({
          id,
          entries: entries.map((entry) => ({ ...entry, number: 1_000 - Number(entry.number) })),
        })),
      }),
  ],
  [
    'that access lists are asked about answers',
    (artifact) =>
      within(artifact, {
        acls: artifact.network.acls.map(({ id, entries }) => ({ id, entries: [{ ...ANSWER, number: 0 }, ...entries] })),
      }),
  ],
  ['access lists', (artifact) => within(artifact, { acls: [] })],
  ['routes', (artifact) => within(artifact, { routeTables: [] })],
  [
    'several subnets',
    (artifact) =>
      within(artifact, {
        interfaces: artifact.network.interfaces.map((each) => ({ ...each, subnets: each.subnets.slice(0, 1) })),
      }),
  ],
  ['balancers', (artifact) => ({ ...artifact, balancers: [] })],
  [
    'the scheme of balancers',
    (artifact) => ({
      ...artifact,
      balancers: artifact.balancers.map((each) => ({ ...each, scheme: 'internal' as const })),
    }),
  ],
  [
    'the groups of balancers',
    (artifact) => ({ ...artifact, balancers: artifact.balancers.map(({ groups: _groups, ...each }) => each) }),
  ],
  [
    'whether a client keeps its address',
    (artifact) =>
      within(artifact, {
        targetGroups: artifact.network.targetGroups.map((each) => ({ ...each, preservesClientAddress: false })),
      }),
  ],
])('an engine that does not see %s is noticed', (_what, blind) => {
  expect(compare({ ...SEEDS, to: 3_000 }, blind).disagreements).not.toEqual([]);
});

const OUT = {
  direction: 'out',
  protocol: 'all',
  fromPort: 0,
  toPort: 65_535,
  peer: { kind: 'cidr', cidr: '0.0.0.0/0' },
} as const;

const ANSWER = {
  id: 'answer',
  direction: 'out',
  action: 'allow',
  protocol: 'all',
  fromPort: 0,
  toPort: 65_535,
  cidr: '0.0.0.0/0',
} as const;
