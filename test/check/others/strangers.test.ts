import { join } from 'node:path';
import { readArtifacts } from '../../../lib/artifact/read';
import type { ClaimResult } from '../../../lib/artifact/claim';
import { checkDeployment, FAULT } from '../../../lib/check/check-artifact';
import { CHECKED_CLAIMS } from '../../../lib/check/checked-claims';
import { findDeployments } from '../../../lib/check/find-deployments';

/** A deployment as somebody writes it who knows neither our constructs nor our claims. */
interface Stranger {
  /** Its file or folder in `test/fixtures/others`. */
  readonly path: string;
  /** Claims that are broken, and a piece of the evidence. */
  readonly broken: Readonly<Record<string, RegExp>>;
  /** All that may be said to hold; whatever else is asked of it is broken, unproven or not about it. */
  readonly mayHold: readonly string[];
}

/** What the file shows by itself, whoever else is in the network. */
const SHOWN = ['admin-closed', 'config-honoured', 'deploy-drains', 'logs-hold-no-credential', 'no-public-address'];

const STRANGERS: readonly Stranger[] = [
  {
    path: 'alb-fargate.yaml',
    broken: {
      'admin-closed': /over listener Operators \(port 9070\)/,
      'admin-authenticated': /listener Operators of Balancer, port 9070, leads to the admin API and asks nobody/,
      'ingress-no-bypass': /over listener Public \(port 443\)/,
      'tls-outside': /listener Operators of Balancer, port 9070, speaks HTTP/,
      'secrets-by-reference': /Environment\[1\]\.Value holds the value of a secret/,
      'iam-no-wildcards': /lambda:invokefunction on every resource/,
      'requests-signed': /sends every request unsigned/,
    },
    mayHold: [...SHOWN, 'fabric-cluster-only', 'metrics-closed', 'version-supported'],
  },
  {
    path: 'nlb-without-group.yaml',
    broken: {
      'admin-closed': /172\.20\.0\.0\/16/,
      'fabric-cluster-only': /172\.20\.0\.0\/16/,
      'images-by-digest': /whose tag latest names no release/,
      'tls-outside': /listener On9070 of Front, port 9070, speaks TCP/,
    },
    mayHold: SHOWN,
  },
  {
    path: 'ec2-compose.yaml',
    broken: {
      'admin-closed': /published as port 9070.* is reached by 0\.0\.0\.0\/0/,
      'ingress-no-bypass': /published as port 8080.* is reached by 0\.0\.0\.0\/0/,
      'instance-metadata-v2': /HttpTokens is not required/,
      unprivileged: /container restate runs as its image's own user/,
    },
    mayHold: [],
  },
  {
    path: 'asg-launch-template.json',
    broken: {
      'ingress-no-bypass': /published as port 80.* is reached by 10\.7\.0\.0\/16/,
      'ingress-authenticated': /no proxy stands before the server/,
      'tls-outside': /listener Listener of Balancer, port 80, speaks TCP/,
      'egress-closed': /lets everything out to 0\.0\.0\.0\/0/,
      'node-replaced-with-its-disk': /has no disk but those that come and go with it/,
    },
    mayHold: [
      ...SHOWN,
      'bind-narrow',
      'fabric-cluster-only',
      'images-by-digest',
      'metadata-unreachable',
      'metrics-closed',
      'rules-exact',
      'version-supported',
    ],
  },
  { path: 'ec2-package.yaml', broken: {}, mayHold: [] },
  {
    path: 'ec2-baked-image.yaml',
    broken: { 'admin-closed': /Doors admits 0\.0\.0\.0\/0 to port 9070, and what stands behind it is not in the file/ },
    mayHold: ['secrets-by-reference'],
  },
  {
    path: 'imported-groups.yaml',
    broken: { 'ingress-authenticated': /no proxy/, 'requests-signed': /unsigned/ },
    mayHold: SHOWN,
  },
  {
    path: 'ecs-bridge.yaml',
    broken: { 'metadata-unreachable': /containers on a bridge reach/, 'version-supported': /names no single release/ },
    mayHold: [...SHOWN, 'images-by-digest'],
  },
  { path: 'terraform-aws', broken: {}, mayHold: [] },
  { path: 'google-container', broken: { 'admin-closed': /9070/ }, mayHold: [] },
  {
    path: 'google-cloud-run',
    broken: { 'cloud-run-private': /./, 'cloud-run-invoker-exact': /allUsers|everybody|anybody/ },
    mayHold: [],
  },
];

const DECIDED = new Map<string, readonly ClaimResult[]>();
function decided(path: string): readonly ClaimResult[] {
  const known = DECIDED.get(path);
  if (known !== undefined) return known;
  const folder = join(__dirname, '../../fixtures/others', path);
  const found = findDeployments([{ path: folder, artifacts: readArtifacts(folder) }]);
  const results = found.flatMap((each) => checkDeployment(each, CHECKED_CLAIMS));
  DECIDED.set(path, results);
  return results;
}

function idsOf(path: string, verdict: ClaimResult['verdict']): readonly string[] {
  return [...new Set(decided(path).flatMap((each) => (each.verdict === verdict ? [each.id] : [])))];
}

test.each(STRANGERS)('$path: what is broken is named', ({ path, broken }) => {
  const unnamed = Object.entries(broken).filter(
    ([claim, evidence]) =>
      !decided(path).some((each) => each.id === claim && each.verdict === 'broken' && evidence.test(each.evidence)),
  );
  expect(unnamed.map(([claim]) => claim)).toEqual([]);
});

test.each(STRANGERS)('$path: nothing is said to hold that the file does not show', ({ path, mayHold }) => {
  expect(idsOf(path, 'holds').filter((id) => !mayHold.includes(id))).toEqual([]);
});

test.each(STRANGERS)('$path: it does not pass, and no decider fails', ({ path }) => {
  expect([...idsOf(path, 'broken'), ...idsOf(path, 'unproven')]).not.toEqual([]);
  expect(decided(path).filter(({ evidence }) => evidence.startsWith(FAULT))).toEqual([]);
});

test('of another cloud than Google it is said that nothing is read from Terraform', () => {
  const said = decided('terraform-aws').map(({ evidence }) => evidence);
  expect(said.every((each) => each.includes('aws_instance.restate: is of aws, which is not read from Terraform'))).toBe(
    true,
  );
});

test.each(['ec2-package.yaml', 'terraform-aws', 'google-container', 'google-cloud-run'])(
  '%s: a server that is only spoken of leaves everything in doubt',
  (path) => {
    expect(idsOf(path, 'not-applicable')).toEqual([]);
    expect(decided(path).some(({ evidence }) => /speaks of the server, and how it runs there/.test(evidence))).toBe(
      true,
    );
  },
);
