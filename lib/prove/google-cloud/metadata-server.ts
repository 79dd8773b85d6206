import { join } from 'node:path';
import { Channel } from '../network/channel';
import type { GoogleKeys } from './google-tokens';

/** `down` answers nobody: connections are refused, as long as it lasts. */
export type MetadataMode = 'up' | 'down';

/** What the process is told. */
export type MetadataRequest =
  | { readonly do: 'start'; readonly config: MetadataServerConfig }
  | { readonly do: 'mode'; readonly mode: MetadataMode }
  | { readonly do: 'requests' };

/** Where it listens, and for whom it signs. */
export interface MetadataServerConfig {
  readonly address: string;
  readonly port: number;
  readonly keys: GoogleKeys;
  /** E-mail address of the machine's service account. Absent: it has none, and gets no token. */
  readonly account?: string;
  readonly project: string;
}

export interface MetadataServerOptions extends Omit<MetadataServerConfig, 'port'> {
  /** Command prefix that enters the namespace that has the address. */
  readonly enter: readonly string[];
  /** @default 80 */
  readonly port?: number;
  /** Folder of the compiled program. @default - this file's own folder */
  readonly programs?: string;
}

/** A stand-in for the metadata server of Compute Engine, which signs real tokens with a key of the run. */
export interface MetadataServer {
  /** Method and path of every request that reached it, oldest first. */
  requests(): Promise<readonly string[]>;
  setMode(mode: MetadataMode): Promise<void>;
  stop(): Promise<void>;
}

const ANSWER_MS = 5000;

/** Starts it, and waits until it listens. */
export async function startMetadata(options: MetadataServerOptions): Promise<MetadataServer> {
  const { enter, programs = __dirname, port = 80, ...config } = options;
  const channel = new Channel([...enter, process.execPath, join(programs, 'metadata-main.js')]);
  const request = <Result>(what: MetadataRequest): Promise<Result> => channel.request<Result>(what, ANSWER_MS);
  await request<null>({ do: 'start', config: { ...config, port } });
  return {
    requests: () => request<readonly string[]>({ do: 'requests' }),
    setMode: async (mode) => {
      await request<null>({ do: 'mode', mode });
    },
    stop: () => channel.stop(),
  };
}
