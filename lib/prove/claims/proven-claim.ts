import type { Artifact, Host } from '../../artifact/artifact';
import type { Claim } from '../../artifact/claim';

/** The deployment that a claim is about. */
export interface ClaimSubject {
  readonly artifact: Artifact;
  readonly host: Host;
}

/** What to change, in the words of each cloud. */
export interface FixByCloud {
  readonly aws: string;
  readonly google: string;
}

/** A claim that `prove` reports, by attack or with the reason why it does not apply. */
export interface ProvenClaim extends Claim {
  /** What to change where it is broken or unproven; by cloud where they have other words for it. */
  readonly fix: string | FixByCloud;
  /** Why it does not apply to this deployment, decided from the files; `undefined` where it does, or where only the attacks can tell. */
  readonly notApplicable?: (subject: ClaimSubject) => string | undefined;
}

/** What to change about a claim, in the words of a deployment's own cloud. */
export function fixFor({ fix }: Pick<ProvenClaim, 'fix'>, { host }: Pick<ClaimSubject, 'host'>): string {
  if (typeof fix === 'string') return fix;
  return host.instance === undefined ? fix.aws : fix.google;
}

/** Where a claim comes from. */
export const SERVER_SECURITY = 'Restate documentation, Server security';
/** Where a claim comes from. */
export const CLOUD_RUN = 'Restate documentation, services on Cloud Run';
/** Where a claim comes from. */
export const MEASURED_SERVER = 'measured on restate-server 1.7.12';
/** Where a claim comes from. */
export const MEASURED_PROXY = 'measured on Envoy 1.40.0';
/** Where a claim comes from. */
export const BENCHMARK = 'cloud security benchmarks';

/**
 * A reason that stands as long as no container's arguments or environment names say otherwise: a template that was not written by us may
 * well have the feature, and then the claim applies.
 */
export function unlessMentioned(pattern: RegExp, reason: string): (subject: ClaimSubject) => string | undefined {
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
