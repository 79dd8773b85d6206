import type { Attack, Observation } from '../attack';
import type { Deployment } from '../deployment';
import { goodCaller } from './good-call';
import { tryCall, type IngressCall } from './ingress-call';
import { callersDoor } from './ingress-door';
import { tryEach } from './variants';

/** An attack that consists of calls which must not be admitted. */
export interface CallerAttack extends Pick<Attack, 'id' | 'claim' | 'attempt' | 'expected' | 'notApplicable'> {
  /** The ways of attempting it: name to call. */
  readonly calls: (deployment: Deployment) => Readonly<Record<string, IngressCall>>;
  /** What the control does differently, in one line. @default - the same call with a good token */
  readonly control?: { readonly attempt: string; readonly call: (deployment: Deployment) => IngressCall };
}

/** Makes an attack of calls that are sent as callers send them, through the balancer, each expected not to reach its handler. */
export function callerAttack(props: CallerAttack): Attack {
  const { calls, control = GOOD_CALL, ...named } = props;
  return {
    ...named,
    from: 'caller',
    run: (deployment) =>
      tryEach(
        Object.entries(calls(deployment)).map(([name, call]) => ({
          name,
          run: async () => shutOutByProxy(await tryCall(deployment, callersDoor(deployment), call)),
        })),
      ),
    control: {
      from: 'caller',
      attempt: control.attempt,
      run: (deployment) => tryCall(deployment, callersDoor(deployment), control.call(deployment)),
    },
  };
}

/** Such a call must not even be asked of the server: what it makes of one says nothing about the next. */
function shutOutByProxy(seen: Observation): Observation {
  if (seen.succeeded || seen.refusedBy?.startsWith('restate:') !== true) return seen;
  return { succeeded: true, observed: `${seen.observed}, so the proxy let it through` };
}

const GOOD_CALL = {
  attempt: 'the same call with a good token',
  call: (deployment: Deployment): IngressCall => goodCaller(deployment),
};
