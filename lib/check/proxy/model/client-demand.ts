import type { Message } from '../fields/message';
import type { CredentialState } from '../admission/credential-state';

/** What a listener asks of the certificates of its clients. */
export interface ClientDemand {
  readonly required: boolean;
  /** Settings by which certificates are verified; with a file, those that it is merged over. */
  readonly validation: Message;
  /** The file that the rest of the settings comes from: a revocation list. */
  readonly file?: Message;
}

/** From where the authority is taken that certificates are compared with. `undefined`: from nowhere. */
export function authorityOf(validation: Message): Message | undefined {
  const source = validation.message('trusted_ca');
  const stated = ['filename', 'inline_string', 'inline_bytes', 'environment_variable'].some(
    (field) => (source?.text(field) ?? '') !== '',
  );
  return stated ? source : undefined;
}

/** Whether how certificates are verified stands in a file alone. */
export function isVerifiedElsewhere(tls: Message | undefined): boolean {
  return tls?.message('common_tls_context')?.has('validation_context_sds_secret_config') === true;
}

/** What is asked of clients; `undefined` where no certificate is asked for. */
export function clientDemand(tls: Message | undefined): ClientDemand | undefined {
  const common = tls?.message('common_tls_context');
  const combined = common?.message('combined_validation_context');
  const validation = combined?.message('default_validation_context') ?? common?.message('validation_context');
  if (tls === undefined || validation === undefined) return undefined;
  const file = combined?.message('validation_context_sds_secret_config');
  return { required: tls.flag('require_client_certificate'), validation, ...(file !== undefined && { file }) };
}

/**
 * What clients can come with. Without an authority to compare with Envoy asks nobody for a certificate, whatever else is demanded; with names
 * to compare it demands one of everybody.
 */
export function certificateStates(tls: Message | undefined): readonly CredentialState['certificate'][] {
  if (isVerifiedElsewhere(tls))
    return tls?.flag('require_client_certificate') === true ? ['verified'] : ['none', 'verified'];
  const demand = clientDemand(tls);
  if (demand === undefined || authorityOf(demand.validation) === undefined) return ['none'];
  const { required, validation } = demand;
  const names = validation.count('match_typed_subject_alt_names') + validation.count('match_subject_alt_names');
  const shown = validation.text('trust_chain_verification') === 'ACCEPT_UNTRUSTED' ? 'unverified' : 'verified';
  return required || names > 0 ? [shown] : ['none', shown];
}
