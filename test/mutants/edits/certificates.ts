import { editBootstrap, extension, listener, type Node, removeMember, setMember } from '../envoy';
import type { Mutant } from '../mutant';
import { the } from '../template';
import { policies } from './policies';

const ANYBODY = [{ any: true }];

/** The demand for client certificates without one of its parts. */
export const CERTIFICATE_MUTANTS: readonly Mutant[] = (
  [
    {
      id: 'certificate-optional',
      guard: 'the demand for a certificate, in the handshake and after it',
      attack: 'no-client-certificate',
      edit: edit((bootstrap) => {
        setMember(bootstrap, 'require_client_certificate', false);
        removeMember(bootstrap, 'match_typed_subject_alt_names');
        for (const policy of policies(bootstrap)) policy['principals'] = ANYBODY;
      }),
    },
    {
      id: 'any-authority',
      guard: 'the verification of who signed a certificate',
      attack: 'foreign-client-certificate',
      edit: edit((bootstrap) => {
        demand(bootstrap)['trust_chain_verification'] = 'ACCEPT_UNTRUSTED';
      }),
    },
    {
      id: 'any-certificate-name',
      guard: 'the names of certificates, in the handshake and after it',
      attack: 'unfit-client-certificate',
      edit: edit((bootstrap) => {
        removeMember(bootstrap, 'match_typed_subject_alt_names');
        for (const policy of policies(bootstrap)) policy['principals'] = ANYBODY;
      }),
    },
    {
      id: 'expired-certificates-admitted',
      guard: 'the refusal of certificates whose time is over',
      attack: 'unfit-client-certificate',
      edit: edit((bootstrap) => {
        demand(bootstrap)['allow_expired_certificate'] = true;
      }),
    },
    {
      id: 'no-revocation-list',
      guard: 'the revocation list',
      attack: 'revoked-client-certificate',
      edit: edit((bootstrap) => {
        const context = commonContext(bootstrap);
        context['validation_context'] = demand(bootstrap);
        delete context['combined_validation_context'];
      }),
    },
    {
      id: 'revocation-list-of-the-deployment',
      guard: 'the revocation list of the node, replaced by one that is renewed with the deployment,',
      attack: 'certificate-revoked-meanwhile',
      edit: edit((bootstrap) => {
        const context = commonContext(bootstrap);
        context['validation_context'] = { ...demand(bootstrap), crl: { inline_string: 'of the day' } };
        delete context['combined_validation_context'];
      }),
    },
  ] satisfies Mutant[]
).map((mutant) => ({ ...mutant, example: 'Ledger' }));

function edit(change: (bootstrap: Node) => void): Mutant['edit'] {
  return (template) => editBootstrap(template, change);
}

function commonContext(bootstrap: Node): Node {
  const tls = extension(listener(bootstrap, 'tls'), 'DownstreamTlsContext');
  return tls['common_tls_context'] as Node;
}

function demand(bootstrap: Node): Node {
  const { combined_validation_context: combined } = commonContext(bootstrap);
  return the([(combined as Node)['default_validation_context'] as Node], 'demand for certificates');
}
