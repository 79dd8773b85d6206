import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack, Observation } from '../../attack';
import type { Deployment } from '../../deployment';
import type { ProbeReport } from '../../probe';
import { goodCaller } from '../good-call';
import { send, tryCall } from '../ingress-call';
import {
  anotherCallersDoor,
  fromTask,
  type IngressDoor,
  listenerPort,
  ownAddressDoor,
  proxysDoor,
  WITH_OWN_ADDRESS,
} from '../ingress-door';
import { adminDoorOf, adminListener, askAdmin, hasNoAdminDoor, operatorsToken, tryAdmin } from '../operators/door';
import { uniqueKey } from '../planted';
import { listenerOn } from '../proxy-listener';
import { awaitFloodLog, type FloodLog } from './flood-log';
import { keepFlooding } from './flood-pressure';
import { smallestBucket, type TokenBucket } from './token-bucket';
import { type Answers, compareCallers } from './two-callers';

/** What is sent where no limit is stated, and the most that is sent to reach a stated one. */
const FLOOD_WHERE_NONE_IS_STATED = 4_000;
const LARGEST_FLOOD = 30_000;
/** A flood that is not well above its bucket's rate finds tokens in it again and again. */
const TIMES_THE_RATE = 8;
/** How often a second's flood fills the bucket, so that it is soon empty. */
const TIMES_THE_BURST = 2;
const LEAST_PER_SECOND = 2_000;
const SECONDS = 7.5;
/** Until an emptied bucket admits the next attack's calls again. */
const RECOVERY_MS = 1_500;

/** More requests than one caller, or operator, may send. */
export const FLOOD_ATTACKS: readonly Attack[] = [
  {
    id: 'flood-from-one-address',
    claim: 'rate-bounded',
    ...WITH_OWN_ADDRESS,
    exclusive: true,
    attempt: 'send more requests at once than the proxy admits from one address, each claiming another address',
    expected: '429 from the proxy for the rest, while a caller from elsewhere is served',
    run: (deployment) => flood(deployment, CALLERS),
    control: {
      ...WITH_OWN_ADDRESS,
      attempt: 'send one call',
      run: (deployment) => CALLERS.goodCall(deployment, CALLERS.door(deployment)),
    },
  },
  {
    id: 'flood-of-the-operators-door',
    claim: 'rate-bounded',
    from: 'admin-balancer',
    exclusive: true,
    attempt: "send more requests at once than the operators' door admits from one address",
    expected: '429 from the proxy for the rest, while an operator from elsewhere is served',
    notApplicable: hasNoAdminDoor,
    run: (deployment) => flood(deployment, OPERATORS),
    control: {
      from: 'admin-balancer',
      attempt: 'send one call',
      run: (deployment) => OPERATORS.goodCall(deployment, OPERATORS.door(deployment)),
    },
  },
];

/** Whose door is flooded, and what somebody else gets there meanwhile. */
interface Flooded {
  /** Port of the proxy's listener behind it. */
  listener(deployment: Deployment): number;
  door(deployment: Deployment): IngressDoor;
  /** The same door for somebody of another address. */
  elsewhere(deployment: Deployment): IngressDoor;
  hostname(deployment: Deployment): string;
  goodCall(deployment: Deployment, door: IngressDoor): Promise<Observation>;
  /** The same, as it is answered. */
  answer(deployment: Deployment, door: IngressDoor): Promise<ProbeReport>;
}

const CALLERS: Flooded = {
  listener: (deployment) => listenerPort(deployment, proxysDoor(deployment).port),
  door: ownAddressDoor,
  elsewhere: anotherCallersDoor,
  hostname: ({ door }) => door.hostname,
  goodCall: (deployment, door) => tryCall(deployment, door, goodCaller(deployment)),
  answer: (deployment, door) => send(deployment, door, { key: uniqueKey(), ...goodCaller(deployment) }),
};

const VERSION = '/version';

