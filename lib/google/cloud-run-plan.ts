import type { Construct } from 'constructs';
import { concrete, isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';
import { wholeSeconds } from '../core/whole-seconds';
import { googleIdToken, GoogleIdToken } from '../restate/google-id-token';
import { assertAddress } from './cloud-run-audience';
import { serviceEnvironment } from './cloud-run-environment';
import { cloudRunProbe, CloudRunProbe } from './cloud-run-probe';
import { type SecretMount, secretMounts } from './cloud-run-secrets';
import type { CloudRunServiceProps, VpcEgress } from './cloud-run-service-props';
import { renderPinnedImage } from './images';
import { regionOf } from './private-network';
import { assertProject } from './project';
import { resourceName } from './resource-name';

/** What was asked for, validated and rendered, before any resource exists. */
export interface CloudRunPlan {
  readonly name: string;
  readonly region: string;
  readonly image: string;
  readonly auth: GoogleIdToken;
  /** Account that tokens are minted for. */
  readonly caller: string;
  readonly port: number;
  readonly environment: { name: string; value: string }[];
  readonly secrets: readonly SecretMount[];
  readonly startupProbe: CloudRunProbe;
  readonly livenessProbe: CloudRunProbe | undefined;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly concurrency: number;
  readonly timeoutSeconds: number;
  readonly cpu: number;
  readonly memoryMib: number;
}

/** Every name that is read, and no other: the compiler holds the list complete. */
const OPTIONS: Readonly<Record<keyof CloudRunServiceProps, true>> = {
  project: true,
  restate: true,
  image: true,
  region: true,
  name: true,
  auth: true,
  address: true,
  customAudiences: true,
  disableDefaultUrl: true,
  port: true,
  environment: true,
  secrets: true,
  encryptionKey: true,
  binaryAuthorizationPolicy: true,
  startupProbe: true,
  livenessProbe: true,
  minInstances: true,
  maxInstances: true,
  concurrency: true,
  timeoutSeconds: true,
  cpu: true,
  memoryMib: true,
  vpcEgress: true,
  deletionProtection: true,
};
const VPC_EGRESS: Readonly<Record<keyof VpcEgress, true>> = { network: true, traffic: true };

/** As Google's own, in the four minutes that it gives a container. */
const STARTUP_PROBE = CloudRunProbe.tcp({ periodSeconds: 10, failureThreshold: 24 });

/** Memory in MiB that goes with so many processors: at least, and at most. */
const MEMORY_MIB: Readonly<Record<number, readonly [least: number, most: number]>> = {
  1: [512, 4096],
  2: [512, 8192],
  4: [2048, 16_384],
  6: [4096, 24_576],
  8: [4096, 32_768],
};

/**
 * Validates the properties and renders what needs no resource.
 *
 * @throws UnsafeConfigurationError `OptionUnknown`, `OptionInvalid`, `ProjectInvalid`, `ServiceNameInvalid`, `RegionInvalid`, `ServicePortInvalid`, `ServiceSizeInvalid`,
 * `DurationOutOfRange`, `VpcEgressInvalid`, `EncryptionKeyElsewhere`, `BinaryAuthorizationInvalid`, `DefaultUrlNeeded`, `ValueNotConcrete`, and
 * the codes of images, tokens, credentials, addresses, probes, secrets and the environment
 */
export function planCloudRunService(scope: Construct, props: CloudRunServiceProps): CloudRunPlan {
  refuseUnknownOptions('a CloudRunService', props, Object.keys(OPTIONS));
  assertProject(props.project);
  const { restate, project, address, customAudiences = [], startupProbe = STARTUP_PROBE, livenessProbe } = props;
  const name = serviceName(props.name ?? resourceName(scope, LONGEST_NAME));
  const region = regionOf(props.region);
  const auth = googleIdToken(props.auth ?? GoogleIdToken.ambient());
  assertAddress({ name, region, projectNumber: project.number, address, customAudiences, auth });
  assertDefaultUrl(props);
  assertVpcEgress(props.vpcEgress);
  assertKeyHere(props.encryptionKey, region);
  assertPolicy(props.binaryAuthorizationPolicy);
  return {
    name,
    region,
    auth,
    image: renderPinnedImage('image', props.image, '2026-11-22'),
    caller: restate.callerAccount(auth),
    port: within('ServicePortInvalid', 'port', props.port ?? 9080, 1, 65_535),
    environment: serviceEnvironment(props.environment ?? {}, restate.identityPublicKeys),
    secrets: secretMounts(props.secrets ?? {}),
    startupProbe: cloudRunProbe('startupProbe', startupProbe),
    livenessProbe: livenessProbe && cloudRunProbe('livenessProbe', livenessProbe),
    timeoutSeconds: wholeSeconds('timeoutSeconds', props.timeoutSeconds ?? 3600, 1, 3600),
    ...size(props),
  };
}

function size(
  props: CloudRunServiceProps,
): Pick<CloudRunPlan, 'minInstances' | 'maxInstances' | 'concurrency' | 'cpu' | 'memoryMib'> {
  const code = 'ServiceSizeInvalid';
  const maxInstances = within(code, 'maxInstances', props.maxInstances ?? 10, 1, 1000);
  const { cpu = 1 } = props;
  const range = MEMORY_MIB[concrete('cpu', cpu)];
  if (range === undefined) throw invalid(code, `cpu ${quote(cpu)}`, 'Cloud Run has no such', 'give 1, 2, 4, 6 or 8');
  const [least, most] = range;
  return {
    maxInstances,
    minInstances: within(code, 'minInstances', props.minInstances ?? 0, 0, maxInstances),
    concurrency: within(code, 'concurrency', props.concurrency ?? 80, 1, 1000),
    cpu,
    memoryMib: within(code, `memoryMib beside cpu ${cpu}`, props.memoryMib ?? least, least, most),
  };
}

function within(code: string, what: string, value: number, least: number, most: number): number {
  if (Number.isInteger(concrete(what, value)) && value >= least && value <= most) return value;
  throw invalid(
    code,
    `${what} ${quote(value)}`,
    'neither Terraform nor its plan finds out: the deployment fails',
    `give a whole number from ${least} to ${most}`,
  );
}

const LONGEST_NAME = 49;
const NAME = /^[a-z](?:[a-z0-9-]{0,47}[a-z0-9])?$/;

function serviceName(name: string): string {
  if (NAME.test(concrete('the name of a service', name))) return name;
  const because = 'it is part of a host name, and Terraform finds out only when it deploys';
  const write = `give 1 to ${LONGEST_NAME} lower-case letters, digits and hyphens, a letter first and no hyphen at the end`;
  throw invalid('ServiceNameInvalid', `name ${quote(name)}`, because, write);
}

function assertDefaultUrl({ address, disableDefaultUrl = false }: CloudRunServiceProps): void {
  if (!disableDefaultUrl || address !== undefined) return;
  const because = 'there would be no address left that the server could call';
  throw invalid(
    'DefaultUrlNeeded',
    'disableDefaultUrl without an address',
    because,
    'give the address, or leave it out',
  );
}

function assertVpcEgress(egress: VpcEgress | undefined): void {
  if (egress === undefined) return;
  refuseUnknownOptions('vpcEgress', egress, Object.keys(VPC_EGRESS));
  const { traffic = 'ALL_TRAFFIC' } = egress;
  if ((['ALL_TRAFFIC', 'PRIVATE_RANGES_ONLY'] as readonly unknown[]).includes(traffic)) return;
  const because = 'Terraform finds out only when it plans';
  throw invalid(
    'VpcEgressInvalid',
    `vpcEgress.traffic ${quote(traffic)}`,
    because,
    "give 'ALL_TRAFFIC' or 'PRIVATE_RANGES_ONLY'",
  );
}

const KEY = /^projects\/[^/]+\/locations\/([a-z0-9-]+)\/keyRings\/[A-Za-z0-9_-]+\/cryptoKeys\/[A-Za-z0-9_-]+$/;

function assertKeyHere(key: string | undefined, region: string): void {
  if (key === undefined || isToken(key) || KEY.exec(key)?.[1] === region) return;
  const because = `a service of ${quote(region)} can be encrypted with a key of that region alone`;
  const write = `give 'projects/P/locations/${region}/keyRings/R/cryptoKeys/K', or leave it out`;
  throw invalid('EncryptionKeyElsewhere', `encryptionKey ${quote(key)}`, because, write);
}

const POLICY = /^projects\/[a-z0-9.:-]+\/platforms\/cloudRun\/policies\/[A-Za-z0-9_-]+$/;

function assertPolicy(policy: string | undefined): void {
  if (policy === undefined || isToken(policy) || POLICY.test(policy)) return;
  const because = 'no policy of Cloud Run has such a name, so that no image would be looked at, or none admitted';
  const write = "give 'projects/P/platforms/cloudRun/policies/NAME', or leave it out for the policy of the project";
  throw invalid('BinaryAuthorizationInvalid', `binaryAuthorizationPolicy ${quote(policy)}`, because, write);
}

function invalid(code: string, given: string, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({ code, given, because, write });
}
