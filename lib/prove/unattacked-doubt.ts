import { envoyContainer } from '../artifact/role';
import { CALLER_CLAIMS } from '../claims/caller-claims';
import { REQUEST_CLAIMS } from '../claims/request-claims';
import type { ClaimSubject } from '../claims/claim-subject';
import { openTunnels } from './google-cloud/open-tunnels';
import { literalSecrets } from './literal-secrets';
import { metadataFromTask } from './network/instance-metadata';
import { ENVOY_VERSION } from './toolchain/pins';
import { unattackedContainers } from './unattacked-containers';
import { unattackedDoors } from './unattacked-doors';
import { serverPorts, unattackedWaysIn, unattackedWaysOut } from './unattacked-rules';

/** Claims about what shares an address with the task, or may reach past it. */
const OF_ADDRESS: readonly string[] = ['ingress-no-bypass', 'bind-narrow', 'metadata-unreachable', 'unprivileged'];

type Find = (about: ClaimSubject) => readonly string[];

/** Claims about requests that come in by the callers' door. */
const OF_DOOR: readonly string[] = [
  ...CALLER_CLAIMS.map(({ id }) => id).filter((id) => id !== 'ingress-no-bypass'),
  ...REQUEST_CLAIMS.map(({ id }) => id).filter((id) => id !== 'proxy-has-no-admin' && id !== 'refusal-named'),
  'admin-authenticated',
  'admin-not-through-ingress',
  'tls-outside',
];
/** Claims about the doors of the server itself, past its proxy. */
const OF_SERVER: readonly string[] = [
  'admin-closed',
  'fabric-cluster-only',
  'metrics-closed',
  'registration-by-deployers-only',
];

const OF_SECRETS: readonly string[] = ['secrets-by-reference', 'identity-key-by-reference'];
const OF_WAY_OUT: readonly string[] = ['egress-closed', 'internal-endpoints-unreachable'];

/** The run gives every task and every machine an address of its own, whatever the file says. */
function sharedAddress({ host }: ClaimSubject): readonly string[] {
  return host.network === 'awsvpc' || host.network === 'published'
    ? []
    : [`${host.id} has network mode ${host.network} and no address of its own`];
}

/** The run shuts the metadata service where the user data may, so that nothing is broken that is only not known. */
function conditionalBlock({ host: { machine } }: ClaimSubject): readonly string[] {
  if (machine === undefined || metadataFromTask(machine) !== 'unknown') return [];
  return [
    `the user data of ${machine.id} sets ECS_AWSVPC_BLOCK_IMDS on a condition, and is not run to see whether it does`,
  ];
}

/** The run shuts the metadata server where a guest firewall may, for the same reason. */
function unknownGuard({ host: { id, instance } }: ClaimSubject): readonly string[] {
  if (instance?.metadata !== 'unknown') return [];
  return [`what the guest firewall of ${id} does about the metadata server is not understood`];
}

/** The run has one release of Envoy; an image that says that it is of another line may do otherwise. */
function otherProxy({ host }: ClaimSubject): readonly string[] {
  const tag = envoyContainer(host)?.image.tag ?? '';
  const [, minor] = /(?:^|[^\d.])(\d+\.\d+)\.\d+$/.exec(tag) ?? [];
  if (minor === undefined || ENVOY_VERSION.startsWith(`${minor}.`)) return [];
  return [`the image of Envoy is ${tag}, and Envoy ${ENVOY_VERSION} was attacked`];
}

/** The run gives every container processes and memory of its own, so that no attack looks at a secret from another container. */
function sharedAmongContainers({ host: { id, shared = [] } }: ClaimSubject): readonly string[] {
  return shared.map((what) => `containers of ${id} share their ${what}, from where nobody looked`);
}

const FINDS: readonly (readonly [claims: readonly string[], find: Find])[] = [
  [OF_DOOR, unattackedDoors],
  [OF_DOOR, otherProxy],
  [[...OF_SERVER, ...OF_ADDRESS], sharedAddress],
  [['ingress-no-bypass'], (about) => unattackedWaysIn(about)],
  [OF_SERVER, (about) => unattackedWaysIn(about, serverPorts(about))],
  [['admin-closed'], openTunnels],
  [['metadata-unreachable'], conditionalBlock],
  [['metadata-unreachable'], unknownGuard],
  [[...OF_SERVER, ...OF_ADDRESS, ...OF_SECRETS, ...OF_WAY_OUT], unattackedContainers],
  [['secrets-by-reference'], literalSecrets],
  [OF_SECRETS, sharedAmongContainers],
  [['egress-closed'], (about) => unattackedWaysOut(about, 'internet')],
  [['internal-endpoints-unreachable'], (about) => unattackedWaysOut(about, 'network')],
];

/**
 * Why a claim that held where it was attacked may not hold elsewhere: the file has a way in or out that no attack of the run went,
 * or a value that none looked for, so that nothing was shown about it.
 */
export function unattackedDoubt(claim: string, about: ClaimSubject): string | undefined {
  const found = FINDS.filter(([claims]) => claims.includes(claim)).flatMap(([, find]) => find(about));
  return found.length === 0 ? undefined : `it held where it was attacked, but ${found.join('; ')}`;
}
