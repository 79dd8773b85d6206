import { editBootstrap, extension, type Node, removeMember, setMember } from '../envoy';
import type { Mutant } from '../mutant';
import { container } from '../template';

/** How the proxy comes by the keys that it believes. */
export const ISSUER_MUTANTS: readonly Mutant[] = [
  {
    id: 'issuer-not-verified',
    guard: "the verification of the issuer's certificate",
    attack: 'rogue-issuer',
    edit: edit((bootstrap) => removeMember(extension(bootstrap, 'UpstreamTlsContext'), 'validation_context')),
  },
  {
    id: 'issuer-name-not-verified',
    guard: "the name in the issuer's certificate",
    attack: 'misnamed-issuer',
    edit: edit((bootstrap) =>
      removeMember(extension(bootstrap, 'UpstreamTlsContext'), 'match_typed_subject_alt_names'),
    ),
  },
  {
    id: 'failed-check-let-through',
    guard: 'the refusal of what cannot be checked',
    attack: 'issuer-down',
    edit: edit((bootstrap) => {
      for (const rule of extension(bootstrap, 'JwtAuthentication')['rules'] as Node[]) {
        rule['requires'] = { requires_any: { requirements: [rule['requires'], { allow_missing_or_failed: {} }] } };
      }
    }),
  },
  {
    id: 'verdicts-remembered',
    guard: 'the check of every token by the keys of today',
    attack: 'withdrawn-key',
    edit: (template) => {
      editBootstrap(template, (bootstrap) => {
        const { providers } = extension(bootstrap, 'JwtAuthentication') as { providers: Record<string, Node> };
        for (const provider of Object.values(providers)) {
          provider['jwt_cache_config'] = {};
        }
        // So that nobody waits for minutes: the attack waits for as long as the keys are kept.
        setMember(providers, 'cache_duration', '3s');
      });
      // Each worker remembers for itself.
      container(template, 'envoy').Command.push('--concurrency', '1');
    },
  },
];

function edit(change: (bootstrap: Node) => void): Mutant['edit'] {
  return (template) => editBootstrap(template, change);
}
