import { literal } from '../../../artifact/text';
import type { Attack } from '../../attack';
import type { Deployment } from '../../deployment';
import { sameSetting } from './same-setting';
import { type ServerDump, serverDump } from './server-dump';

/** Names a file or a log level, not a key of the configuration. */
const NO_KEYS: readonly string[] = ['RESTATE_CONFIG'];

/** What the server makes of its configuration. */
export const CONFIGURATION_ATTACKS: readonly Attack[] = [
  {
    id: 'configuration-ignored',
    claim: 'config-honoured',
    from: 'task',
    attempt: "a look for a RESTATE_ variable of the container that the server's own dump does not give back",
    expected: 'each is given back',
    run: async (deployment) => {
      const dump = await serverDump(deployment);
      const names = configured(deployment);
      const lost = names.filter((name) => !isHonoured(deployment, dump, name));
      if (lost.length > 0) return { succeeded: true, observed: `ignored: ${lost.join(', ')}` };
      return {
        succeeded: false,
        observed: `${names.length} variables given back`,
        refusedBy: 'restate: --dump-config',
      };
    },
    control: {
      from: 'task',
      attempt:
        'the same look finds that a name which the server does not know is not given back, and one that it knows is',
      run: async (deployment) => {
        const dump = await serverDump(deployment);
        const [unknown, known] = [find(dump, 'RESTATE_ADMIN__BIND_ADRESS'), find(dump, 'RESTATE_NODE_NAME')];
        const succeeded = unknown === undefined && known !== undefined;
        return { succeeded, observed: `node-name is ${String(known)}` };
      },
    },
  },
  {
    id: 'admin-ui-served',
    claim: 'admin-ui-closed',
    from: 'task',
    attempt: 'GET /ui/ and / at the admin socket, as its own user',
    expected: '404 from the server',
    run: async (deployment) => {
      const answers = await Promise.all(
        ['/ui/', '/'].map((path) => deployment.records.admin(path, { timeoutMs: 5000 })),
      );
      const statuses = answers.map(({ status }) => status);
      const observed = `answered ${statuses.join(', ')}`;
      const absent = statuses.every((status) => status === 404);
      return absent
        ? { succeeded: false, observed, refusedBy: 'restate: 404' }
        : { succeeded: statuses.some((status) => status < 400), observed };
    },
    control: {
      from: 'task',
      attempt: 'GET /health at the same socket',
      run: async (deployment) => {
        const { status } = await deployment.records.admin('/health', { timeoutMs: 5000 });
        return { succeeded: status === 200, observed: `answered ${status}` };
      },
    },
  },
];

function configured({ restate }: Deployment): readonly string[] {
  const { environment, secrets } = restate.container;
  const names = [...Object.keys(environment), ...Object.keys(secrets)];
  return names.filter((name) => name.startsWith('RESTATE_') && !NO_KEYS.includes(name));
}

function isHonoured({ restate }: Deployment, dump: ServerDump, name: string): boolean {
  const found = find(dump, name);
  if (found === undefined) return false;
  const given = restate.container.environment[name];
  const text = given === undefined ? undefined : literal(given);
  // what the cloud fills in has another value in the run
  return text === undefined || sameSetting(text, found);
}

/** `RESTATE_ADMIN__BIND_ADDRESS` is `bind-address` of the table `admin`. */
function find(dump: ServerDump, name: string): unknown {
  const path = name.slice('RESTATE_'.length).toLowerCase().split('__');
  return path.reduce<unknown>((table, key) => {
    if (typeof table !== 'object' || table === null) return undefined;
    return Object.entries(table).find(([each]) => each.toLowerCase().replaceAll('-', '_') === key)?.[1];
  }, dump);
}
