import type { CheckedClaim } from '../checked-claim';
import { serverClaim } from './server-claim';
import { broken, unproven, worst } from './wrong';

/** Less than this is no time to end a call in. */
const LEAST_SECONDS = 5;

/** Decides whether whoever carries callers' calls, proxy and balancers, lets them end when a task is taken out. */
export const CALLS_DRAIN: CheckedClaim = serverClaim('deploy-drains', ({ host, restate, envoy }, artifact) => {
  const targets = artifact.balancers
    .flatMap(({ listeners }) => listeners.flatMap((listener) => listener.targets))
    .filter((target) => target.host === host.id);
  const groups = [...new Set(targets.map(({ group }) => group))];
  const given = envoy === undefined || envoy === restate ? undefined : envoy.stopTimeoutSeconds;
  const wrong = [
    given !== undefined && given < LEAST_SECONDS
      ? broken(`${envoy?.name ?? ''} is killed after ${given} s, with the calls that it carries`)
      : undefined,
    ...groups.map((id) => {
      const drains = artifact.network?.targetGroups.find((each) => each.id === id)?.drainsSeconds;
      if (drains === 'unknown') return unproven(`how long ${id} lets calls end is not known from the file`);
      return drains !== undefined && drains < LEAST_SECONDS
        ? broken(`${id} ends the calls of a target that is taken out after ${drains} s (deregistration_delay)`)
        : undefined;
    }),
  ];
  return worst(wrong, 'the proxy and the balancers before it let calls end');
});
