import { extension, type Node, removeExtension, removeMember, setMember } from '../../envoy';
import { listenerOfOperators, listenerTo } from '../../listener-of-operators';
import { editBootstrap } from '../machine';
import type { GoogleMutant } from '../mutant';

const INGRESS_PORT = 8080;
/** How many addresses of `x-forwarded-for` are believed. */
const HOPS = 'xff_num_trusted_hops';

/** A few of the proxy's guards that both clouds have: they are read from another file, and attacked at another door. */
export const PROXY_MUTANTS: readonly GoogleMutant[] = [
  {
    id: 'no-token-check',
    guard: 'the token check',
    attack: 'no-token',
    edit: edit((door) => removeExtension(door, 'JwtAuthentication')),
  },
  {
    id: 'any-audience',
    guard: 'the audiences of the token check',
    attack: 'wrong-audience-token',
    edit: edit((door) => removeMember(extension(door, 'JwtAuthentication'), 'audiences')),
  },
  {
    id: 'all-headers-forwarded',
    guard: 'the allow-list of request headers',
    attack: 'credentials-to-the-journal',
    edit: editBootstrapOf((bootstrap) => removeMember(bootstrap, 'request_mutations')),
  },
  {
    id: 'header-for-google-forwarded',
    guard: "the allow-list of request headers, for the one that Google's front end reads,",
    attack: 'cloud-run-header-of-caller',
    edit: editBootstrapOf((bootstrap) => removeMember(bootstrap, 'request_mutations')),
  },
  {
    id: 'rate-not-enforced',
    guard: 'the enforcement of the rate limit',
    attack: 'flood-from-one-address',
    edit: edit((door) => removeMember(extension(door, 'LocalRateLimit'), 'filter_enforced')),
  },
  {
    id: 'callers-taken-for-their-balancer',
    guard: "the place of the caller's address among those that the balancer adds",
    attack: 'flood-from-one-address',
    example: 'Storefront',
    edit: edit((door) => setMember(door, HOPS, 0)),
  },
  {
    id: 'callers-taken-for-the-address-of-their-balancer',
    guard: "the place of the caller's address before the balancer's own",
    attack: 'flood-from-one-address',
    example: 'Storefront',
    edit: edit((door) => setMember(door, HOPS, 1)),
  },
  {
    id: 'address-forged-before-the-balancer',
    guard: "the place of the caller's address behind those that callers write",
    attack: 'flood-from-one-address',
    example: 'Storefront',
    edit: edit((door) => setMember(door, HOPS, 3)),
  },
  {
    id: 'address-forged',
    guard: "the connection's address as the caller's",
    attack: 'flood-from-one-address',
    edit: edit((door) => setMember(door, HOPS, 1)),
  },
  {
    id: 'address-of-operator-forged',
    guard: "the connection's address as the operator's",
    attack: 'flood-of-the-operators-door',
    edit: editBootstrapOf((bootstrap) => setMember(listenerOfOperators(bootstrap), HOPS, 1)),
  },
  {
    id: 'any-body',
    guard: 'the largest body',
    attack: 'oversized-body',
    edit: edit((door) => removeExtension(door, 'BodySizeLimit')),
  },
];

function edit(change: (door: Node) => unknown): GoogleMutant['edit'] {
  return editBootstrapOf((bootstrap) => void change(listenerTo(bootstrap, INGRESS_PORT)));
}

function editBootstrapOf(change: (bootstrap: Node) => void): GoogleMutant['edit'] {
  return (configuration) => editBootstrap(configuration, change);
}
