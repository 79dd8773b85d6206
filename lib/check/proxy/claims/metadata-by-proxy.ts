import type { CheckedClaim } from '../../checked-claim';
import { admittedBy, headerOf, methodsOf, pathsOf } from '../admission/admission';
import { describeRequest } from '../describe-request';
import { broken, holds, type Judgement, notApplicable } from '../judgement';
import { both, except, type Language, matching, text } from '../language/language';
import { exampleOf } from '../language/texts-of';
import type { Listener } from '../model/proxy';
import { proxyClaim } from '../proxy-claim';
import { type PlacedWay, waysOf } from '../ways';
import { bodyLimitOf } from './body-limit';
import { rewritesOf } from './rewrites';

/** ID tokens, and what the server asks for before it impersonates. No slash stands in a query: a service may be registered under any. */
const MINTING: Language = matching(
  '/computeMetadata/v1/(?:instance/service-accounts/default/(?:identity\\?[A-Za-z0-9._~%=&+*-]+|token)|universe/universe-domain)',
);

/** Nothing that the server asks there has a body. */
const LARGEST_BODY_BYTES = 1_024;

/**
 * Whether a token is minted for whom the server asks. A proxy that writes the path anew names an audience of its own, and the service takes
 * a token that was meant for another.
 */
export const AUDIENCE_BY_PROXY: CheckedClaim = {
  ...proxyClaim({
    id: 'cloud-run-token-audience',
    judge: ({ listeners }) => {
      const ways = listeners.flatMap(waysOf).filter(({ way }) => way.clusters.some(({ kind }) => kind === 'metadata'));
      if (ways.length === 0) return [notApplicable('the proxy has no way to a metadata server')];
      return ways.map(({ way, name }) => {
        const rewriting = rewritesOf(way);
        return rewriting.length > 0
          ? broken(`${name} writes anew what the server asks for, the audience too: ${rewriting.join(', ')}`)
          : holds(`${name} leaves the audience as the server asks for it`);
      });
    },
    withoutProxy: notApplicable('no proxy stands before the server'),
  }),
  isBeside: true,
};

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
  const largest = bodyLimitOf(way);
  if (largest > LARGEST_BODY_BYTES)
    return [broken(`${name}: a body of ${largest === Infinity ? 'any size' : `${largest} bytes`} may go along`)];
  const rewriting = rewritesOf(way);
  if (rewriting.length > 0)
    return [broken(`${name} asks for something else than the server does: ${rewriting.join(', ')}`)];
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
