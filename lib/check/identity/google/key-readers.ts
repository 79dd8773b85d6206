import type { Artifact } from '../../../artifact/artifact';
import { holdersOf, isAbove, keyOf } from '../../../artifact/iam/holders';
import type { IamGrant } from '../../../artifact/iam-grant';
import type { Principal } from '../../../artifact/iam/principal';
import type { Store } from '../../../artifact/store';
import { literal, references } from '../../../artifact/text';
import type { CheckedDeployment } from '../../checked-deployment';
import type { Finding } from '../../finding';
import { broken, unproven, worst } from '../../server/wrong';
import { storesOf } from '../../stores/related';

/** Accounts by which Google itself keeps something encrypted, by what they keep. */
const AGENTS: readonly (readonly [address: RegExp, kinds: readonly Store['kind'][]])[] = [
  [/^service-\d+@compute-system\.iam\.gserviceaccount\.com$/, ['disk', 'machine-disk']],
  [/^(?:service|cmek)-[\w-]+@gcp-sa-logging\.iam\.gserviceaccount\.com$/, ['log']],
  [/^service-\d+@gs-project-accounts\.iam\.gserviceaccount\.com$/, ['bucket']],
  [/^service-\d+@gcp-sa-secretmanager\.iam\.gserviceaccount\.com$/, ['secret']],
  [/^service-\d+@gcp-sa-pubsub\.iam\.gserviceaccount\.com$/, ['topic']],
  [/^service-\d+@gcp-sa-artifactregistry\.iam\.gserviceaccount\.com$/, ['registry']],
];

const RULING = /^roles\/(?:owner|editor|admin|writer|cloudkms\.admin|iam\.securityAdmin)$/;
const RULES = /\.setIamPolicy$/;

/** Who may decrypt with each key that stores of the deployment are encrypted with. */
export function googleKeyReaders(deployment: CheckedDeployment): readonly Finding[] {
  const stores = storesOf(deployment);
  return (deployment.artifact.keys ?? [])
    .map(({ id }) => ({ id, kinds: kindsOf(id, stores) }))
    .filter(({ kinds }) => kinds.length > 0)
    .map(({ id, kinds }) => readersOf(id, kinds, deployment));
}

function kindsOf(key: string, stores: readonly Store[]): readonly Store['kind'][] {
  return stores
    .filter(({ encryption }) => encryption.kind === 'own-key' && encryption.of === key)
    .map(({ kind }) => kind);
}

function readersOf(key: string, kinds: readonly Store['kind'][], { artifact }: CheckedDeployment): Finding {
  const { holders, sets, undecided } = holdersOf(artifact, 'use-key', (grant) => concerns(grant, key));
  const others = [...holders, ...sets].filter(({ principal }) => !isAgent(principal, kinds));
  return {
    subject: key,
    ...worst(
      [
        ...others.map(({ principal, by }) =>
          broken(`${keyOf(principal)} may decrypt with ${key}, by ${by.join(', ')}`),
        ),
        ...rulers(key, artifact).map((id) => broken(`${id} lets somebody change who may use ${key}`)),
        ...undecided.map((doubt) => unproven(`who may decrypt with ${key} is not decided: ${doubt}`)),
      ],
      `key ${key} is used by the agents of Google that keep ${[...new Set(kinds)].join(', ')} alone`,
    ),
    restsOn: holders.flatMap(({ by }) => by),
  };
}

/** To use a key nobody has to rule over it. */
function rulers(key: string, { grants = [] }: Artifact): readonly string[] {
  return grants
    .filter((grant) => grant.level === 'crypto-key' && concerns(grant, key) !== false)
    .filter(
      ({ role, permissions = [] }) => RULING.test(literal(role) ?? '') || permissions.some((each) => RULES.test(each)),
    )
    .map(({ id }) => id);
}

function isAgent(principal: Principal, kinds: readonly Store['kind'][]): boolean {
  return (
    principal.kind === 'account' &&
    AGENTS.some(([address, of]) => address.test(principal.key) && of.some((kind) => kinds.includes(kind)))
  );
}

/** A grant on the ring is one on every key in it, whichever that is. `undefined`: not decided. */
function concerns({ level, on }: IamGrant, key: string): boolean | undefined {
  if (isAbove(level)) return true;
  if (level === 'unknown' || level === 'key-ring') return undefined;
  if (level !== 'crypto-key') return false;
  const [named] = references(on);
  return named === undefined ? undefined : named.logicalId === key;
}
