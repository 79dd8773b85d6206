import type { Way } from '../model/proxy';

const REWRITES = ['prefix_rewrite', 'regex_rewrite'] as const;

/** The settings by which a way asks for another path than the caller did. */
export function rewritesOf({ action }: Pick<Way, 'action'>): readonly string[] {
  return REWRITES.filter((field) => action?.has(field) === true);
}
