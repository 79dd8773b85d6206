import type { CheckedClaim } from '../../checked-claim';
import { admittedBy } from '../admission/admission';
import { isAnonymous } from '../admission/credential-state';
import { describeRequest } from '../describe-request';
import { broken, holds, type Judgement, unproven } from '../judgement';
import { certificateStates } from '../model/client-demand';
import type { Listener, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { type PlacedWay, waysTo } from '../ways';

/** Whether every request that is led to the server's ingress has shown something that the proxy verified. */
export const INGRESS_AUTHENTICATED: CheckedClaim = proxyClaim({
  id: 'ingress-authenticated',
  judge,
  withoutProxy: broken('no proxy stands before the server, which verifies nobody'),
});

function judge(proxy: Proxy): readonly Judgement[] {
  const judged = [
    ...waysTo(proxy, 'ingress').map(judgeWay),
    ...proxy.listeners.filter(({ local }) => !local).flatMap(judgeRaw),
  ];
  return judged.length > 0
    ? judged
    : [unproven("no listener of the proxy leads to the server's ingress, so callers come another way or not at all")];
}

function judgeWay({ chain, way, name }: PlacedWay): Judgement {
  const admitted = admittedBy(chain, way);
  const anonymous = admitted.filter(({ state }) => isAnonymous(state));
  const open = anonymous.find((clause) => clause.unknown.length === 0) ?? anonymous[0];
  if (open === undefined) {
    const credentials = [...new Set(admitted.map(({ state }) => shown(state)))];
    return credentials.length > 0
      ? holds(`${name}: nothing passes but with ${credentials.join(' or ')}`)
      : unproven(`${name}: nothing passes at all, which is hardly what is meant`);
  }
  const request = `${name}: ${describeRequest(open) ?? 'a request'}`;
  return open.unknown.length === 0 ? broken(request) : unproven(`${request}, unless ${open.unknown.join(' and ')}`);
}

function shown({ token, certificate }: Parameters<typeof isAnonymous>[0]): string {
  const ofToken = token.kind === 'verified' ? [`a token of ${token.provider}`] : [];
  return [...ofToken, ...(certificate === 'verified' ? ['a verified certificate'] : [])].join(' and ');
}

/** Bytes that are led on as they are. */
function judgeRaw(listener: Listener): readonly Judgement[] {
  return listener.chains
    .filter(({ raw }) => raw.some(({ kind }) => kind === 'ingress' || kind === 'admin'))
    .map(({ tls }) => {
      const isVerified = certificateStates(tls).every((state) => state === 'verified');
      const name = `listener ${listener.name}: connections are led to the server as they are`;
      return isVerified ? holds(`${name}, with a verified certificate`) : broken(`${name}, and nobody is verified`);
    });
}
