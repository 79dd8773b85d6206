import { createHash } from 'node:crypto';
import { parseKeySet } from '../proxy/claims/key-set';
import { type TokenProvider, tokenProviders } from '../proxy/claims/token-providers';
import { authorityOf, clientDemand } from '../proxy/model/client-demand';
import type { Chain, Listener, Proxy } from '../proxy/model/proxy';
import { doorsOf } from '../proxy/ways';
import { limitPermission } from './limit-permission';
import { type Permission, whole } from './permission';

/** Whose credentials a proxy takes: tokens of whom, for what, signed by which keys and for how long, and which certificates. */
export function credentialPermissions(proxy: Proxy): readonly Permission[] {
  return [
    ...tokenProviders(proxy).flatMap((provider) => ofTokens(proxy, provider)),
    ...doorsOf(proxy).flatMap((door) => door.chains.flatMap((chain) => ofCertificates(proxy, door, chain))),
  ];
}

function ofTokens({ host }: Proxy, { name, kind, settings, otherAudiences }: TokenProvider): readonly Permission[] {
  const issuer = settings.text('issuer');
  const audiences = [...settings.texts('audiences'), ...otherAudiences.flat()];
  const takes = takenBy(host.id, `${kind}, provider ${name}`);
  const life = settings.number('max_lifetime') ?? 0;
  return [
    takes(issuer === undefined ? 'tokens of every issuer' : `tokens of ${issuer}`),
    ...(audiences.length === 0 ? [takes('tokens for every audience')] : []),
    ...audiences.map((audience) => takes(`tokens for ${audience}`)),
    ...keysOf(settings).map((key) => takes(`tokens signed by ${key}`)),
    limitPermission({
      subject: host.id,
      key: `${kind} ${name} life`,
      what: `${kind}, provider ${name}: tokens that live for`,
      // Without one Envoy asks for no end.
      most: life === 0 ? Infinity : life,
      unit: 's',
    }),
  ];
}

function keysOf(settings: TokenProvider['settings']): readonly string[] {
  const uri = settings.below('remote_jwks', 'http_uri')?.text('uri');
  const stated = parseKeySet(settings.message('local_jwks'));
  return [
    ...(uri === undefined ? [] : [`keys from ${uri}`]),
    ...(stated?.map((key) => `key ${typeof key['kid'] === 'string' ? key['kid'] : ''} (${digestOf(spelled(key))})`) ??
      (uri === undefined ? ['keys that the file does not show'] : [])),
  ];
}

/** The same for the same key, in whatever order its members stand. */
function spelled(key: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(key).sort(([one], [other]) => (one < other ? -1 : 1)));
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

function ofCertificates({ host }: Proxy, { kind }: Listener, { tls }: Chain): readonly Permission[] {
  const takes = takenBy(host.id, kind);
  const demand = clientDemand(tls);
  if (demand === undefined) return [];
  const { validation, required, file } = demand;
  const names = [
    ...validation.messages('match_typed_subject_alt_names').map((each) => each.message('matcher')),
    ...validation.messages('match_subject_alt_names'),
  ];
  const authorities = authorityOf(validation)?.text('inline_string')?.match(CERTIFICATE) ?? [];
  const isRevocable = validation.has('crl') || file !== undefined;
  return [
    ...authorities.map((pem) => takes(`certificates of the authority ${digestOf(pem.replaceAll(/\s/g, ''))}`)),
    ...(authorities.length === 0 ? [takes('certificates of an authority that the file does not show')] : []),
    ...(names.length === 0 ? [takes('certificates of every name')] : []),
    ...names.map((matcher) => takes(`certificates of ${matcher?.text('exact') ?? 'names by a pattern'}`)),
    ...(required ? [] : [takes('connections without a certificate')]),
    ...(isRevocable ? [] : [takes('certificates that were revoked')]),
  ];
}

function takenBy(host: string, by: string): (what: string) => Permission {
  return (what) => whole('credential', host, `${by}: ${what}`, `${by}: ${what}`);
}

/** Enough of one to tell keys from each other. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
