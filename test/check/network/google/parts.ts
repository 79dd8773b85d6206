import type { EditedFile } from '../../examples';
import type { Edit } from '../../edits';

/** A resource of Terraform, or a part of one. */
export type Block = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

/** The resource of a type whose name begins like that; of several the first. */
export function part(file: EditedFile, type: string, name = ''): Block {
  const all = (file['resource'] as Record<string, Block>)[`google_compute_${type}`] ?? {};
  const found = Object.entries(all).find(([id]) => id.startsWith(name));
  if (found === undefined) throw new Error(`the example has no ${type} ${name}`);
  return found[1];
}

/** Changes a resource: properties with `undefined` are taken away. */
export function change(type: string, name: string, changes: Block): Edit {
  return (file) => {
    const block = part(file, type, name);
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined) delete block[key];
      else block[key] = value;
    }
  };
}

/** Adds a resource. */
export function addition(type: string, body: Block | ((file: EditedFile) => Block), id = 'Fault'): Edit {
  return (file) => {
    const all = file['resource'] as Record<string, Block>;
    all[type] = { ...all[type], [id]: typeof body === 'function' ? body(file) : body };
  };
}

/** Takes a resource away. */
export function removal(type: string, name: string): Edit {
  return (file) => {
    const all = (file['resource'] as Record<string, Block>)[`google_compute_${type}`] as Block;
    const id = Object.keys(all).find((each) => each.startsWith(name));
    if (id === undefined) throw new Error(`the example has no ${type} ${name}`);
    delete all[id];
  };
}

export const NETWORK = '${google_compute_network.Network_1C6012B5.id}';
export const MACHINE = '${google_service_account.Restate_Account_D51C4278.email}';

/** A rule of the network about the machine. */
export function rule(body: Block, id = 'Fault'): Edit {
  return addition(
    'google_compute_firewall',
    {
      name: id.toLowerCase(),
      network: NETWORK,
      project: 'example-project',
      direction: 'INGRESS',
      priority: 800,
      target_service_accounts: [MACHINE],
      ...body,
    },
    id,
  );
}

/** The interface of the machine. */
export function onInterface(changes: Block): Edit {
  return (file) => {
    const machine = part(file, 'instance_template');
    const [main] = [machine['network_interface']].flat() as Block[];
    Object.assign(main as Block, changes);
  };
}

export const tcp = (...ports: readonly string[]): Block => ({ allow: [{ protocol: 'tcp', ports }] });
