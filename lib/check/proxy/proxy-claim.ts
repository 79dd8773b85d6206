import type { Host } from '../../artifact/artifact';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { TooManyClauses } from './admission/clause';
import type { Doubt } from './fields/read-message';
import { type Judgement, notApplicable, unproven } from './judgement';
import type { Proxy } from './model/proxy';
import { isRead, proxiesOf } from './model/proxies-of';

/** How a claim about the proxy is decided. */
export interface ProxyClaimProps {
  readonly id: string;
  /** Everything that the claim is about in one proxy. Nothing of it is the same as not applicable. */
  readonly judge: (proxy: Proxy, deployment: CheckedDeployment) => readonly Judgement[];
  /** What it comes to where no proxy stands before the server. */
  readonly withoutProxy: Judgement;
  /** Whether something that is not understood bears on it. @default - all but what is written into access logs */
  readonly minds?: (doubt: Doubt) => boolean;
}

const ACCESS_LOG = /\.access_log\b/;
const ORDER: readonly Finding['verdict'][] = ['broken', 'unproven', 'holds', 'not-applicable'];
/** More of them would not be read. */
const MOST_DOUBTS = 5;

/** A claim with one finding for each proxy before the server: the worst of what was judged, with all that is as bad. */
export function proxyClaim({ id, judge, withoutProxy, minds = mindsAllButLogs }: ProxyClaimProps): CheckedClaim {
  const decide = (deployment: CheckedDeployment): readonly Finding[] => {
    const { artifact, server } = deployment;
    if (server === undefined) {
      return [{ ...notApplicable('no server is deployed by this file'), subject: artifact.name }];
    }
    const proxies = proxiesOf(deployment);
    if (proxies.length === 0) return [{ ...besideForwarders(server.host, withoutProxy), subject: server.host.id }];
    return proxies.map((proxy): Finding => {
      const judged = isRead(proxy)
        ? judgeProxy(proxy, deployment)
        : unproven(`the proxy's configuration is not read: ${proxy.reason}`);
      return {
        ...judged,
        subject: `${proxy.host.id}/${proxy.container.name}`,
        restsOn: [proxy.host.id, server.host.id],
      };
    });
  };
  const judgeProxy = (proxy: Proxy, deployment: CheckedDeployment): Judgement => {
    const judged = worst(judgedOf(proxy, deployment));
    if (judged.verdict === 'broken') return judged;
    const doubts = proxy.doubts.filter(minds);
    if (doubts.length === 0) return judged;
    const named = doubts.slice(0, MOST_DOUBTS).map(({ path, reason }) => `${path} ${reason}`);
    const more = doubts.length > MOST_DOUBTS ? ` and ${doubts.length - MOST_DOUBTS} more` : '';
    return unproven(`not all of the proxy's configuration is understood: ${named.join('; ')}${more}`);
  };
  const judgedOf = (proxy: Proxy, deployment: CheckedDeployment): readonly Judgement[] => {
    try {
      return judge(proxy, deployment);
    } catch (error) {
      if (error instanceof TooManyClauses) return [unproven('its rules have more alternatives than are told apart')];
      throw error;
    }
  };
  return { id, decide };
}

/** What only leads on does nothing of it; of what decides by itself whom it answers nobody knows. */
function besideForwarders({ forwarders = [] }: Host, without: Judgement): Judgement {
  if (forwarders.length === 0 || without.verdict === 'not-applicable') return without;
  const ports = [...new Set(forwarders.map(({ by, port }) => `${by} on port ${port}`))].join(' and ');
  return forwarders.some(({ asks }) => asks)
    ? unproven(`${ports} decides by itself whom it answers, which is not followed; ${without.evidence}`)
    : { ...without, evidence: `${ports} leads on whatever it is sent; ${without.evidence}` };
}

function mindsAllButLogs({ path }: Doubt): boolean {
  return !ACCESS_LOG.test(path);
}

function worst(judgements: readonly Judgement[]): Judgement {
  const verdict = ORDER.find((each) => judgements.some((judgement) => judgement.verdict === each));
  if (verdict === undefined) return notApplicable('the proxy has nothing of the kind');
  const evidence = judgements
    .filter((judgement) => judgement.verdict === verdict)
    .map((judgement) => judgement.evidence);
  return { verdict, evidence: [...new Set(evidence)].join('; ') };
}
