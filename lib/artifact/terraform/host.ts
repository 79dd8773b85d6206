import type { Host, Instance } from '../artifact';
import { readCloudInit } from '../machine/cloud-init';
import type { Property } from '../property';
import type { Resource } from '../resource';
import type { Text } from '../text';
import { instanceSettings } from './instance-settings';
import { internetRoute } from './internet-route';
import type { Resources } from './resources';

export const TEMPLATES: readonly string[] = [
  'google_compute_instance_template',
  'google_compute_region_instance_template',
];
export const INSTANCE = 'google_compute_instance';

/** Entries of the metadata, beside the user data, by which something else starts. */
const STARTS = [
  'startup-script',
  'startup-script-url',
  'shutdown-script',
  'shutdown-script-url',
  'gce-container-declaration',
];

/**
 * Reads a virtual machine from its template or its instance.
 *
 * @param id unlike that of the resource where several groups start machines from one template
 */
export function readHost({ id: address, constructPath, properties }: Resource, id: string, resources: Resources): Host {
  const report = (reason: string): void => resources.report(address, reason);
  const [main, ...others] = properties.blocks('network_interface');
  others[0]?.unreadable('is a second network interface, which is not modelled');
  const { containers, volumes, network, published, secretFiles, metadata, files } = readCloudInit(
    userData(properties),
    report,
  );
  const account = accountOf(address, properties, resources);
  const stack = main?.get('stack_type');
  const hasIpv6 =
    mayStand(main?.get('ipv6_access_config')) || (stack?.present === true && stack.string() !== 'IPV4_ONLY');
  const isAddressed = ['access_config', 'ipv6_access_config'].some((name) => mayStand(main?.get(name)));
  return {
    id,
    ...(constructPath !== undefined && { constructPath }),
    network,
    containers,
    volumes,
    groups: [],
    publicAddress: isAddressed,
    internetRoute: isAddressed ? 'gateway' : internetRoute(networkOf(main, properties, resources), resources),
    instance: {
      network: networkOf(main, properties, resources),
      tags: properties.get('tags').strings(),
      ...(account !== undefined && { account }),
      ...(hasIpv6 && { ipv6: true }),
      published,
      secretFiles,
      metadata,
      files,
      ...instanceSettings(properties),
    },
  };
}

function userData(properties: Property): Text {
  const metadata = properties.get('metadata');
  for (const name of STARTS) {
    if (metadata.get(name).present) {
      metadata.get(name).unreadable('starts something beside the user data, which is not read');
    }
  }
  const script = properties.get('metadata_startup_script');
  if (script.present && script.value !== '') {
    script.unreadable('starts something beside the user data, which is not read');
  }
  const text = metadata.get('user-data');
  const encoding = metadata.get('user-data-encoding');
  return (encoding.string() === 'base64' ? text.decoded() : text.text()) ?? [];
}

/** Without a block there is none; a block that names none means the account that the project has for all machines. */
function accountOf(address: string, properties: Property, resources: Resources): Instance['account'] {
  const [block] = properties.blocks('service_account');
  if (block === undefined) {
    return undefined;
  }
  return resources.account(block.get('email')) ?? [{ logicalId: address, attribute: 'service_account.email' }];
}

/** Its network, or that of its subnet; Google's default is one that every project has. */
function networkOf(main: Property | undefined, machine: Property, resources: Resources): Text {
  const network = main?.get('network');
  const subnet = main?.get('subnetwork');
  if (network?.present === true && network.value !== '') {
    return resources.network(network, machine) ?? [];
  }
  if (subnet?.present !== true) {
    return resources.networkAt('default', machine) ?? [];
  }
  const found = resources.referredBy(subnet, 'google_compute_subnetwork');
  if (found === undefined) {
    subnet.unreadable('is a subnet that is not in this file, so that its network is not known');
  }
  return (found && resources.network(found.properties.get('network'), found.properties)) ?? [];
}

/** What is not known to be absent may stand there. */
function mayStand(blocks: Property | undefined): boolean {
  return blocks?.present === true && !(Array.isArray(blocks.value) && blocks.value.length === 0);
}
