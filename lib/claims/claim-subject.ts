import type { Artifact, Host } from '../artifact/artifact';

/** The deployment that a claim is about. */
export interface ClaimSubject {
  readonly artifact: Artifact;
  readonly host: Host;
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
