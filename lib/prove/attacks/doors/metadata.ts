import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { connectionOutcome } from './connection-refusal';
import { uniqueKey } from '../planted';
import { REGISTRATION_OF_SERVICE, type Rehearsal, rehearse, rehearseRaw } from './registration';
import { tryEach, type Variant } from '../variants';

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
    attempt:
      "registration of the machine's metadata address in every spelling that the server takes, and of a Lambda function, for which it would ask there who it is",
    expected: 'the way to it is shut for tasks',
    run: (deployment) => guarded(deployment, () => tryEach([...spellings(deployment), lambda(deployment)])),
    control: REGISTRATION_OF_SERVICE,
  },
  {
    id: 'metadata-from-task',
    claim: 'metadata-unreachable',
    from: 'task',
    attempt: "a connection to the machine's metadata address",
    expected: 'the way to it is shut for tasks',
    run: (deployment) =>
      guarded(deployment, async () => {
        const seen = await connection(deployment, METADATA_ADDRESS, 80);
        return seen.succeeded ? seen : shut(deployment, { observed: seen.observed, port: 80 });
      }),
    control: {
      from: 'task',
      attempt: 'a connection to the registered service',
      run: (deployment) => connection(deployment, deployment.service.address, deployment.service.port),
    },
  },
];

/** What gets through where the machine's guard could not be set says nothing about the machine, and nobody refused it. */
async function guarded(deployment: Deployment, run: () => Promise<Observation>): Promise<Observation> {
  if (deployment.metadataGuardable) return run();
  return { succeeded: false, observed: 'not tried: the run cannot tell users apart, as the guest firewall does' };
}

/** The same address, as URIs write it. */
const SPELLINGS: Readonly<Record<string, Partial<Rehearsal>>> = {
  http: {},
  'HTTP/2': { http11: false },
  https: { scheme: 'https', port: 443 },
  'with a password': { userInfo: 'admin:password' },
  'as one number': { address: '2852039166' },
  'in octal digits': { address: '0251.0376.0251.0376' },
  'in IPv6': { address: '::ffff:169.254.169.254' },
};

function spellings(deployment: Deployment): readonly Variant[] {
  return Object.entries(SPELLINGS).map(([name, form]) => ({
    name,
    run: async () => {
      const path = `/${uniqueKey()}`;
      const target = { address: METADATA_ADDRESS, port: 80, http11: true, ...form };
      const said = rehearse(deployment, { ...target, path: `${path}?x=1#y` });
      const arrived = await arrives(deployment, (request) => request.includes(path), said);
      if (arrived) return { succeeded: true, observed: 'the server asked the metadata service' };
      return shut(deployment, { observed: 'nothing arrived', port: target.port });
    },
  }));
}

/** The server looks for credentials of its own before it calls a function. */
function lambda(deployment: Deployment): Variant {
  return {
    name: 'a Lambda function',
    run: async () => {
      const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:probe:1';
      const said = rehearseRaw(deployment, { arn });
      const arrived = await arrives(deployment, (request) => request.includes('/latest/'), said);
      if (arrived) return { succeeded: true, observed: 'the server asked the metadata service who it is' };
      return shut(deployment, { observed: 'nothing arrived', port: 80 });
    },
  };
}

/** Asked of the metadata service itself; the server's own words end the wait, since it gives up on a shut way at once. */
export async function arrives(
  deployment: Deployment,
  isOurs: (request: string) => boolean,
  said: Promise<string>,
): Promise<boolean> {
  let answered = false;
  void said.then(() => (answered = true));
  const deadline = performance.now() + OUTCOME_WITHIN_MS;
  for (;;) {
    const over = answered || performance.now() > deadline;
    const requests = await deployment.metadataRequests();
    if (requests.some(isOurs)) return true;
    if (over) return false;
    await sleep(POLL_MS);
  }
}

/**
 * Who shut the way, asked of the kernel: the route that the ECS agent sets for a task when it is told to block the metadata service, or the
 * guest's own firewall on a machine of Google.
 */
async function shut(
  deployment: Deployment,
  { observed, port }: { readonly observed: string; readonly port: number },
): Promise<Observation> {
  if (deployment.host.instance !== undefined) {
    const flow = { from: deployment.taskAddress, to: METADATA_ADDRESS, toPort: port };
    const refuser = await deployment.firewallRefused(flow);
    return refuser === undefined
      ? { succeeded: false, observed }
      : { succeeded: false, observed, refusedBy: `firewall: ${refuser}` };
  }
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
