import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Observation } from '../attack';
import type { Deployment } from '../deployment';
import { connectionOutcome } from './connection-refusal';
import { uniqueKey } from './planted';
import { REGISTRATION_OF_SERVICE, rehearse } from './registration';

/** Link-local: no security group sees it. */
const METADATA_ADDRESS = '169.254.169.254';
/** The same address as the kernel writes it in its table of routes. */
const IN_ROUTE_TABLE = 'FEA9FEA9';
const OUTCOME_WITHIN_MS = 5000;
const POLL_MS = 150;

/** The credentials of the machine below the task. */
export const METADATA_ATTACKS: readonly Attack[] = [
  {
    id: 'registration-of-metadata',
    claim: 'metadata-unreachable',
    from: 'task',
    attempt: "registration of the machine's metadata address, by break-glass",
    expected: 'the way to it is shut for tasks',
    run: async (deployment) => {
      const path = `/${uniqueKey()}`;
      const said = rehearse(deployment, { address: METADATA_ADDRESS, port: 80, path, http11: true });
      const arrived = await arrives(deployment, path, said);
      if (arrived) return { succeeded: true, observed: 'the server asked the metadata service' };
      return shut(deployment, 'nothing arrived');
    },
    control: REGISTRATION_OF_SERVICE,
  },
  {
    id: 'metadata-from-task',
    claim: 'metadata-unreachable',
    from: 'task',
    attempt: "a connection to the machine's metadata address",
    expected: 'the way to it is shut for tasks',
    run: async (deployment) => {
      const seen = await connection(deployment, METADATA_ADDRESS, 80);
      return seen.succeeded ? seen : shut(deployment, seen.observed);
    },
    control: {
      from: 'task',
      attempt: 'a connection to the registered service',
      run: (deployment) => connection(deployment, deployment.service.address, deployment.service.port),
    },
  },
];

/** Asked of the metadata service itself; the server's own words end the wait, since it gives up on a shut way at once. */
async function arrives(deployment: Deployment, path: string, said: Promise<string>): Promise<boolean> {
  let answered = false;
  void said.then(() => (answered = true));
  const deadline = performance.now() + OUTCOME_WITHIN_MS;
  for (;;) {
    const over = answered || performance.now() > deadline;
    const requests = await deployment.metadataRequests();
    if (requests.some((request) => request.includes(path))) return true;
    if (over) return false;
    await sleep(POLL_MS);
  }
}

/** The route that the ECS agent sets for a task when it is told to block the metadata service, asked of the kernel. */
function shut(deployment: Deployment, observed: string): Observation {
  const routes = readFileSync(`/proc/${deployment.restate.pid()}/net/route`, 'utf8').split('\n');
  const blackhole = routes.some((line) => line.startsWith(`*\t${IN_ROUTE_TABLE}\t`));
  return blackhole
    ? { succeeded: false, observed, refusedBy: 'agent: instance metadata blocked' }
    : { succeeded: false, observed };
}

async function connection(deployment: Deployment, address: string, port: number): Promise<Observation> {
  const place = deployment.place('task');
  const report = await place.probe({ kind: 'raw', address, port, chunks: [], timeoutMs: 1200 });
  return connectionOutcome(deployment, { place, address, port, report });
}
