import type { Message } from '../fields/message';
import { broken, type Judgement, unproven } from '../judgement';
import { authorityOf, isVerifiedElsewhere } from '../model/client-demand';
import type { Cluster } from '../model/proxy';

/** What is wrong with how a cluster is verified; `undefined` where chain and name are. */
export function upstreamTlsFault({ name, tls, endpoints }: Cluster, host?: string): Judgement | undefined {
  const to = `cluster ${name}`;
  if (tls === undefined) return broken(`${to} is spoken to without TLS`);
  if (tls.type !== 'UpstreamTlsContext') return unproven(`${to} is spoken to in a way that is not understood`);
  const common = tls.message('common_tls_context');
  const validation =
    common?.message('validation_context') ??
    common?.message('combined_validation_context')?.message('default_validation_context');
  if (isVerifiedElsewhere(tls)) return unproven(`${to}: a file alone says how its certificate is verified`);
  if (validation === undefined) return broken(`${to} takes any certificate: nothing says how to verify it`);
  if (authorityOf(validation) === undefined)
    return broken(`${to} takes a certificate of anybody: no authority is named that is heeded`);
  if (validation.text('trust_chain_verification') === 'ACCEPT_UNTRUSTED')
    return broken(`${to} takes untrusted certificates`);
  if (validation.flag('allow_expired_certificate')) return broken(`${to} takes certificates that have expired`);
  const old = oldVersion(common?.message('tls_params'));
  if (old !== undefined) return broken(`${to} speaks ${old}`);
  return nameFault(to, tls, validation, host ?? endpoints.find(({ port }) => port !== undefined)?.address);
}

function nameFault(to: string, tls: Message, validation: Message, host: string | undefined): Judgement | undefined {
  const matchers = validation.messages('match_typed_subject_alt_names').map((each) => each.message('matcher'));
  const names = [...matchers, ...validation.messages('match_subject_alt_names')];
  if (names.length === 0)
    return tls.flag('auto_sni_san_validation')
      ? undefined
      : broken(`${to} takes any certificate of its authority, whatever its name`);
  const exact = names.map((matcher) => matcher?.text('exact'));
  if (exact.includes(undefined)) return broken(`${to} compares the name of the certificate with a pattern`);
  return host === undefined || exact.every((each) => each === host)
    ? undefined
    : broken(`${to} takes a certificate of ${exact.join(', ')}, and not of ${host}`);
}

function isOld(version: string | undefined): boolean {
  return version === 'TLSv1_0' || version === 'TLSv1_1';
}

/** A version of TLS that is no longer safe, where one is admitted. */
export function oldVersion(parameters: Message | undefined): string | undefined {
  const least = parameters?.text('tls_minimum_protocol_version');
  const most = parameters?.text('tls_maximum_protocol_version');
  return isOld(least) ? least : isOld(most) ? most : undefined;
}
