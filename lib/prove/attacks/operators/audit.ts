import { setTimeout as sleep } from 'node:timers/promises';
import { ranks } from '../../admin-door/role-rights';
import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { OPERATOR_IS_ANSWERED } from './operators';
import { adminDoorOf, adminListener, askAdmin, hasNoAdminDoor, operatorsDoor, operatorsToken } from './door';
import { registrationOf } from '../../service/registration';
import { plantedSecret, uniqueKey } from '../planted';
import { tryEach, type Variant } from '../variants';

/** Envoy writes its log out every 10 s unless its arguments say otherwise. */
const LONGEST_FLUSH_MS = 11_500;
const POLL_MS = 100;

/** What calls of operators leave in logs. */
export const OPERATORS_AUDIT_ATTACKS: readonly Attack[] = [
  {
    id: 'operator-without-a-trace',
    claim: 'admin-authenticated',
    from: 'admin-balancer',
    attempt:
      'calls that are admitted and calls that are refused, then a search for a line about each: who, what and what came of it',
    expected: 'a line about each in the log of the proxy',
    notApplicable: hasNoAdminDoor,
    run: (deployment) => tryEach(traces(deployment)),
    control: OPERATOR_IS_ANSWERED,
  },
  {
    id: 'operators-credentials-in-logs',
    claim: 'logs-hold-no-credential',
    from: 'admin-balancer',
    exclusive: true,
    attempt:
      'calls of operators with tokens, bodies, SQL and headers of a registration that hold secrets, then a search of every log',
    expected: 'none of them is in any log',
    notApplicable: hasNoAdminDoor,
    run: async (deployment) => search(deployment, await plant(deployment)),
    control: {
      from: 'admin-balancer',
      attempt: 'the path of such a call is in the log',
      run: async (deployment) => {
        const path = uniquePath();
        await askAdmin(deployment, adminListener(deployment), { path, token: operatorsToken(deployment) });
        const line = await lineAbout(deployment, path);
        return { succeeded: line !== undefined, observed: line === undefined ? 'not logged' : 'logged' };
      },
    },
  },
];

/** A path that every role may ask for, and that is nobody else's. */
function uniquePath(): string {
  return `/deployments/dp_${uniqueKey().replaceAll('-', '_')}`;
}

/** Each role reads something and asks for what it may not, by the balancer and past it; and somebody has no token at all. */
function traces(deployment: Deployment): readonly Variant[] {
  const doors = [adminListener(deployment), operatorsDoor(deployment)];
  const roles = ranks(adminDoorOf(deployment));
  const calls = roles.flatMap(({ name, scope }) => [
    { name: `${name} reads`, method: 'GET', scopes: scope === undefined ? [] : [scope] },
    { name: `${name} asks for what is nobody's`, method: 'PUT', scopes: scope === undefined ? [] : [scope] },
  ]);
  return doors.flatMap((door) => [
    ...calls.map(({ name, method, scopes }) => {
      const who = plantedSecret();
      const token = operatorsToken(deployment, scopes, { claims: { sub: who } });
      return { name, run: () => trace(deployment, door, { method, token, who: token === '' ? '' : who }) };
    }),
    { name: 'somebody without a token', run: () => trace(deployment, door, { method: 'GET', token: '', who: '' }) },
  ]);
}

interface Traced {
  readonly method: string;
  readonly token: string;
  /** Name of the operator, which stands in the token and nowhere else. */
  readonly who: string;
}

async function trace(
  deployment: Deployment,
  door: Parameters<typeof askAdmin>[1],
  { method, token, who }: Traced,
): Promise<Observation> {
  const path = uniquePath();
  const report = await askAdmin(deployment, door, { method, path, token });
  if (report.outcome !== 'response') return { succeeded: false, observed: `no answer: ${report.outcome}` };
  const line = await lineAbout(deployment, path);
  if (line === undefined) return { succeeded: true, observed: `answered ${report.status}, and no line about it` };
  const missing = Object.entries({ who, method, 'what came of it': String(report.status) })
    .filter(([, value]) => !line.includes(value))
    .map(([name]) => name);
  if (missing.length > 0) return { succeeded: true, observed: `a line without ${missing.join(' and ')}` };
  return {
    succeeded: false,
    observed: 'a line says who, what and what came of it',
    refusedBy: 'envoy: a line for each',
  };
}

/** What the proxy has written about a path that is only one call's, waiting for the longest time that it keeps lines back. */
async function lineAbout(deployment: Deployment, path: string): Promise<string | undefined> {
  const deadline = performance.now() + LONGEST_FLUSH_MS;
  for (;;) {
    const line = deployment.proxy
      .log()
      .split('\n')
      .find((each) => each.includes(path));
    if (line !== undefined || performance.now() > deadline) return line;
    await sleep(POLL_MS);
  }
}

/** Sends secrets by every way that operators have, and returns them. */
async function plant(deployment: Deployment): Promise<readonly string[]> {
  const door = adminListener(deployment);
  const good = operatorsToken(deployment);
  const bad = operatorsToken(deployment, undefined, { signature: 'foreign' });
  const [header, sql, query, cookie] = [plantedSecret(), plantedSecret(), plantedSecret(), plantedSecret()];
  const registration = {
    ...registrationOf(deployment.service),
    additional_headers: { 'x-secret': header },
    dry_run: true,
  };
  const headers = [['cookie', `session=${cookie}`]] as const;
  const last = uniquePath();
  await Promise.all([
    askAdmin(deployment, door, {
      method: 'POST',
      path: '/deployments',
      token: good,
      headers,
      body: JSON.stringify(registration),
    }),
    askAdmin(deployment, door, {
      method: 'POST',
      path: '/query',
      token: good,
      body: JSON.stringify({ query: `SELECT '${sql}'` }),
    }),
    askAdmin(deployment, door, {
      method: 'POST',
      path: '/query',
      token: good,
      body: JSON.stringify({ query: `WRONG '${sql}'` }),
    }),
    askAdmin(deployment, door, { path: `/deployments?token=${query}`, token: good }),
    askAdmin(deployment, door, { path: '/deployments', token: bad, headers }),
  ]);
  await askAdmin(deployment, door, { path: last, token: good });
  await lineAbout(deployment, last);
  // of a token the signature, too: header and payload may be logged apart
  const tokens = [good, bad].flatMap((token) => [token, token.split('.')[2] ?? '']);
  return [header, sql, query, cookie, ...tokens].filter((text) => text.length >= 8);
}

function search(deployment: Deployment, texts: readonly string[]): Observation {
  const found = deployment.containers.filter((container) => {
    const log = container.log();
    return texts.some((text) => log.includes(text));
  });
  if (found.length > 0) {
    const names = found.map(({ container }) => container.name).join(', ');
    return { succeeded: true, observed: `found in the log of ${names}` };
  }
  return { succeeded: false, observed: 'not in the logs', refusedBy: 'logs: hold none of them' };
}
