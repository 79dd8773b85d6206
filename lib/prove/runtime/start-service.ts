import type { StandIn } from '../booted-deployment';
import type { ServerRecords, ServiceUnderTest } from '../deployment';
import { behindFront, type CloudRunUnderTest, cloudRunUnderTest } from '../google-cloud/cloud-run-under-test';
import { startGoogleFront } from '../google-cloud/front';
import { vpcRange } from '../network/address-range';
import { ownAddresses } from '../network/seat';
import { registrationOf } from '../service/registration';
import { RunningService, type ServiceConfig } from '../service/running-service';
import type { GoogleRun } from './google-run';
import type { Run } from './prepare-run';
import { registerService, tryToRegister } from './register-service';
import { signsRequests } from './run-values';

/** The service behind the server, and what is before it on Google. */
export interface StartedService {
  readonly service: ServiceUnderTest;
  readonly standIn: StandIn;
  readonly cloudRun?: CloudRunUnderTest;
}

/** Of the loopback address of what stands for Google, where nothing else listens. */
const CONTAINER_PORT = 8080;
const LOOPBACK = '127.0.0.1';

/** Starts the service behind the server: behind Google's front end where the files have a service of Cloud Run, else in a seat of its own. */
export async function startService(run: Run): Promise<StartedService> {
  const { network, google } = run;
  if (google !== undefined && google.plan.services.length > 0) return startBehindFront(run, google);
  const { address } = ownAddresses(network.seat('service'));
  const service = await RunningService.start({
    ...serviceConfig(run),
    address,
    enter: network.enter('service'),
    node: run.options.toolchain.node,
    port: network.servicePort,
  });
  return { service, standIn: standInOf(service, 'service') };
}

/**
 * Registers the service.
 *
 * @returns what the server said when it did not take a service of Cloud Run, which is for an attack to judge
 * @throws CannotProveError `ServiceNotRegistered`, for any other service
 */
export async function register(
  records: ServerRecords,
  { service, cloudRun }: StartedService,
): Promise<string | undefined> {
  if (cloudRun !== undefined) return tryToRegister(records, registrationOf(service));
  await registerService(records, service.uri);
  return undefined;
}

async function startBehindFront(run: Run, { plan, keys, metadata, credentials }: GoogleRun): Promise<StartedService> {
  const { network, authority, artifact } = run;
  const enter = network.enter('google');
  const { addresses, publicAddresses = [] } = network.seat('google');
  const config = { ...serviceConfig(run), port: CONTAINER_PORT, bind: LOOPBACK };
  const [service, front] = await Promise.all([
    RunningService.start({ ...config, address: LOOPBACK, enter, node: run.options.toolchain.node }),
    startGoogleFront({
      enter,
      certificate: await authority.issue([...plan.names]),
      rules: plan.rules,
      keys,
      ...(credentials && { credentials: credentials.known }),
      inside: [vpcRange(artifact).cidr],
      upstream: { address: LOOPBACK, port: CONTAINER_PORT },
    }),
  ]);
  const [address = '', publicAddress = ''] = [addresses[0], publicAddresses[0]];
  const cloudRun = cloudRunUnderTest({ plan, keys, front, metadata: metadata(), address, publicAddress });
  const standIn = standInOf(service, 'google');
  return cloudRun === undefined ? { service, standIn } : { service: behindFront(service, cloudRun), cloudRun, standIn };
}

function standInOf(service: RunningService, seat: string): StandIn {
  return { seat, port: service.port, stop: () => service.stop() };
}

/** It verifies who calls it wherever the server signs. */
function serviceConfig({ options, restate, identity, credentials }: Run): Omit<ServiceConfig, 'port'> {
  return {
    sdkModules: options.toolchain.sdkModules,
    identityKeys: signsRequests(restate) ? [identity.publicKey] : [],
    granted: credentials.grants,
  };
}
