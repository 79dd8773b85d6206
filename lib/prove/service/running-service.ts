import { join } from 'node:path';
import type { ServiceUnderTest } from '../deployment';
import { Channel } from '../network/channel';
import type { GrantedHandler } from './services';

/** A request as it came, before the SDK saw it. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the service's process is told when it starts. */
export interface ServiceConfig {
  readonly port: number;
  /** Address that it listens on. @default - all of them */
  readonly bind?: string;
  /** The `node_modules` that holds the SDK. */
  readonly sdkModules: string;
  /** Public keys (`publickeyv1_...`) that requests must be signed with; empty: unsigned requests are served too. */
  readonly identityKeys: readonly string[];
  /** Handlers that it answers under beside its own. @default - none */
  readonly granted?: readonly GrantedHandler[];
}

export type ServiceRequest = { readonly do: 'start'; readonly config: ServiceConfig } | { readonly do: 'requests' };

export interface RunningServiceOptions extends ServiceConfig {
  /** Address of the service's namespace. */
  readonly address: string;
  /** Command prefix that enters the namespace. */
  readonly enter: readonly string[];
  /** The Node.js that the SDK needs. */
  readonly node: string;
  /** Folder of the compiled program. @default - this file's own folder */
  readonly programs?: string;
}

const START_MS = 15_000;
const ANSWER_MS = 10_000;

/** The real SDK service behind the server, over cleartext HTTP/2. */
export class RunningService implements ServiceUnderTest {
  private constructor(
    public readonly address: string,
    public readonly port: number,
    private readonly channel: Channel,
  ) {}

  public get uri(): string {
    return `http://${this.address}:${this.port}`;
  }

  /** Starts the service, and waits until it listens. */
  public static async start(options: RunningServiceOptions): Promise<RunningService> {
    const { address, enter, node, programs = __dirname, ...config } = options;
    const channel = new Channel([...enter, node, join(programs, 'service-main.js')]);
    await channel.request<null>({ do: 'start', config }, START_MS);
    return new RunningService(address, config.port, channel);
  }

  public requests(): Promise<readonly RecordedRequest[]> {
    return this.channel.request<readonly RecordedRequest[]>({ do: 'requests' }, ANSWER_MS);
  }

  public async stop(): Promise<void> {
    await this.channel.stop();
  }
}
