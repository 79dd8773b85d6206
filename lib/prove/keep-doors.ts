import type { BootedDeployment } from './booted-deployment';
import { KEEP_LISTENERS, type KeepTask } from './keep-task';
import { keepToken } from './keep-token';
import type { KeptAdminDoor } from './kept-deployment';
import { forward } from './network/forwarder';
import { enterNamespace } from './network/links';
import type { PassTarget } from './network/pass-bytes';
import { adminAddress } from './runtime/admin-api';
import type { SandboxContext } from './sandbox/inner-main';

/**
 * Opens a kept deployment to the machine that it runs on: the door of its callers and of its operators, each from where the file's groups
 * admit them, and its admin API as break-glass would find it.
 */
export async function openDoors(deployment: BootedDeployment, { listeners }: SandboxContext): Promise<void> {
  const {
    [KEEP_LISTENERS.ingress]: ingress,
    [KEEP_LISTENERS.admin]: admin,
    [KEEP_LISTENERS.operators]: door,
  } = listeners;
  if (ingress === undefined || admin === undefined || door === undefined) {
    throw new Error('a door of the machine was not passed on');
  }
  const { address, port } = deployment.door;
  await forward(ingress, enterNamespace('caller'), { address, port });
  await forward(admin, enterNamespace('task'), await adminTarget(deployment));
  const { adminDoor } = deployment;
  if (adminDoor === undefined) {
    door.close();
    return;
  }
  const { name } = deployment.place('operator');
  await forward(door, enterNamespace(name), { address: adminDoor.address, port: adminDoor.port });
}

/** How operators come in, with a token for each of the roles that a scope opens; `undefined` where there is no such door. */
export function keptAdminDoor({ adminDoor, bootstrap }: BootedDeployment, task: KeepTask): KeptAdminDoor | undefined {
  const [issuer] = adminDoor?.issuers ?? [];
  if (adminDoor === undefined || issuer === undefined) return undefined;
  return {
    url: `https://${adminDoor.hostname}/deployments`,
    port: task.ports.operators,
    roles: adminDoor.roles
      .filter(({ scopes }) => scopes.length > 0)
      .map(({ name, scopes }) => ({ name, token: keepToken(issuer, scopes, bootstrap).token })),
  };
}

async function adminTarget({ records, restate }: BootedDeployment): Promise<PassTarget> {
  const where = adminAddress(await records.dumpConfig());
  return where.kind === 'unix' ? { path: `/proc/${restate.pid()}/root${where.path}` } : where;
}