const OPERATORS: Flooded = {
  listener: (deployment) => listenerPort(deployment, adminListener(deployment).port),
  door: adminListener,
  elsewhere: (deployment) => fromTask(deployment, adminListener(deployment)),
  hostname: (deployment) => adminDoorOf(deployment).hostname,
  goodCall: (deployment, door) => tryAdmin(deployment, door, { path: VERSION, token: operatorsToken(deployment) }),
  answer: (deployment, door) => askAdmin(deployment, door, { path: VERSION, token: operatorsToken(deployment) }),
};

/** A busy machine may be too slow for a flood that outruns its limit: it is tried once more then. */
async function flood(deployment: Deployment, flooded: Flooded): Promise<Observation> {
  const seen = await floodOnce(deployment, flooded);
  return seen.succeeded || seen.refusedBy !== undefined ? seen : await floodOnce(deployment, flooded);
}

async function floodOnce(deployment: Deployment, flooded: Flooded): Promise<Observation> {
  const { bootstrap } = deployment;
  const door = flooded.door(deployment);
  const bucket = smallestBucket(listenerOn(bootstrap, flooded.listener(deployment)) ?? bootstrap);
  const [authority, marker] = [flooded.hostname(deployment), uniqueKey()];
  const started = performance.now();
  const pressure = keepFlooding(deployment, {
    door,
    authority,
    marker,
    ...amountOf(bucket),
  });
  await awaitFloodLog(deployment, door, marker, {
    enough: ({ stopped }) => stopped > 0,
    comesMore: () => pressure.lasts(),
  });
  const other = flooded.elsewhere(deployment);
  const answers = await compareCallers(deployment, {
    authority,
    flooder: door,
    other,
    burst: bucket?.burst ?? FLOOD_WHERE_NONE_IS_STATED,
    goodCall: () => flooded.answer(deployment, other),
    floods: () => pressure.lasts(),
  });
  await pressure.stop();
  const seconds = (performance.now() - started) / 1_000;
  const log = await awaitFloodLog(deployment, door, marker, {
    enough: ({ requests }) => requests >= pressure.sent(),
    comesMore: () => false,
  });
  await sleep(RECOVERY_MS);
  return judge(log, answers(), mayBeAdmitted(bucket, seconds));
}

function judge({ requests, stopped, admitted, limit }: FloodLog, answers: Answers, most: number): Observation {
  const observed = `${stopped} of ${requests} requests were answered 429`;
  const { starved, toldApart, served, spared } = answers;
  if (starved > 0)
    return { succeeded: true, observed: `${observed}, and somebody from elsewhere was not served either` };
  if (admitted > most) return { succeeded: true, observed: `${observed}, and ${admitted} admitted` };
  if (limit !== undefined && toldApart) {
    return {
      succeeded: false,
      observed: `${observed}, somebody from elsewhere was served`,
      refusedBy: `envoy: ${limit}`,
    };
  }
  const compared = `more ${answers.stopped} times, somebody from elsewhere ${spared} times not, and served ${served} times`;
  return { succeeded: false, observed: `${observed}, ${compared}: too few to tell the two apart` };
}

/** As much as it takes to keep the bucket empty for a while. */
function amountOf(bucket: TokenBucket | undefined): { readonly perSecond: number; readonly most: number } {
  if (bucket === undefined) return { perSecond: FLOOD_WHERE_NONE_IS_STATED, most: FLOOD_WHERE_NONE_IS_STATED };
  const perSecond = Math.max(TIMES_THE_RATE * bucket.perSecond, TIMES_THE_BURST * bucket.burst, LEAST_PER_SECOND);
  return { perSecond, most: Math.min(Math.ceil(perSecond * SECONDS), LARGEST_FLOOD) };
}

/** How many requests may be admitted in a time, whenever in it the bucket is filled; more of them have met no limit. */
function mayBeAdmitted(bucket: TokenBucket | undefined, seconds: number): number {
  if (bucket === undefined) return FLOOD_WHERE_NONE_IS_STATED / 2;
  return bucket.burst + bucket.perSecond * seconds + bucket.fill;
}
