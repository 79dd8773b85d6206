import type { Host } from '../artifact';
import { restateContainer } from '../role';
import { suspectedHosts, SUSPICION, valueSpeaksOfServer } from '../suspected-servers';
import type { Resources } from './resources';

/** What runs programs and is read by nobody here. */
const RUNNING =
  /^AWS::(?:AppRunner::Service|Batch::JobDefinition|EC2::SpotFleet|ElasticBeanstalk::\w+|Lightsail::\w+)$/;

/** Reports what may run a server and is not known to, and says what it is. Machines stand among the hosts when they speak of one. */
export function reportSuspectedServers(resources: Resources, hosts: readonly Host[]): readonly string[] {
  const types = [...new Set(resources.declared.map(({ type }) => type).filter((type) => RUNNING.test(type)))];
  const others = resources.ofType(...types).filter(({ properties }) => valueSpeaksOfServer(properties.value));
  const machines = hosts.filter((host) => host.published !== undefined && restateContainer(host) === undefined);
  const found = [...new Set([...suspectedHosts(hosts), ...[...machines, ...others].map(({ id }) => id)])];
  for (const id of found) resources.report(id, SUSPICION, 'template');
  return found;
}
