import type { Language } from '../language/language';
import type { CredentialQuestion } from './credential-state';

/** What a request must be like, as a combination of single questions. */
export type Formula =
  | { readonly kind: 'all'; readonly of: readonly Formula[] }
  | { readonly kind: 'any'; readonly of: readonly Formula[] }
  | { readonly kind: 'not'; readonly of: Formula }
  /** A header, or pseudo header, is there and its value is one of these. */
  | { readonly kind: 'header'; readonly name: string; readonly values: Language }
  | { readonly kind: 'credential'; readonly question: CredentialQuestion }
  /** Something that nobody here can answer. */
  | { readonly kind: 'unknown'; readonly what: string }
  /** The same, under the name of a policy. */
  | { readonly kind: 'policy'; readonly name: string; readonly of: Formula };

/** Holds for every request. */
export const ALWAYS: Formula = { kind: 'all', of: [] };

/** Holds for none. */
export const NEVER: Formula = { kind: 'any', of: [] };

/** All of these. */
export function allOf(...of: readonly Formula[]): Formula {
  return { kind: 'all', of };
}

/** Any of these. */
export function anyOf(...of: readonly Formula[]): Formula {
  return { kind: 'any', of };
}

/** The opposite. */
export function not(of: Formula): Formula {
  return { kind: 'not', of };
}

/** What cannot be answered. */
export function unknown(what: string): Formula {
  return { kind: 'unknown', what };
}
