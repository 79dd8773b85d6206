import type { Place, ServerRecords } from '../deployment';
import { adminAddress, type AdminAnswer, type AdminCall, callAdmin } from './admin-api';
import type { ReplaceableServer } from './replaceable-server';
import { dumpConfig } from './server-process';

/** An invocation id as the server makes them; it goes into SQL. */
const INVOCATION_ID = /^inv_\w+$/;

/** The records of a running server, asked as break-glass would. */
export class AdminRecords implements ServerRecords {
  private readonly server: ReplaceableServer;
  private readonly task: Place;
  private readonly configs = new Map<number, Promise<Readonly<Record<string, unknown>>>>();

  public constructor(server: ReplaceableServer, task: Place) {
    this.server = server;
    this.task = task;
  }

  public async admin(path: string, init: AdminCall = {}): Promise<AdminAnswer> {
    const where = adminAddress(await this.dumpConfig());
    return callAdmin(where, { rootOf: this.server.pid(), task: this.task }, path, init);
  }

  public async journalHeaders(
    invocationId: string,
  ): Promise<readonly { readonly name: string; readonly value: string }[]> {
    if (!INVOCATION_ID.test(invocationId)) {
      throw new Error('no invocation id was given');
    }
    const query = `SELECT entry_json FROM sys_journal WHERE id='${invocationId}' AND index=0`;
    const { status, body } = await this.admin('/query', { json: { query } });
    if (status !== 200) {
      throw new Error(`the server answered ${status} to a question about its journal`);
    }
    const { rows } = JSON.parse(body) as { rows: readonly { entry_json: string }[] };
    const [row] = rows;
    if (row === undefined || rows.length !== 1) {
      throw new Error(`the journal holds ${rows.length} input entries of the invocation, not one`);
    }
    return (JSON.parse(row.entry_json) as InputEntry).Command.Input.headers;
  }

  public dumpConfig(): Promise<Readonly<Record<string, unknown>>> {
    const pid = this.server.pid();
    const config = this.configs.get(pid) ?? dumpConfig(this.server);
    this.configs.set(pid, config);
    // one that was asked while it was starting is asked again
    config.catch(() => this.configs.delete(pid));
    return config;
  }
}

interface InputEntry {
  readonly Command: {
    readonly Input: { readonly headers: readonly { readonly name: string; readonly value: string }[] };
  };
}
