import { LATENT_CLAIMS } from '../../../lib/check/latent/latent-claims';
import { STRANGERS_FAULTS } from '../../mutants/check/strangers/faults';
import { complained, complaints, decided } from '../decided';
import { ON_AWS } from '../../mutants/check/strangers/fault';

/** Of the faults that strangers made, one for each thing that waits for another to change, and the claim that names it. */
const TOLD: readonly (readonly [what: string, claim: string])[] = [
  ['a listener for the admin port of the server', 'admin-closed'],
  ['a listener for the fabric', 'fabric-cluster-only'],
  ['a listener for the ingress of the server', 'ingress-no-bypass'],
  ['a listener without TLS for the proxy', 'rules-exact'],
  ['the balancer speaks plainly to the proxy', 'tls-outside'],
  ['the proxy sees the balancer for every client', 'rate-bounded'],
  ["a host with the balancer's group", 'ingress-no-bypass'],
  ["an interface in the network with the task's group", 'rules-exact'],
  ['callers to the balancer of operators', 'registration-by-deployers-only'],
  ['a stranger in the task', 'ingress-no-bypass'],
  ['the data in the proxy', 'admin-closed'],
  ['the machine as a volume that nobody has yet', 'unprivileged'],
  ['a library before the proxy', 'unprivileged'],
  ['the proxy runs as the server', 'unprivileged'],
  ['nothing said of what is privileged', 'unprivileged'],
  ['another disk than the root is encrypted', 'disks-encrypted-own-key'],
  ["the server's admin on every address", 'bind-narrow'],
  ['the admin is told to others', 'bind-narrow'],
  ['everything behind a proxy of a stranger', 'egress-closed'],
  ["metadata at a stranger's", 'fabric-mutual-tls'],
  ['a cluster with others', 'fabric-mutual-tls'],
  ['snapshots to a stranger', 'disks-encrypted-own-key'],
  ['the server of somebody else, by digest', 'images-by-digest'],
  ['keys to the machine', 'admin-closed'],
  ['memory for secrets that all read', 'identity-key-by-reference'],
  ['another name of the node', 'deploy-drains'],
  ['the proxy logs to another group', 'alarms-present'],
  ['the machine reports to another group', 'alarms-present'],
  ['the task reads its own key', 'secret-readers-exact'],
  ['another task with the execution role', 'secret-readers-exact'],
  ['everybody reads the secret', 'secret-readers-exact'],
  ['the machine detaches and deletes its disk', 'storage-retained'],
  ['a shell in the task', 'admin-closed'],
  ['what is denied reads what nobody writes', 'api-key-not-stored'],
  ['rights before tokens', 'api-key-not-stored'],
  ['tokens go on', 'headers-allow-listed'],
  ['headers by which callers are known', 'headers-allow-listed'],
  ['no tokens for preflights', 'ingress-authenticated'],
  ['ids of requests from outside', 'forwarded-identity-not-trusted'],
  ['a limit with another status', 'rate-bounded'],
  ['headers by the thousand', 'slow-client-bounded'],
  ['requests are sent again', 'no-request-smuggling'],
  ['an answer that redirects', 'results-closed'],
  ['an answer of its own', 'secrets-by-reference'],
  ['weak curves', 'tls-outside'],
  ['a list of the leaf alone', 'client-certificate-required'],
  ['renegotiation with the issuer', 'upstream-verified'],
];
const FAULTS = new Map(Object.values(STRANGERS_FAULTS).flatMap((faults) => faults.map((fault) => [fault[0], fault])));

test.each(TOLD)('%s is told by %s', (what, claim) => {
  const fault = FAULTS.get(what);
  if (fault === undefined) throw new Error(`no stranger made ${what}`);
  const [, edit, , example = 'Orders'] = fault;
  const deciders = LATENT_CLAIMS.filter(({ id }) => id === claim);
  expect(complained(example, deciders, edit)).toEqual([
    expect.stringMatching(new RegExp(`^${claim} (?:broken|unproven)$`)),
  ]);
});

test.each(ON_AWS)('nothing waits in %s', (example) => {
  expect(complaints(decided(example, LATENT_CLAIMS))).toEqual([]);
});
