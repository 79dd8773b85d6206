import type { Mutant } from './mutant';

/** The secure examples of a cloud, and its guards, removed from them one by one. */
export interface Cloud<File, Of extends string> {
  readonly mutants: readonly Mutant<File, Of>[];
  /** What a file of it is called by what synthesises it. */
  readonly fileName: string;
  /** The example of a mutant that names none. */
  readonly usual: Of;
  /** The example as it is synthesised. */
  secure(example: Of): File;
}
