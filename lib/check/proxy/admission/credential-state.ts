import { exampleOf } from '../language/texts-of';
import { both, type Language, text } from '../language/language';

/** What a caller shows. */
export interface CredentialState {
  readonly token:
    | { readonly kind: 'none' }
    /** One that no provider vouches for. */
    | { readonly kind: 'bad' }
    /** One that a provider has verified, and where its claims stand for the filters behind. */
    | { readonly kind: 'verified'; readonly provider: string; readonly claims?: string; readonly issuer?: string };
  /** `unverified`: the proxy takes a certificate of anybody. */
  readonly certificate: 'none' | 'unverified' | 'verified';
}

/** A question about what a caller has shown. */
export type CredentialQuestion =
  | {
      readonly kind: 'claim';
      /** Where the claims stand that are asked. */
      readonly claims: string;
      /** `scope`, `realm.tenant`. */
      readonly claim: string;
      /** Values of which it must have one. Absent: any. */
      readonly values?: readonly Language[];
      /** In words. */
      readonly says: string;
    }
  /** Absent names: whoever came over TLS, with a certificate or without. */
  | { readonly kind: 'certificate'; readonly names?: Language; readonly says: string };

/** Whether the caller has shown nothing that was verified. */
export function isAnonymous({ token, certificate }: CredentialState): boolean {
  return token.kind !== 'verified' && certificate !== 'verified';
}

/** What a caller shows, in words. */
export function describeState({ token, certificate }: CredentialState): string {
  const shown = {
    none: 'without a token',
    bad: 'with a token that nobody vouches for',
    verified: `with a token of ${token.kind === 'verified' ? token.provider : ''}`,
  }[token.kind];
  return certificate === 'none'
    ? shown
    : `${shown} and with ${certificate === 'verified' ? 'a verified' : 'any'} certificate`;
}

/** The answer for somebody who shows this; `depends`: on which token or certificate it is. */
export function answer(question: CredentialQuestion, state: CredentialState): boolean | 'depends' {
  return question.kind === 'claim' ? answerOfToken(question, state) : answerOfCertificate(question, state);
}

function answerOfToken(
  { claims, claim, values }: Extract<CredentialQuestion, { kind: 'claim' }>,
  { token }: CredentialState,
): boolean | 'depends' {
  if (token.kind !== 'verified' || token.claims !== claims) return false;
  const { issuer } = token;
  if (claim !== 'iss' || issuer === undefined) return 'depends';
  return values === undefined || values.some((value) => exampleOf(both(value, text(issuer))) !== 'none');
}

function answerOfCertificate(
  { names }: Extract<CredentialQuestion, { kind: 'certificate' }>,
  { certificate }: CredentialState,
): boolean | 'depends' {
  if (names === undefined) return true;
  const takesNobody = exampleOf(both(names, text(''))) !== 'none';
  return certificate === 'none' ? takesNobody : 'depends';
}
