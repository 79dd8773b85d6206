import type { CheckedClaim } from '../../checked-claim';
import { admittedBy, headerOf, methodsOf, pathsOf } from '../admission/admission';
import { describeRequest } from '../describe-request';
import { broken, holds, type Judgement, notApplicable } from '../judgement';
import { both, except, type Language, matching, text } from '../language/language';
import { exampleOf } from '../language/texts-of';
import type { Listener } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { type PlacedWay, waysOf } from '../ways';

/** ID tokens, and what the server asks for before it impersonates. No slash stands in a query: a service may be registered under any. */
const MINTING: Language = matching(
  '/computeMetadata/v1/(?:instance/service-accounts/default/(?:identity\\?[A-Za-z0-9._~%=&+*-]+|token)|universe/universe-domain)',
);

/** Whether the way to the metadata server that the proxy makes is for tokens alone, and for the server alone. */
export const METADATA_BY_PROXY: CheckedClaim = proxyClaim({
  id: 'metadata-unreachable',
  judge: ({ listeners }) => {
    const judged = listeners.flatMap((listener) =>
      waysOf(listener)
        .filter(({ way }) => way.clusters.some(({ kind }) => kind === 'metadata'))
        .flatMap((placed) => judgeWay(listener, placed)),
    );
    const raw = listeners
      .filter(({ chains }) => chains.some((chain) => chain.raw.some(({ kind }) => kind === 'metadata')))
      .map(({ name }) => broken(`listener ${name}: connections are led to the metadata server as they are`));
    return [...judged, ...raw].length > 0
      ? [...judged, ...raw]
      : [notApplicable('the proxy has no way to a metadata server')];
  },
  withoutProxy: notApplicable('no proxy stands before the server'),
});

function judgeWay(listener: Listener, { chain, way, name }: PlacedWay): readonly Judgement[] {
  if (!listener.local) return [broken(`${name} leads others than the server to the metadata server`)];
  const faults = admittedBy(chain, way).flatMap((clause): readonly string[] => {
    const flavor = headerOf(clause, 'metadata-flavor');
    const forwarded = headerOf(clause, 'x-forwarded-for');
    return [
      ...(exampleOf(both(pathsOf(clause), except(MINTING))) === 'none'
        ? []
        : [describeRequest(clause, except(MINTING)) ?? 'another path passes']),
      ...(exampleOf(both(methodsOf(clause), except(text('GET')))) === 'none' ? [] : ['other methods than GET pass']),
      ...(flavor.maybeAbsent || exampleOf(both(flavor.values, except(text('Google')))) !== 'none'
        ? ['requests without metadata-flavor: Google pass']
        : []),
      ...(exampleOf(forwarded.values) === 'none' ? [] : ['requests that were forwarded pass']),
    ];
  });
  return faults.length > 0
    ? faults.map((fault) => broken(`${name}: ${fault}`))
    : [holds(`${name}: the server alone asks there, for tokens alone`)];
}
