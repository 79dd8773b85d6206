import type { Attack, Observation } from '../attack';
import type { Deployment } from '../deployment';
import { goodCaller } from './good-call';
import { tryCall, type IngressCall } from './ingress-call';
import { callersDoor, proxysDoor, STRAIGHT } from './ingress-door';
import { tryEach } from './variants';

/** Calls by what is tried with each. */
export type Calls = Readonly<Record<string, IngressCall>>;

/** An attack that consists of calls which must not be admitted. */
export interface CallerAttack extends Pick<Attack, 'id' | 'claim' | 'attempt' | 'expected' | 'notApplicable'> {
  /** The ways of attempting it: name to call. */
  readonly calls: (deployment: Deployment) => Calls | Promise<Calls>;
  /** Send straight at the proxy instead: it then sees whose connection it is, where no path tells. @default false */
  readonly direct?: boolean;
  /** What the control does differently, in one line. @default - the same call of a good caller */
  readonly control?: {
    readonly attempt: string;
    readonly call: (deployment: Deployment) => IngressCall | Promise<IngressCall>;
  };
}

/** Makes an attack of calls that are sent as callers send them, through the balancer, each expected not to reach its handler. */
export function callerAttack(props: CallerAttack): Attack {
  const { calls, control = GOOD_CALL, direct = false, ...named } = props;
  const [standing, door] = direct ? [STRAIGHT, proxysDoor] : [{ from: 'caller' } as const, callersDoor];
  return {
    ...named,
    ...standing,
    run: async (deployment) =>
      tryEach(
        Object.entries(await calls(deployment)).map(([name, call]) => ({
          name,
          run: async () => shutOutByProxy(await tryCall(deployment, door(deployment), call)),
        })),
      ),
    control: {
      ...standing,
      attempt: control.attempt,
      run: async (deployment) => tryCall(deployment, door(deployment), await control.call(deployment)),
    },
  };
}

/** Such a call must not even be asked of the server: what it makes of one says nothing about the next. */
function shutOutByProxy(seen: Observation): Observation {
  if (seen.succeeded || seen.refusedBy?.startsWith('restate:') !== true) return seen;
  return { succeeded: true, observed: `${seen.observed}, so the proxy let it through` };
}

const GOOD_CALL = {
  attempt: 'the same call of a good caller',
  call: goodCaller,
};
