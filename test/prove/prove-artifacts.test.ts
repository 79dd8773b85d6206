import type { Artifact } from '../../lib/artifact/artifact';
import { CannotProveError } from '../../lib/prove/cannot-prove-error';
import { PROVEN_CLAIMS } from '../../lib/prove/claims';
import { type ProofMeans, proveArtifacts } from '../../lib/prove/prove-artifacts';
import type { AttackResult, DeploymentProof, ProofReport } from '../../lib/prove/report';
import { artifact, container, host } from './fake-deployment';

const toolchain = { envoy: '/envoy', restateServer: '/restate-server', node: '/node', sdkModules: '/sdk' };

const refused = (claim: string, overrides: Partial<AttackResult> = {}): AttackResult => ({
  id: `${claim}-attack`,
  claim,
  subject: 'Task',
  from: 'internet',
  attempt: 'tries',
  expected: 'refused',
  observed: 'no answer',
  refusedBy: 'firewall: TaskGroup',
  verdict: 'holds',
  control: { from: 'internet', attempt: 'tries', observed: 'fine', verdict: 'succeeded' },
  durationMs: 1,
  ...overrides,
});

const proof = (attacks: readonly AttackResult[]): DeploymentProof => ({
  attacks,
  skipped: [],
  emulated: ['the balancer'],
  replaced: ['the certificates'],
});

const everyClaim = proof(PROVEN_CLAIMS.map(({ id }) => refused(id)));

function run(
  found: DeploymentProof | Error,
  request: {
    readonly artifacts?: readonly Artifact[];
    readonly only?: readonly string[];
    readonly stack?: string;
  } = {},
  means: Partial<ProofMeans> = {},
): Promise<ProofReport> {
  return proveArtifacts(
    {
      path: 'cdk.out',
      artifacts: [artifact()],
      version: '0.1.0',
      slow: false,
      onProgress: () => undefined,
      ...request,
    },
    {
      install: () => Promise.resolve(toolchain),
      prove: () => (found instanceof Error ? Promise.reject(found) : Promise.resolve(found)),
      ...means,
    },
  );
}

const verdictOf = (report: ProofReport, id: string): string | undefined =>
  report.claims.find((claim) => claim.id === id && claim.verdict !== 'accepted')?.verdict;

test('every proven claim has exactly one verdict of its own on every deployment', async () => {
  const report = await run(everyClaim);
  const own = report.claims.filter(({ verdict }) => verdict !== 'accepted').map(({ id }) => id);
  expect(own).toEqual(PROVEN_CLAIMS.map(({ id }) => id));
  expect(new Set(own).size).toBe(own.length);
  expect(report.summary).toMatchObject({ holds: own.length, exitCode: 0 });
});

test('a claim that no attack tests is unproven, unless it does not apply', async () => {
  const report = await run(proof([]));
  expect(verdictOf(report, 'admin-closed')).toBe('unproven');
  expect(verdictOf(report, 'cloud-run-private')).toBe('not-applicable');
  expect(report.summary.exitCode).toBe(1);
});

test.each(['broken', 'unproven'] as const)(
  'one %s claim makes the exit code 1 and says what to change',
  async (verdict) => {
    const attacks = everyClaim.attacks.map((attack) =>
      attack.claim === 'admin-closed' ? { ...attack, verdict } : attack,
    );
    const report = await run(proof(attacks));
    const row = report.claims.find(({ id }) => id === 'admin-closed');
    expect(row).toMatchObject({ verdict, subject: 'Task', fix: expect.stringContaining('RESTATE_ADMIN__LISTEN_MODE') });
    expect(report.summary).toMatchObject({ [verdict]: 1, exitCode: 1 });
  },
);

test('refusals that nobody can be named for leave refusal-named unproven', async () => {
  const { refusedBy: _, ...nameless } = refused('admin-closed', { verdict: 'unproven' });
  const report = await run(proof([refused('results-closed'), nameless]));
  expect(verdictOf(report, 'refusal-named')).toBe('unproven');
});

test.each([
  ['the task definition', 'Task', ['admin-closed', 'tls-outside'], []],
  ['something that has no part in it', 'Elsewhere', [], ['admin-closed', 'tls-outside']],
])('what could not be read of %s leaves what rests on it unproven', async (_, subject, unproven, holding) => {
  const unread = artifact({ unreadable: [{ subject, reason: 'EnvironmentFiles is not modelled' }] });
  const report = await run(everyClaim, { artifacts: [unread] });
  expect(unproven.map((id) => verdictOf(report, id))).toEqual(unproven.map(() => 'unproven'));
  expect(holding.map((id) => verdictOf(report, id))).toEqual(holding.map(() => 'holds'));
});

