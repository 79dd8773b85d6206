import type { CheckedClaim } from '../../checked-claim';
import { admittedBy } from '../admission/admission';
import { isAnonymous } from '../admission/credential-state';
import { admits, describeRequest } from '../describe-request';
import { broken, holds, type Judgement, notApplicable, unproven } from '../judgement';
import type { Listener, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { waysTo } from '../ways';
import { rewritesOf } from './rewrites';
import { SERVER_PATHS } from './server-paths';

/** Whether who asks for health without a credential learns that alone. */
export const HEALTH_NAMES_NOTHING: CheckedClaim = proxyClaim({
  id: 'health-names-nothing',
  judge: (proxy) => [
    ...proxy.listeners.filter(({ kind, local }) => kind === 'health' && !local).map(judgeOwn),
    ...judgeServers(proxy),
  ],
  withoutProxy: notApplicable('no proxy stands before the server to answer for it'),
});

function judgeOwn({ name, chains }: Listener): Judgement {
  const checks = chains.flatMap(({ http }) => (http?.filters ?? []).filter(({ type }) => type === 'HealthCheck'));
  const passing = checks.some(({ settings }) => settings.flag('pass_through_mode'));
  return passing
    ? unproven(`listener ${name} passes the question on`)
    : holds(`listener ${name} answers by itself, and leads nowhere`);
}

/** The server's own answer lists every service. */
function judgeServers(proxy: Proxy): readonly Judgement[] {
  return waysTo(proxy, 'ingress').flatMap(({ chain, way, name }) => {
    const anonymous = admittedBy(chain, way).filter(({ state }) => isAnonymous(state));
    const rewrites = rewritesOf(way).length > 0;
    const open = anonymous.find((clause) => rewrites || admits(clause, SERVER_PATHS) !== false);
    return open === undefined
      ? []
      : [
          broken(
            `${name}: ${describeRequest(open, rewrites ? undefined : SERVER_PATHS) ?? 'a request'}, and the server's health lists every service`,
          ),
        ];
  });
}
