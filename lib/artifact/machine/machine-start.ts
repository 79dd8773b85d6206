import type { Container, Host, Instance, PublishedPort, Volume } from '../artifact';
import type { Forwarder } from '../forwarder';
import type { CloudConfig, Report } from './cloud-config';
import { composedCommands } from './composed-commands';
import { joinedBy, readContainers, type UnitContainer } from './docker-containers';
import { readForwarders } from './forwarders';
import { reportChanges } from './machine-changes';
import { installsOf } from './installs';
import { machineStartup } from './machine-commands';
import { reportMachineNetwork } from './machine-network';
import type { Marks } from './marks';
import { guardCommands, readMetadata } from './metadata-guard';
import { readSecretFiles } from './secret-files';

/** What a virtual machine makes of itself when it starts, as a host and an instance have it. */
export interface MachineStart extends Pick<Instance, 'published' | 'secretFiles' | 'metadata'> {
  readonly files: ReadonlyMap<string, string>;
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  readonly network: Host['network'];
  /** What on the machine itself leads connections on. */
  readonly forwarders: readonly Forwarder[];
  /** Commands that fetch programs by name, as they are written. */
  readonly installs: readonly string[];
}

/** A start of which nothing is known. */
export const NOTHING_KNOWN: MachineStart = {
  containers: [],
  volumes: [],
  network: 'unknown',
  published: [],
  secretFiles: [],
  metadata: 'unknown',
  files: new Map(),
  forwarders: [],
  installs: [],
};

/**
 * Reads what a machine's files and commands come to: the containers that run once they have run, with what they share and what of them the
 * machine publishes.
 *
 * @param report receives whatever of it could not be read exactly
 */
export function machineStart(config: CloudConfig, marks: Marks, report: Report): MachineStart {
  const startup = composedCommands(machineStartup(config, report), config, report);
  const containers = readContainers(startup, marks, report);
  reportChanges(startup, config, report);
  reportMachineNetwork(startup, guardCommands(startup), report);
  return {
    containers: containers.map(({ container }) => container),
    volumes: volumesOf(containers),
    network: networkOf(containers, report),
    published: publishedBy(containers, report),
    secretFiles: readSecretFiles(startup.commands, marks, report),
    metadata: readMetadata(startup, containers, report),
    files: config.files,
    forwarders: readForwarders(config.files, startup.commands, report),
    installs: installsOf(startup.commands),
  };
}

/** Each once, whoever mounts it. */
function volumesOf(containers: readonly UnitContainer[]): readonly Volume[] {
  const volumes = containers.flatMap(({ mounts }) => mounts.map(({ volume }) => volume));
  return volumes.filter(({ name }, index) => volumes.findIndex((each) => each.name === name) === index);
}

/** Those that only end are nobody's neighbours; of the others all have to share one network. */
function networkOf(containers: readonly UnitContainer[], report: Report): Host['network'] {
  const lasting = containers.filter(({ container, network }) => container.essential && network !== 'none');
  if (containers.some(({ network }) => network === 'host')) {
    if (!lasting.every(({ network }) => network === 'host'))
      report('has containers in its own network and others beside');
    return 'host';
  }
  const owners = new Set(lasting.map((each) => joinedBy(each) ?? each.container.name));
  const [owner] = owners;
  if (owner !== undefined && owners.size === 1 && lasting.some(({ container }) => container.name === owner))
    return 'published';
  if (lasting.length > 0) report('has containers that do not all share one network, which is not modelled');
  return lasting.length > 0 ? 'bridge' : 'unknown';
}

/** Of a machine's own network nothing has to be published. */
function publishedBy(containers: readonly UnitContainer[], report: Report): readonly PublishedPort[] {
  for (const each of containers.filter(({ published }) => published.length > 0)) {
    if (joinedBy(each) !== undefined || each.network === 'none') {
      report(`publishes ports of container ${each.container.name}, which has no network of its own`);
    }
  }
  return containers.flatMap(({ published, network }) => (network === 'host' ? [] : published));
}
