import { taskMetadata } from '../../workload/task-metadata';
import type { Finding } from '../../finding';
import type { AwsServer } from './aws-server';

/**
 * `metadata-unreachable`: whether containers get to the instance's metadata. No security group filters link-local addresses, so that the
 * agent's setting and the machine decide alone.
 */
export function decideMetadata({ host }: AwsServer): readonly Finding[] {
  const { reach, evidence } = taskMetadata(host);
  const verdict = reach === 'nobody' ? 'holds' : reach === 'unknown' ? 'unproven' : 'broken';
  return [{ verdict, subject: host.id, evidence, restsOn: host.machine === undefined ? [] : [host.machine.id] }];
}