test.each([
  [
    'what rewrites the template',
    'template',
    ['admin-closed', 'egress-closed', 'unprivileged', 'ingress-no-bypass'],
    [],
  ],
  ['another way in', 'ways-in', ['ingress-no-bypass', 'tls-outside'], ['admin-closed', 'egress-closed']],
] as const)('%s that could not be read leaves unproven what rests on it', async (_, concerns, unproven, holding) => {
  const unread = artifact({ unreadable: [{ subject: 'Elsewhere', reason: 'is not modelled', concerns }] });
  const report = await run(everyClaim, { artifacts: [unread] });
  expect(unproven.map((id) => verdictOf(report, id))).toEqual(unproven.map(() => 'unproven'));
  expect(holding.map((id) => verdictOf(report, id))).toEqual(holding.map(() => 'holds'));
  expect(report.claims.filter(({ verdict }) => verdict === 'holds').length).toBeLessThan(
    concerns === 'template' ? 1 : 99,
  );
});

test('a way in that no attack went leaves what it leads to unproven, and the command fails', async () => {
  const peer = { kind: 'group', id: 'Shop' } as const;
  const rule = { direction: 'in', protocol: 'all', fromPort: 0, toPort: 65_535, peer } as const;
  const open = artifact({ groups: [{ id: 'TaskGroup', rules: [rule] }] });
  const report = await run(everyClaim, { artifacts: [open] });
  expect(verdictOf(report, 'admin-closed')).toBe('unproven');
  expect(verdictOf(report, 'egress-closed')).toBe('holds');
  expect(report.summary.exitCode).toBe(1);
});

test('a parameter that was taken at its default is said to be, with the values that were replaced', async () => {
  const defaults = [
    { parameter: 'Env', value: 'x' },
    { parameter: 'DatabasePassword', value: 'planted-value' },
  ];
  const report = await run(everyClaim, { artifacts: [artifact({ defaults })] });
  expect(report.replaced).toEqual([
    'parameter Env taken at its default "x"',
    'parameter DatabasePassword taken at its default',
    'the certificates',
  ]);
});

test('with --only, claims that were not tested are not reported', async () => {
  const report = await run(proof([refused('admin-closed')]), { only: ['admin-from-stranger'] });
  expect(report.claims.map(({ id }) => id)).toEqual(['admin-closed']);
});

test('an attack that does not exist is refused before anything runs', async () => {
  const install = jest.fn();
  await expect(run(proof([]), { only: ['admin-open'] }, { install })).rejects.toThrow(
    'there is no attack "admin-open"',
  );
  expect(install).not.toHaveBeenCalled();
});

test('a machine without namespaces leaves the claims unproven, with the reason', async () => {
  const report = await run(new CannotProveError('NamespacesForbidden', 'no namespaces here', 'run as root'));
  const row = report.claims.find(({ id }) => id === 'admin-closed');
  expect(row).toMatchObject({ verdict: 'unproven', evidence: 'no namespaces here; run as root [NamespacesForbidden]' });
  expect(report.summary).toMatchObject({ broken: 0, exitCode: 1 });
});

test('with --only, too, a deployment that does not boot is no success', async () => {
  const failure = new CannotProveError('BootFailed', 'container envoy ended with 1', 'mend it');
  const report = await run(failure, { only: ['admin-from-stranger'] });
  expect(report.claims).toMatchObject([{ id: 'admin-closed', verdict: 'unproven' }]);
  expect(report.summary.exitCode).toBe(1);
});

describe('a claim whose control failed', () => {
  const target = {
    group: 'Targets',
    host: 'Task',
    port: 8443,
    protocol: 'TLS',
    healthCheck: { protocol: 'HTTP', port: 8081 },
  };
  const listeners = [{ id: 'Listener', port: 443, protocol: 'TLS', targets: [target] }];
  const balancer = { id: 'Balancer', type: 'network', scheme: 'internal', groups: ['Front'], listeners };
  const peer = { kind: 'cidr', cidr: '10.20.0.0/16' };
  const rule = { direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 443, peer };
  const NOBODY = /^no caller is admitted to the load balancer: name the callers \(ingress\.peers\)/;
  const dead = proof([
    refused('ingress-authenticated', {
      verdict: 'unproven',
      control: { from: 'caller', attempt: 'calls', observed: 'no answer', verdict: 'failed' },
    }),
  ]);

  test.each([
    ['says so where no group admits a caller', { groups: [{ id: 'Front', rules: [] }] }, expect.stringMatching(NOBODY)],
    [
      'has its own remedy where one is admitted',
      { groups: [{ id: 'Front', rules: [rule] }] },
      expect.not.stringMatching(NOBODY),
    ],
    [
      'has its own remedy where a rule was not read',
      { groups: [{ id: 'Front', rules: [] }], unreadable: [{ subject: 'Front', because: 'a macro' }] },
      expect.not.stringMatching(NOBODY),
    ],
  ])('%s', async (_, overrides, fix) => {
    const stack = artifact({ balancers: [balancer], ...overrides } as Partial<Artifact>);
    const report = await run(dead, { artifacts: [stack] });
    expect(report.claims).toContainEqual(
      expect.objectContaining({ id: 'ingress-authenticated', verdict: 'unproven', fix: fix as string }),
    );
  });
});

test('an error of ours is no verdict', async () => {
  await expect(run(new TypeError('undefined is not a function'))).rejects.toThrow(TypeError);
});

