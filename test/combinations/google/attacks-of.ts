import { attacksOf as attacksOfDoors, when } from '../attacks-of';
import type { Combination } from './options';

/** Who else could have the service called, and what of a token is asked. */
const CLOUD_RUN: readonly string[] = [
  'cloud-run-from-internet',
  'cloud-run-without-token',
  'cloud-run-token-of-stranger',
  'cloud-run-token-for-another',
  'cloud-run-token-in-journal',
];

/** The attacks of a short run: those of any cloud, and one or two on each guard that only Google has. */
export function attacksOf({ requests, credentials, service, ...guards }: Combination): readonly string[] {
  const atDoors = attacksOfDoors({ ...guards, limits: requests === 'narrow' ? 'tight' : 'default' });
  return [
    // a passthrough balancer stands before nothing: whom the firewall admits to the proxy is a caller
    ...atDoors.filter((id) => guards.certificate === 'balancer' || id !== 'proxy-port-from-stranger'),
    'metadata-from-task',
    ...when(['ambient', 'impersonating'].includes(credentials), 'metadata-listener-paths'),
    ...when(service !== 'by-address', ...CLOUD_RUN),
  ];
}
