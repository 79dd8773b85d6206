import { join } from 'node:path';
import type { Machine } from '../../artifact/artifact';
import { Channel } from './channel';
import { enterNamespace, METADATA_ADDRESS, ROUTER } from './links';
import { shellLines } from './shell-lines';

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
 * agent's file. A comment is no word. The script is read and not run, so that a word in a branch that may not be taken decides nothing: it
 * leaves `unknown` what would be different without it.
 */
export function metadataFromTask(machine: Machine | undefined): 'shut' | 'open' | 'unknown' {
  const script = (machine?.userData ?? []).map((part) => (typeof part === 'string' ? part : '')).join('');
  const lines = shellLines(script);
  const writes = lines.filter(({ text }) => text.includes(AGENT_FILE));
  if (writes.length === 0) return 'open';
  const words = lines.flatMap(({ text, conditional }) =>
    [...text.matchAll(/\bECS_AWSVPC_BLOCK_IMDS=["']?(\w+)/g)].map(([, value]) => ({
      says: value === 'true' ? ('shut' as const) : ('open' as const),
      conditional,
    })),
  );
  let found: 'shut' | 'open' | 'unknown' = 'open';
  for (const { says, conditional } of words) found = conditional && says !== found ? 'unknown' : says;
  return found === 'shut' && writes.every(({ conditional }) => conditional) ? 'unknown' : found;
}
