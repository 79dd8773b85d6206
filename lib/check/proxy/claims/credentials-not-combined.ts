import type { CheckedClaim } from '../../checked-claim';
import { admittedBy } from '../admission/admission';
import { describeRequest } from '../describe-request';
import { broken, holds, type Judgement, notApplicable } from '../judgement';
import { both, text } from '../language/language';
import { exampleOf } from '../language/texts-of';
import { clientDemand } from '../model/client-demand';
import type { Listener, Proxy } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { doorsOf, waysOf } from '../ways';
import { keptHeaders } from './kept-headers';
import { tokenProviders } from './token-providers';

/** Whether a request has one credential, and what else it shows goes no further. */
export const CREDENTIALS_NOT_COMBINED: CheckedClaim = proxyClaim({
  id: 'credentials-not-combined-loosely',
  judge: (proxy) => {
    const judged = doorsOf(proxy).flatMap((listener) => judgeDoor(listener, proxy));
    return judged.length > 0 ? judged : [notApplicable('one method is allowed')];
  },
  withoutProxy: notApplicable('no proxy stands before the server, so no method is asked for'),
});

function judgeDoor(listener: Listener, proxy: Proxy): readonly Judgement[] {
  const providers = tokenProviders(proxy).filter(({ door }) => door === listener.name);
  const certificates = listener.chains.some(({ tls }) => clientDemand(tls) !== undefined);
  if (providers.length + (certificates ? 1 : 0) < 2) return [];
  const name = `listener ${listener.name}`;
  const headers = providers.flatMap(({ settings }) =>
    settings.messages('from_headers').flatMap((each) => each.text('name')?.toLowerCase() ?? []),
  );
  const passedOn = providers.filter(
    ({ settings }) => settings.flag('forward') || settings.has('forward_payload_header'),
  );
  const faults = [
    ...passedOn.map((provider) => `provider ${provider.name} passes the token on`),
    ...leftovers(listener, headers).map((each) => `a credential in ${each} that was not looked at travels on`),
    ...beside(listener),
  ];
  return faults.length > 0
    ? faults.map((fault) => broken(`${name}: ${fault}`))
    : [holds(`${name}: a request has one credential, which goes no further`)];
}

function leftovers(listener: Listener, headers: readonly string[]): readonly string[] {
  const clusters = new Set(waysOf(listener).flatMap(({ way }) => way.clusters));
  return [...new Set([...headers, 'authorization'])].filter((header) =>
    [...clusters].some((cluster) => {
      const kept = keptHeaders(cluster, 'request_mutations');
      return kept === undefined || exampleOf(both(kept, text(header))) !== 'none';
    }),
  );
}

/** A token beside a certificate, good or bad. */
function beside(listener: Listener): readonly string[] {
  const combined = waysOf(listener)
    .flatMap(({ chain, way }) => (way.action === undefined ? [] : admittedBy(chain, way)))
    .find(
      ({ state, refusals }) => state.certificate === 'verified' && state.token.kind !== 'none' && refusals.length === 0,
    );
  return combined === undefined ? [] : [describeRequest(combined) ?? 'a request with two credentials'];
}
