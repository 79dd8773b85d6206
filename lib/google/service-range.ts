import { parseCidr, refuseOpenCidrs } from '../core/cidr';
import { concrete } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { refuseUnknownOptions } from '../core/known-options';
import type { ServiceRange } from './restate-server-props';
import { isPrivateRange, takenOnMachine } from './subnet-range';

/**
 * Validates where services stand, and returns their ports sorted, each once. A rule of Google's firewall with a wrong port or block is
 * refused only when it is deployed.
 *
 * @throws UnsafeConfigurationError `ServiceRangeInvalid`, `CidrInvalid`, `CidrTooOpen`, `OptionUnknown`, `ValueNotConcrete`
 */
export function serviceRange(services: ServiceRange): { readonly cidr: string; readonly ports: readonly number[] } {
  refuseUnknownOptions('services', services, ['cidr', 'ports']);
  const { cidr, ports } = services;
  const range = parseCidr(cidr);
  if (!isPrivateRange(range)) {
    throw invalid(
      `services at ${cidr}`,
      'they are reached inside the network, where addresses are private IPv4 ones',
      "name their private block, e.g. '10.20.4.0/24'",
    );
  }
  refuseOpenCidrs('the way to services', [cidr]);
  const taken = takenOnMachine(range);
  if (taken !== undefined) {
    throw invalid(
      `services at ${cidr}`,
      `the machine takes them for ${taken}`,
      'give them a subnet with another block',
    );
  }
  if (Array.isArray(ports) && ports.length > 0 && ports.every(isPort)) {
    return { cidr, ports: [...new Set(ports as readonly number[])].sort((a, b) => a - b) };
  }
  throw invalid(
    `services at ${cidr} with ports ${quote(ports)}`,
    'a rule names each port that it opens, from 1 to 65535',
    'list the TCP ports that they listen on, e.g. [9080]',
  );
}

function isPort(port: number): boolean {
  return Number.isInteger(concrete('a port of services', port)) && port >= 1 && port <= 65_535;
}

function invalid(given: string, because: string, write: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({ code: 'ServiceRangeInvalid', given, because, write });
}
