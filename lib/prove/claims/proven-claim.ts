import type { Artifact, Host } from '../../artifact/artifact';
import { type CatalogueClaim, fixInWordsOf } from '../../claims/catalogue-claim';

/** The deployment that a claim is about. */
export interface ClaimSubject {
  readonly artifact: Artifact;
  readonly host: Host;
}

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

/** Whether the arguments or the environment of a container match. References do not. */
export function mentions(host: Host, pattern: RegExp): boolean {
  return host.containers.some((container) => {
    const words = [...(container.entryPoint ?? []), ...(container.command ?? [])];
    const variables = Object.entries(container.environment).map(([name, value]) => [`${name}=`, ...value]);
    return [...words, ...variables].some((word) =>
      pattern.test(word.filter((part) => typeof part === 'string').join('')),
    );
  });
}
