import type { Finding } from './finding';

/** What a scanner found, by the paths of the files as they were given. A file without findings has an empty list. */
export type FindingsByFile = ReadonlyMap<string, readonly Finding[]>;

/** One tool, in the version that the locks name. */
export interface Scanner {
  readonly name: string;
  /** What was run: packs, frameworks, regions. */
  readonly runs: string;
  readonly version: () => string;
  /** What it reads: CloudFormation templates, or the configurations of Terraform in JSON, whose names end in `.tf.json`. */
  readonly reads: readonly ('cloudformation' | 'terraform')[];
  /** How many files at once cost least: starting is slow, and many files together are slow as well. */
  readonly batch: number;
  /** Absolute paths alone. Throws where the tool itself fails, which `scanned` narrows down to the file. */
  readonly scan: (files: readonly string[]) => FindingsByFile;
}
