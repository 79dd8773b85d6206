import { join } from 'node:path';
import type { PlaceName } from '../attack';
import type { Canary, Place } from '../deployment';
import type { Probe, ProbeReport } from '../probe';
import type { AgentRequest } from './agent-request';
import { Channel } from './channel';

/** Time for a busy machine to let the agent say that the probe's own time was up. */
const MARGIN_MS = 15_000;

/** A place in the network, and the agent that stands there; the agent starts when it is first needed. */
export class AgentPlace implements Place {
  private agent: Channel | undefined;

  public constructor(
    public readonly name: PlaceName,
    public readonly address: string,
    public readonly address6: string,
    /** Command prefix that enters the namespace. */
    private readonly enter: readonly string[],
    /** Folder of the compiled agent. */
    private readonly programs: string,
  ) {}

  public async probe(probe: Probe): Promise<ProbeReport> {
    const report = await this.ask<ProbeReport>({ do: 'probe', probe }, probe.timeoutMs);
    if (probe.kind === 'unix' || report.localAddress !== undefined) return report;
    return { ...report, localAddress: this.localAddress(probe.address) };
  }

  public async listen(options: { address: string; port: number; answer: string }): Promise<Canary> {
    const { canary, port } = await this.ask<{ canary: number; port: number }>({ do: 'listen', ...options }, 0);
    return {
      port,
      received: () => this.ask<readonly string[]>({ do: 'received', canary }, 0),
      close: async () => {
        await this.ask({ do: 'close', canary }, 0);
      },
    };
  }

  /** Ends the agent, its canaries with it. */
  public async stop(): Promise<void> {
    await this.agent?.stop();
  }

  private ask<Result>(request: AgentRequest, timeoutMs: number): Promise<Result> {
    this.agent ??= new Channel([...this.enter, process.execPath, join(this.programs, 'agent-main.js')]);
    return this.agent.request<Result>(request, timeoutMs + MARGIN_MS);
  }

  /** Where a connection that nobody answered came from: loopback to loopback, else the place's own address of that family. */
  private localAddress(to: string): string {
    if (to === '::1' || to.startsWith('127.')) return to;
    return to.includes(':') ? this.address6 : this.address;
  }
}
