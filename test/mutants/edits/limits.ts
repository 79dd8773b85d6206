import { editBootstrap, extension, listener, type Node, removeExtension, removeMember, setMember } from '../envoy';
import type { Mutant } from '../mutant';

/** How much, how fast and how slowly callers may send. */
export const LIMIT_MUTANTS: readonly Mutant[] = [
  {
    id: 'any-body',
    guard: 'the largest body',
    attack: 'oversized-body',
    edit: edit((bootstrap) => removeExtension(bootstrap, 'BodySizeLimit')),
  },
  {
    id: 'rate-not-enforced',
    guard: 'the enforcement of the rate limit',
    attack: 'flood-from-one-address',
    edit: edit((bootstrap) => removeMember(extension(bootstrap, 'LocalRateLimit'), 'filter_enforced')),
  },
  {
    id: 'address-forged',
    guard: "the connection's address as the caller's",
    attack: 'flood-from-one-address',
    edit: edit((bootstrap) => setMember(listener(bootstrap, 'tls'), 'xff_num_trusted_hops', 1)),
  },
  {
    id: 'headers-for-ever',
    guard: 'the time for the headers of a request',
    attack: 'slow-headers',
    edit: edit((bootstrap) => removeMember(listener(bootstrap, 'tls'), 'request_headers_timeout')),
  },
  {
    id: 'body-for-ever',
    guard: 'the time for the body of a request',
    attack: 'slow-body',
    edit: edit((bootstrap) => removeMember(listener(bootstrap, 'tls'), 'request_timeout')),
  },
];

function edit(change: (bootstrap: Node) => void): Mutant['edit'] {
  return (template) => editBootstrap(template, change);
}
