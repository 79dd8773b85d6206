import type { Attack, Observation } from '../../attack';
import type { AccessLogEntry, Deployment } from '../../deployment';
import { tellingLines } from './container-files';
import { goodCaller, goodPath } from '../good-call';
import { send } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { plantedSecret, uniqueKey } from '../planted';

const LONGEST_FLUSH_MS = 11_000;

/** What the containers wrote to their logs, looked at when all other attacks have been made. */
export const LOG_ATTACKS: readonly Attack[] = [
  {
    id: 'credentials-in-logs',
    claim: 'logs-hold-no-credential',
    from: 'caller',
    exclusive: true,
    attempt: 'calls that carry credentials in headers, cookie and query, good and bad ones, then a search of every log',
    expected: 'none of them is in any log',
    run: async (deployment) => {
      const planted = await plant(deployment);
      return search(deployment, planted);
    },
    control: {
      from: 'caller',
      attempt: 'the path of such a call is in the log',
      run: async (deployment) => {
        const key = uniqueKey();
        const door = callersDoor(deployment);
        await send(deployment, door, { key, ...goodCaller(deployment) });
        const [entry] = await logged(deployment, goodPath(deployment, key));
        return {
          succeeded: entry !== undefined,
          observed: entry === undefined ? 'not logged' : `logged with status ${entry.status}`,
        };
      },
    },
  },
  {
    id: 'secrets-in-logs',
    claim: 'logs-hold-no-credential',
    from: 'task',
    exclusive: true,
    attempt: 'a search of every log for every secret of the run',
    expected: 'none of them is in any log',
    run: (deployment) => Promise.resolve(search(deployment, Object.values(deployment.secrets).flatMap(tellingLines))),
    control: {
      from: 'task',
      attempt: 'the same search finds what a server says of itself at start',
      run: (deployment) => {
        const found = search(deployment, [deployment.restate.log().slice(0, 40)]);
        return Promise.resolve({
          succeeded: found.succeeded,
          observed: found.succeeded ? 'found' : 'the server logged nothing',
        });
      },
    },
  },
];

/** Sends credentials of each kind by every way, and returns them. */
async function plant(deployment: Deployment): Promise<readonly string[]> {
  const good = goodCaller(deployment);
  const bad = deployment.issuer.token({ signature: 'foreign' });
  const [cookie, key, query, basic] = [plantedSecret(), plantedSecret(), plantedSecret(), plantedSecret()];
  const headers = [
    ['cookie', `session=${cookie}`],
    ['x-api-key', key],
    ['proxy-authorization', `Basic ${basic}`],
  ] as const;
  const door = callersDoor(deployment);
  const marks = [uniqueKey(), uniqueKey(), uniqueKey(), uniqueKey()] as const;
  await Promise.all([
    send(deployment, door, { key: marks[0], ...good, headers }),
    send(deployment, door, { key: marks[1], token: bad, headers }),
    send(deployment, door, { key: marks[2], ...good, path: `${goodPath(deployment, marks[2])}?access_token=${query}` }),
    send(deployment, door, { key: marks[3], headers, path: `${goodPath(deployment, marks[3])}?api_key=${query}` }),
  ]);
  await Promise.all(marks.map((mark) => logged(deployment, goodPath(deployment, mark))));
  // of a token the signature, too: header and payload may be logged apart
  const tokens = good.token === undefined ? [bad] : [good.token, bad];
  return [cookie, key, query, basic, ...tokens.flatMap((token) => [token, token.split('.')[2] ?? token])];
}

/** Entries of the access log for a path, waiting for the longest time that Envoy keeps them back unless told otherwise. */
async function logged(deployment: Deployment, path: string): Promise<readonly AccessLogEntry[]> {
  const deadline = performance.now() + LONGEST_FLUSH_MS;
  for (;;) {
    const entries = await deployment.accessLog(path);
    if (entries.length > 0 || performance.now() > deadline) return entries;
  }
}

function search(deployment: Deployment, texts: readonly string[]): Observation {
  const wanted = texts.filter((text) => text.length >= 8);
  const found = deployment.containers.filter((container) => {
    const log = container.log();
    return wanted.some((text) => log.includes(text));
  });
  if (found.length > 0) {
    return {
      succeeded: true,
      observed: `found in the log of ${found.map(({ container }) => container.name).join(', ')}`,
    };
  }
  const sizes = deployment.containers.map((each) => `${each.container.name} ${each.log().length}`);
  return {
    succeeded: false,
    observed: `not in the logs (characters: ${sizes.join(', ')})`,
    refusedBy: 'logs: hold none of them',
  };
}
