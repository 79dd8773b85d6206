import type { Artifact, Host } from '../../../artifact/artifact';
import { spell } from '../../../artifact/iam/principal';
import type { InstanceGroup } from '../../../artifact/instance-group';
import type { LogEntry } from './logging-query';

/** Stands for what nobody asks for. */
const SOME_PROJECT = 'project';

/** The groups that start a host. */
export function groupsOf({ instanceGroups = [] }: Artifact, { id }: Host): readonly InstanceGroup[] {
  return instanceGroups.filter((group) => id === group.template || id === `${group.template ?? ''}/${group.id}`);
}

/** Names of the machines of a host. */
export function machineNames(artifact: Artifact, host: Host): readonly string[] {
  const groups = groupsOf(artifact, host);
  const named = groups.flatMap(({ machines }) => machines.map(({ name }) => spell(name)));
  return named.length > 0 ? named : groups.map(({ baseName = [] }) => `${spell(baseName)}-x`);
}

/** A line that a container of a machine says, as the log driver of Google sends it. */
export function containerEntry(machine: string, message: string, filter: string): LogEntry {
  return {
    logName: `projects/${projectIn(filter)}/logs/gcplogs-docker-driver`,
    resource: { type: 'gce_instance' },
    jsonPayload: { instance: { name: machine }, message },
  };
}

/** What Google says of a machine that a health check found ill. */
export function unhealthyEntry(group: string, filter: string): LogEntry {
  return {
    logName: `projects/${projectIn(filter)}/logs/compute.googleapis.com%2Fhealthchecks`,
    resource: { type: 'gce_instance_group', labels: { instance_group_name: group } },
    jsonPayload: { healthCheckProbeResult: { healthState: 'UNHEALTHY', previousHealthState: 'HEALTHY' } },
  };
}

/** A filter is asked within its own project: what it calls that says nothing. */
function projectIn(filter: string): string {
  return /projects\/([^/"]+)\/logs\//.exec(filter)?.[1] ?? SOME_PROJECT;
}