test('several stacks make one report: subjects prefixed, the worst exit code, a summary for each', async () => {
  const artifacts = [artifact({ name: 'A' }), artifact({ name: 'B' })];
  const prove: ProofMeans['prove'] = ({ subject }) =>
    Promise.resolve(subject === 'A/Task' ? everyClaim : proof([refused('admin-closed', { verdict: 'broken' })]));
  const report = await run(everyClaim, { artifacts }, { prove });
  expect(new Set(report.claims.map(({ subject }) => subject))).toEqual(new Set(['A/Task', 'B/Task']));
  expect(report.proofs?.map(({ artifact: name, summary }) => [name, summary.exitCode])).toEqual([
    ['A', 0],
    ['B', 1],
  ]);
  expect(report.summary.exitCode).toBe(1);
});

test('--stack leaves the others alone', async () => {
  const report = await run(everyClaim, { artifacts: [artifact({ name: 'A' }), artifact({ name: 'B' })], stack: 'B' });
  expect(report).not.toHaveProperty('proofs');
  expect(report.claims[0]?.subject).toBe('B/Task');
});

test.each([
  ['a stack that is not there', { stack: 'C' }, 'cdk.out: it holds no stack "C"; name one of Stack'],
  [
    'no stack that runs the server',
    { artifacts: [artifact({ hosts: [] })] },
    'no task or machine in it runs restate-server',
  ],
])('%s is refused with what to do', async (_, request, message) => {
  await expect(run(everyClaim, request)).rejects.toThrow(message);
});

describe('accepted risks', () => {
  const bootstrap = [['--config-yaml', '{"remote_jwks":{}}'].map((word) => [word])].flat();
  const node = host({
    containers: [container(), container({ name: 'envoy', image: { text: ['envoy'] }, command: bootstrap })],
    machine: {
      id: 'Machine',
      userData: [],
      metadataTokensRequired: true,
      metadataHopLimit: 1,
      groups: [],
      publicAddress: false,
    },
  });
  const target = {
    group: 'Targets',
    protocol: 'TLS',
    host: 'Task',
    port: 8443,
    healthCheck: { protocol: 'HTTP', port: 8081 },
  };
  const listener = { id: 'Listener', port: 443, protocol: 'TLS', targets: [target] };
  const out = {
    direction: 'out',
    protocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    peer: { kind: 'cidr', cidr: '0.0.0.0/0' },
  };
  const stack = artifact({
    hosts: [node],
    balancers: [{ id: 'Balancer', type: 'network', scheme: 'internal', listeners: [listener] }],
    groups: [{ id: 'TaskGroup', rules: [out] }],
    accepted: [{ claim: 'rate-bounded', subject: 'Proxy', reason: 'the limit is per process' }],
  } as Partial<Artifact>);

  test.each([
    ['break-glass through the host', 'admin-closed', 'Machine'],
    ['a proxy certificate that the balancer does not verify', 'tls-outside', 'Targets'],
    ['public https for a remote key set', 'egress-closed', 'TaskGroup'],
    ['plaintext on loopback', 'fabric-cluster-only', 'Task'],
    ['what the template itself names', 'rate-bounded', 'Proxy'],
  ])('%s is shown, beside the verdict of the claim', async (_, id, subject) => {
    const report = await run(everyClaim, { artifacts: [stack] });
    const rows = report.claims.filter((claim) => claim.id === id);
    expect(rows).toContainEqual(
      expect.objectContaining({ verdict: 'accepted', subject, evidence: expect.stringMatching(/\w{3}/) }),
    );
    expect(rows).toContainEqual(expect.objectContaining({ verdict: 'holds' }));
    expect(report.summary.exitCode).toBe(0);
  });

  test('an accepted risk does not excuse a broken claim', async () => {
    const report = await run(proof([refused('egress-closed', { verdict: 'broken' })]), { artifacts: [stack] });
    expect(verdictOf(report, 'egress-closed')).toBe('broken');
  });

  test('public https without a remote key set is no accepted risk', async () => {
    const inline = { ...stack, hosts: [host({ groups: ['TaskGroup'] })] };
    const report = await run(everyClaim, { artifacts: [inline] });
    expect(report.claims.filter(({ subject }) => subject === 'TaskGroup')).toEqual([]);
  });
});

const fixOf = ({ claims }: ProofReport): string | undefined => claims.find(({ verdict }) => verdict === 'broken')?.fix;

describe('a plan, which carries no accepted risks,', () => {
  const plan = artifact({ acceptedElsewhere: true });
  const broken = proof([refused('admin-closed', { verdict: 'broken' })]);
  const ADVICE = 'give the cdk.tf.json';

  test('says so whatever was found', async () => {
    const { replaced } = await run(everyClaim, { artifacts: [plan] });
    expect(replaced[0]).toContain('accepted risks of Stack: a plan carries none');
    expect(replaced[0]).toContain(ADVICE);
  });

  test('says of a broken claim that it may be one of them', async () => {
    expect(fixOf(await run(broken, { artifacts: [plan] }))).toContain(ADVICE);
  });

  test('is alone in that', async () => {
    const report = await run(broken);
    expect(report.replaced).toEqual(broken.replaced);
    expect(fixOf(report)).not.toContain(ADVICE);
  });
});
