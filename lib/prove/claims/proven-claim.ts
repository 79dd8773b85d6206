import { type CatalogueClaim, fixInWordsOf } from '../../claims/catalogue-claim';
import { type ClaimSubject, mentions } from '../../claims/claim-subject';

/** A claim that `prove` reports, by attack or with the reason why it does not apply. */
export interface ProvenClaim extends CatalogueClaim {
  /** Why it does not apply to this deployment, decided from the files; `undefined` where it does, or where only the attacks can tell. */
  readonly notApplicable?: NotApplicable;
}

/** Why a claim does not apply to a deployment; `undefined` where it does. */
export type NotApplicable = (subject: ClaimSubject) => string | undefined;

/** What to change about a claim, in the words of a deployment's own cloud. */
export function fixFor(claim: Pick<CatalogueClaim, 'fix'>, { host }: Pick<ClaimSubject, 'host'>): string {
  return fixInWordsOf(host.instance === undefined ? 'aws' : 'google', claim);
}

/**
 * A reason that stands as long as no container's arguments or environment names say otherwise: a template that was not written by us may
 * well have the feature, and then the claim applies.
 */
export function unlessMentioned(pattern: RegExp, reason: string): NotApplicable {
  return ({ host }) => (mentions(host, pattern) ? undefined : reason);
}
