import type { Artifact } from '../artifact/artifact';

/** Names of parameters whose default may be a secret, although nothing marks them with NoEcho. */
const SECRET = /pass(?:word|wd|phrase)|secret|token|key|credential/i;
const MAX_LENGTH = 80;

/**
 * A line for every parameter that the deployment was read with at its default: conditions were decided and values filled in by it, and a
 * deployment that is given another value is not the one that was proven.
 *
 * @param prefix name of the stack and a slash where several are reported, else empty
 */
export function parameterDefaults({ defaults = [] }: Artifact, prefix: string): readonly string[] {
  return defaults.map(({ parameter, value }) => {
    const said = SECRET.test(parameter) || value.length > MAX_LENGTH ? '' : ` ${JSON.stringify(value)}`;
    return `parameter ${prefix}${parameter} taken at its default${said}`;
  });
}
