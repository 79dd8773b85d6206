import type { Artifact } from '../../artifact/artifact';
import { type Permission, whole } from './permission';

/** Addresses of the internet, and fronts of the cloud that answer there. */
export function addressPermissions({ hosts, balancers, network, cloudRun = [] }: Artifact): readonly Permission[] {
  return [
    ...hosts.flatMap(({ id, publicAddress, machine }) => [
      ...(publicAddress ? [address(id, 'it has a public address')] : []),
      ...(machine?.publicAddress === true ? [address(machine.id, 'it has a public address')] : []),
    ]),
    ...balancers
      .filter(({ scheme }) => scheme === 'internet-facing')
      .flatMap(({ id, listeners }) => [
        address(id, 'it has a public address'),
        ...listeners.map(({ port }) => address(id, `it listens on port ${port} of a public address`)),
      ]),
    ...(network?.publicAddresses ?? []).map(({ id, leadsTo }) => address(id, `it leads to ${leadsTo.join(', ')}`)),
    ...cloudRun.flatMap(({ id, ingress, invokerCheck }) => [
      ...FRONTS[ingress].map((from) => address(id, `its front end takes requests of ${from}`)),
      ...(invokerCheck === 'on' ? [] : [address(id, 'its front end may let requests through without a token')]),
    ]),
  ];
}

function address(subject: string, what: string): Permission {
  return whole('public-address', subject, what);
}

const FRONTS = {
  all: ['the network', 'a load balancer', 'the internet'],
  'internal-and-balancer': ['the network', 'a load balancer'],
  internal: ['the network'],
  unknown: ['the network', 'a load balancer', 'the internet', 'whomever the file does not say'],
} as const;
