import { editBootstrap, extension, type Node, removeExtension, removeMember, setMember } from '../envoy';
import type { Mutant } from '../mutant';
import type { Template } from '../template';

/** The token check without one of its settings. */
export const AUTHENTICATION_MUTANTS: readonly Mutant[] = [
  {
    id: 'no-token-check',
    guard: 'the token check',
    attack: 'no-token',
    edit: (template) => editBootstrap(template, (bootstrap) => removeExtension(bootstrap, 'JwtAuthentication')),
  },
  {
    id: 'token-optional',
    guard: 'the demand for a token',
    attack: 'no-token',
    edit: (template) => requires(template, { allow_missing: {} }),
  },
  {
    id: 'token-for-some-paths',
    guard: 'the catch-all of the token check',
    attack: 'no-token',
    edit: (template) =>
      editBootstrap(template, (bootstrap) => {
        const [rule] = extension(bootstrap, 'JwtAuthentication')['rules'] as { match: Node }[];
        Object.assign(rule?.match ?? {}, { prefix: '/Greeter/admin' });
      }),
  },
  {
    id: 'token-in-cookie',
    guard: 'the one place of the token',
    attack: 'token-elsewhere',
    edit: (template) => provider(template, (issuer) => Object.assign(issuer, { from_cookies: ['access_token'] })),
  },
  {
    id: 'token-in-other-header',
    guard: 'the one header of the token',
    attack: 'token-elsewhere',
    edit: (template) =>
      provider(template, (issuer) => (issuer['from_headers'] as Node[]).push({ name: 'x-access-token' })),
  },
  {
    id: 'bad-signature-let-through',
    guard: 'the refusal of tokens that fail the check',
    attack: 'forged-token',
    edit: (template) => requires(template, { allow_missing_or_failed: {} }),
  },
  {
    id: 'unsigned-let-through',
    guard: 'the refusal of unsigned tokens',
    attack: 'algorithm-confused-token',
    edit: (template) => requires(template, { allow_missing_or_failed: {} }),
  },
  {
    id: 'any-audience',
    guard: 'the audiences of the token check',
    attack: 'wrong-audience-token',
    edit: (template) => provider(template, (issuer) => removeMember(issuer, 'audiences')),
  },
  {
    id: 'any-issuer',
    guard: 'the issuer of the token check',
    attack: 'wrong-issuer-token',
    edit: (template) => provider(template, (issuer) => removeMember(issuer, 'issuer')),
  },
  {
    id: 'expiry-forgiven',
    guard: 'the narrow clock skew, for expiry',
    attack: 'expired-token',
    edit: (template) => provider(template, (issuer) => setMember(issuer, 'clock_skew_seconds', 86_400)),
  },
  {
    id: 'early-forgiven',
    guard: 'the narrow clock skew, for the beginning',
    attack: 'token-not-yet-valid',
    edit: (template) => provider(template, (issuer) => setMember(issuer, 'clock_skew_seconds', 86_400)),
  },
  {
    id: 'expiry-optional',
    guard: 'the demand for an expiry',
    attack: 'token-without-expiry',
    edit: (template) =>
      provider(template, (issuer) => {
        removeMember(issuer, 'require_expiration');
        // A bounded life demands an end, too.
        removeMember(issuer, 'max_lifetime');
      }),
  },
  {
    id: 'any-lifetime',
    guard: 'the longest life of a token',
    attack: 'over-long-lived-token',
    edit: (template) => provider(template, (issuer) => removeMember(issuer, 'max_lifetime')),
  },
];

function provider(template: Template, edit: (issuer: Node) => void): void {
  editBootstrap(template, (bootstrap) => {
    Object.values(extension(bootstrap, 'JwtAuthentication')['providers'] as Record<string, Node>).forEach(edit);
  });
}

/** Lets requests through that the provider does not vouch for. */
function requires(template: Template, otherwise: Node): void {
  editBootstrap(template, (bootstrap) => {
    for (const rule of extension(bootstrap, 'JwtAuthentication')['rules'] as Node[]) {
      rule['requires'] = { requires_any: { requirements: [rule['requires'], otherwise] } };
    }
  });
}
