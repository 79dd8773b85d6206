import type { Template } from './template';

/** The secure example that a mutant is made of; `Combined` is none of ours, and has every method at one door. */
export type Example = 'Orders' | 'Billing' | 'Ledger' | 'Combined';

/**
 * A secure file with one guard removed, on which the named attack must succeed. It is a template of CloudFormation where nothing else is
 * said.
 */
export interface Mutant<File = Template, Of extends string = Example> {
  /** Kebab-case, distinct. */
  readonly id: string;
  /** What is removed, as a noun: `the audiences of the token check`. */
  readonly guard: string;
  /** Id of the attack that the guard keeps out. */
  readonly attack: string;
  /** @default the usual one of its cloud */
  readonly example?: Of;
  /** Edits the parsed file in place. Finds what it edits by type and shape, never by name. */
  edit(file: File): void;
}

/**
 * The mutant's file.
 *
 * @throws when the edit changed nothing: the guard is no longer where the mutant looks for it, and its attack would prove nothing
 */
export function mutate<File>(file: File, mutant: { readonly id: string; edit(file: File): void }): File {
  const copy = structuredClone(file);
  mutant.edit(copy);
  if (JSON.stringify(copy) === JSON.stringify(file)) {
    throw new Error(`mutant ${mutant.id} changes nothing`);
  }
  return copy;
}
