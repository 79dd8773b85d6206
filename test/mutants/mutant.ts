import type { Template } from './template';

/** The secure example that a mutant is made of; `Combined` is none of ours, and has every method at one door. */
export type Example = 'Orders' | 'Billing' | 'Ledger' | 'Combined';

/** The secure template with one guard removed, on which the named attack must succeed. */
export interface Mutant {
  /** Kebab-case, distinct. */
  readonly id: string;
  /** What is removed, as a noun: `the audiences of the token check`. */
  readonly guard: string;
  /** Id of the attack that the guard keeps out. */
  readonly attack: string;
  /** @default 'Orders' */
  readonly example?: Example;
  /** Edits the parsed template in place. Finds what it edits by type and shape, never by logical id. */
  edit(template: Template): void;
}

/**
 * The mutant's template.
 *
 * @throws when the edit changed nothing: the guard is no longer where the mutant looks for it, and its attack would prove nothing
 */
export function mutate(template: Template, mutant: Pick<Mutant, 'id' | 'edit'>): Template {
  const copy = structuredClone(template);
  mutant.edit(copy);
  if (JSON.stringify(copy) === JSON.stringify(template)) {
    throw new Error(`mutant ${mutant.id} changes nothing`);
  }
  return copy;
}
