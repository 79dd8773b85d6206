import { join } from 'node:path';
import type { Machine } from '../../artifact/artifact';
import { Channel } from './channel';
import { enterNamespace, METADATA_ADDRESS, ROUTER } from './links';

/** A stand-in for the cloud's metadata service, where security groups do not reach: in the router. */
export interface InstanceMetadata {
  /** Method and path of every request that reached it. */
  requests(): Promise<readonly string[]>;
}

/** What the stand-in is told when it starts. */
export interface MetadataConfig {
  readonly address: string;
  readonly tokensRequired: boolean;
}

/** The only file that the ECS agent's settings are read from. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html */
const AGENT_FILE = '/etc/ecs/ecs.config';
/** How long a local answer may take. */
const ANSWER_MS = 5000;

/** Starts the stand-in with the machine's own metadata options; a file that names no machine gets the old, open kind. */
export async function startInstanceMetadata(machine: Machine | undefined, programs: string): Promise<InstanceMetadata> {
  const channel = new Channel([
    ...enterNamespace(ROUTER),
    process.execPath,
    join(programs, 'instance-metadata-main.js'),
  ]);
  const tokensRequired = machine?.metadataTokensRequired ?? false;
  await channel.request({ do: 'start', config: { address: METADATA_ADDRESS, tokensRequired } }, ANSWER_MS);
  return { requests: () => channel.request({ do: 'requests' }, ANSWER_MS) };
}

/**
 * Whether the ECS agent shuts the metadata service for tasks: `ECS_AWSVPC_BLOCK_IMDS=true` is the last word of a user data that writes the
 * agent's file. A comment is no word. The script is read and not run, so that a word in a branch that is never taken counts.
 */
export function blocksMetadata(machine: Machine | undefined): boolean {
  const script = (machine?.userData ?? []).map((part) => (typeof part === 'string' ? part : '')).join('');
  const lines = script.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  const words = [...lines.join('\n').matchAll(/\bECS_AWSVPC_BLOCK_IMDS=["']?(\w+)/g)];
  return words.at(-1)?.[1] === 'true' && lines.some((line) => line.includes(AGENT_FILE));
}
