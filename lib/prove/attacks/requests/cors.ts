import type { Attack, Attempt, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import { goodCaller } from '../good-call';
import { send, tryCall, type IngressCall } from '../ingress-call';
import { callersDoor } from '../ingress-door';
import { uniqueKey } from '../planted';
import { settings } from '../proxy-listener';
import { whoRefused } from '../refusal';
import { tryEach } from '../variants';

/** Code of a foreign web page, in the browser of somebody who may call. */
export const CORS_ATTACKS: readonly Attack[] = [
  originAttack({
    id: 'foreign-origin-call',
    attempt: 'call a handler with a good token from a foreign web page, and read the answer',
    call: (deployment, origin) => ({ ...goodCaller(deployment), headers: origins(origin) }),
  }),
  originAttack({
    id: 'foreign-origin-preflight',
    attempt: 'ask as a browser does whether a foreign web page may call',
    call: (_, origin) => ({
      method: 'OPTIONS',
      body: '',
      headers: [
        ...origins(origin),
        ['access-control-request-method', 'POST'],
        ['access-control-request-headers', 'authorization, content-type'],
      ],
    }),
  }),
];

interface OriginAttack extends Pick<Attack, 'id' | 'attempt'> {
  readonly call: (deployment: Deployment, origin: string) => IngressCall;
}

function originAttack({ id, attempt, call }: OriginAttack): Attack {
  return {
    id,
    claim: 'cors-owned',
    from: 'caller',
    attempt,
    expected: 'no answer names the origin as one that may read it',
    run: (deployment) =>
      tryEach(
        foreignOrigins(deployment).map((origin) => ({
          name: origin,
          run: () => askAs(deployment, origin, call(deployment, origin)),
        })),
      ),
    control: namedOrigin(call),
  };
}

/** The same with an origin that the proxy names; where it names none, a call that is made by no web page. */
function namedOrigin(call: OriginAttack['call']): Attempt {
  return {
    from: 'caller',
    attempt: 'the same from a web page that is named, or a call from no web page where none is',
    run: (deployment) => {
      const [origin] = namedOrigins(deployment);
      if (origin === undefined) return tryCall(deployment, callersDoor(deployment), goodCaller(deployment));
      return askAs(deployment, origin, call(deployment, origin));
    },
  };
}

/** Succeeds when a browser would hand the answer to the page. */
async function askAs(deployment: Deployment, origin: string, call: IngressCall): Promise<Observation> {
  const key = uniqueKey();
  const door = callersDoor(deployment);
  const report = await send(deployment, door, { ...call, key });
  if (report.outcome !== 'response') return await whoRefused(deployment, door, { marker: key, report });
  const allowed = report.headers['access-control-allow-origin'];
  if (allowed === origin || allowed === '*') {
    const withCookies = report.headers['access-control-allow-credentials'] === 'true' ? ', with its cookies' : '';
    return { succeeded: true, observed: `answered ${report.status}, readable by ${allowed}${withCookies}` };
  }
  if (report.status >= 300) return await whoRefused(deployment, door, { marker: key, report });
  const observed = `answered ${report.status} without naming the origin`;
  return { succeeded: false, observed, refusedBy: 'envoy: no permission of the server is passed on' };
}

function foreignOrigins(deployment: Deployment): readonly string[] {
  const lookAlikes = namedOrigins(deployment).flatMap((origin) => [
    `${origin}.attacker.example`,
    origin.replace('https://', 'http://'),
  ]);
  return ['https://attacker.example', 'null', `https://${deployment.door.hostname}.attacker.example`, ...lookAlikes];
}

function namedOrigins(deployment: Deployment): readonly string[] {
  return settings(deployment.bootstrap, 'allow_origin_string_match')
    .flat()
    .flatMap((match) => settings(match, 'exact'))
    .filter((origin) => typeof origin === 'string');
}

function origins(origin: string): NonNullable<IngressCall['headers']> {
  return [['origin', origin]];
}
