import type { Host } from '../../artifact/artifact';
import { machineScript, textOf } from './machine-script';

/** Whether what runs on a host reaches the metadata service of the machine below. */
export interface TaskMetadata {
  readonly reach: 'nobody' | 'everybody' | 'some' | 'unknown';
  /** Where it is `some`: the users who do. */
  readonly users?: readonly number[];
  readonly evidence: string;
}

const BLOCKED = 'ECS_AWSVPC_BLOCK_IMDS';

/**
 * Who on a host reaches the metadata service of its machine, by what really filters it: the container agent, the guest's own firewall, or
 * the hops that an answer may make. Groups and firewalls of the network do not see it.
 */
export function taskMetadata(host: Host): TaskMetadata {
  const { machine, instance } = host;
  if (instance !== undefined) return onGoogle(instance.metadata);
  if (machine === undefined) return { reach: 'unknown', evidence: 'no machine of this file runs it' };
  if (machine.metadataRuled === true)
    return { reach: 'unknown', evidence: `the rules of ${machine.id} about its metadata service are not followed` };
  if (host.network === 'bridge' || host.network === 'published') {
    const isShut = machine.metadataTokensRequired && machine.metadataHopLimit === 1;
    return isShut
      ? { reach: 'nobody', evidence: `answers of ${machine.id} make one hop, and a container on a bridge is two away` }
      : { reach: 'everybody', evidence: `containers on a bridge reach the metadata service of ${machine.id}` };
  }
  if (host.network !== 'awsvpc')
    return { reach: 'everybody', evidence: `its containers are on the network of ${machine.id}` };
  const script = machineScript(host);
  const said = script.kind === 'known' ? script.agent.get(BLOCKED) : undefined;
  if (said === 'true') return { reach: 'nobody', evidence: `${BLOCKED}=true in the user data of ${machine.id}` };
  if (script.kind === 'known' || !textOf(machine).includes(BLOCKED)) {
    const what = said === undefined ? `nothing sets ${BLOCKED}` : `${BLOCKED}=${said}`;
    return { reach: 'everybody', evidence: `${what} in the user data of ${machine.id}` };
  }
  return { reach: 'unknown', evidence: script.reason };
}

function onGoogle(metadata: Exclude<Host['instance'], undefined>['metadata']): TaskMetadata {
  if (metadata === 'open') return { reach: 'everybody', evidence: 'no rule on the machine shuts the metadata server' };
  if (metadata === 'unknown')
    return { reach: 'unknown', evidence: 'the rules about the metadata server are not understood' };
  const users = metadata.exceptUsers;
  const evidence = `the machine's own firewall shuts the metadata server to all but users ${users.join(', ')}`;
  return users.length === 0
    ? { reach: 'nobody', evidence: "the machine's own firewall shuts the metadata server to everybody" }
    : { reach: 'some', users, evidence };
}
