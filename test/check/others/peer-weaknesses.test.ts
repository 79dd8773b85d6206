import type { ClaimResult } from '../../../lib/artifact/claim';
import { FAULT } from '../../../lib/check/check-artifact';
import { resultsOf, says, WEAKNESSES } from './peer-results';
import type { PeerTemplate } from './peer-weakness';

/** What a template does not show, or no claim is about, and why. */
const NOT_NAMED: Readonly<Record<string, string>> = {
  'SingleNodeRestateDeployment (5), the key is not rotated':
    'the script makes it anew whenever it runs, and when that is, the file does not say',
  'FargateRestateDeployment (5), files go to a slower class after 30 days': 'what it costs, not what it admits',
  'ServiceDeployer (5), the whole event is logged': 'it is in the code of the function, of which the file has a name',
  'ServiceDeployer (6), services stay registered by default':
    'of the two it is the one under which calls end; the other one is named',
  'RestateEcsFargateCluster (4), the bucket has no lifecycle and writes no log':
    'no claim is about how long versions are kept, nor about reads of a bucket that the server alone may read',
  'RestateEcsFargateCluster (9), the stack does not go away': 'tasks that the controller starts are in no template',
};

const KNOWN = new Map<PeerTemplate, readonly ClaimResult[]>();
function known(template: PeerTemplate): readonly ClaimResult[] {
  const claims = WEAKNESSES.filter((each) => each.template === template).map(({ claim }) => claim);
  const results = KNOWN.get(template) ?? resultsOf(template, claims);
  KNOWN.set(template, results);
  return results;
}

test.each(WEAKNESSES)('$of: $weakness', (weakness) => {
  const results = known(weakness.template);
  expect(results.filter(({ id }) => id === weakness.claim).map(({ evidence }) => evidence)).not.toEqual([]);
  expect(says(weakness, results)).toBe(true);
});

test('each weakness of each construct is named, or said to be in no template', () => {
  const named = [...WEAKNESSES.map(({ of }) => of), ...Object.keys(NOT_NAMED).map((key) => key.split(',')[0] ?? '')];
  const all = [
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `FargateRestateDeployment (${number})`),
    ...[1, 2, 3, 4, 5, 6].map((number) => `SingleNodeRestateDeployment (${number})`),
    ...[1, 2, 3, 4, 5, 6].map((number) => `ServiceDeployer (${number})`),
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `RestateEcsFargateCluster (${number})`),
  ];
  expect([...new Set(named)].toSorted()).toEqual(all.toSorted());
});

test.each([...new Set(WEAKNESSES.map(({ template }) => template))])(
  '%s is decided without a fault of ours',
  (template) => {
    expect(known(template).filter(({ evidence }) => evidence.startsWith(FAULT))).toEqual([]);
  },
);
