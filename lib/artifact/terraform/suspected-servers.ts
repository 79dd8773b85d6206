import type { Host } from '../artifact';
import { restateContainer } from '../role';
import { suspectedHosts, SUSPICION, valueSpeaksOfServer } from '../suspected-servers';
import type { Resources } from './resources';

/** What runs programs: in another cloud or cluster, on a machine by other means than its user data, or as a service of Cloud Run. */
const RUNNING =
  /^(?:google_compute_(?:region_)?instance(?:_template|_from_template)?|google_cloud_run\w*|google_container_\w+|(?:aws|azurerm|digitalocean|hcloud|oci|openstack|vsphere)_\w+|(?:kubernetes|helm|kubectl|docker|nomad)_\w+)$/;
/** Of them those that run nothing themselves. */
const NOT_RUNNING = /_(?:iam_\w+|policy|policy_attachment|role|secret\w*|dns\w*|route53\w*|log_group|repository)$/;

/** Reports what may run a server and is not known to, and says what it is. */
export function reportSuspectedServers(resources: Resources, hosts: readonly Host[]): readonly string[] {
  const running = hosts.filter((host) => restateContainer(host) !== undefined).map(({ id }) => id);
  const others = resources
    .quietlyLike(RUNNING)
    .filter(({ id, type }) => !NOT_RUNNING.test(type) && !running.some((host) => host === id || host.includes(id)))
    .filter(({ properties }) => valueSpeaksOfServer(properties.value))
    .map(({ id }) => id);
  const found = [...new Set([...suspectedHosts(hosts), ...others])];
  for (const id of found) resources.report(id, reasonOf(id), 'template');
  return found;
}

/** Of other clouds nothing is read from Terraform. */
function reasonOf(address: string): string {
  const provider = /(?:^|\.)([a-z]+)_\w+\.[^.]+$/.exec(address)?.[1] ?? 'google';
  return provider === 'google' ? SUSPICION : `is of ${provider}, which is not read from Terraform, and ${SUSPICION}`;
}
