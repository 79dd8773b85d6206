import type { Claim } from '../artifact/claim';

/** What to change, in the words of each cloud. */
export interface FixByCloud {
  readonly aws: string;
  readonly google: string;
}

/** A claim of the catalogue: what a secured deployment must hold, where that comes from, and who says whether it does. */
export interface CatalogueClaim extends Claim {
  /** What to change where it is broken or unproven; by cloud where they have other words for it. */
  readonly fix: string | FixByCloud;
  /** How `check` decides it from the files, in one sentence. Present exactly where it does. */
  readonly decided?: string;
  /** How `prove` attacks it, in one sentence. Present exactly where it does. */
  readonly attacked?: string;
}

/** What to change about a claim, in the words of a cloud. */
export function fixInWordsOf(cloud: keyof FixByCloud, { fix }: Pick<CatalogueClaim, 'fix'>): string {
  return typeof fix === 'string' ? fix : fix[cloud];
}
