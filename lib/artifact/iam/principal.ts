import type { Text } from '../text';

/** Somebody whom IAM knows, as one comparable word. */
export type Principal =
  /** Everybody, with or without a token. */
  | { readonly kind: 'anybody' }
  /** Everybody who has any account of Google's. */
  | { readonly kind: 'authenticated' }
  /** `key` is equal for equal accounts: the e-mail address, or the address of the resource that makes the account. */
  | { readonly kind: 'account'; readonly key: string }
  | { readonly kind: 'user'; readonly key: string }
  /** A group, a domain, a pool of workloads: who is in it stands in no file. */
  | { readonly kind: 'set'; readonly key: string }
  | { readonly kind: 'unknown'; readonly key: string };

/** Whoever a member of a binding is. @see https://cloud.google.com/iam/docs/principal-identifiers */
export function principalOf(member: Text): Principal {
  const [first, ...rest] = member;
  if (typeof first === 'object') {
    return first.attribute === 'member' && rest.length === 0
      ? { kind: 'account', key: first.logicalId }
      : { kind: 'unknown', key: spell(member) };
  }
  if (spell(member) === 'allUsers') return { kind: 'anybody' };
  if (spell(member) === 'allAuthenticatedUsers') return { kind: 'authenticated' };
  const [, type = '', value = ''] = /^(\w+):(.*)$/s.exec(first ?? '') ?? [];
  const name: Text = value === '' ? rest : [value, ...rest];
  if (type === 'serviceAccount') {
    const key = accountKey(name);
    return key === undefined ? { kind: 'unknown', key: spell(member) } : { kind: 'account', key };
  }
  if (type === 'user' && rest.length === 0) return { kind: 'user', key: value };
  const isSet = ['group', 'domain', 'principal', 'principalSet', 'projectOwner', 'projectEditor', 'projectViewer'];
  return { kind: isSet.includes(type) ? 'set' : 'unknown', key: spell(member) };
}

const OWN_ATTRIBUTES = ['email', 'member', 'name', 'id', 'unique_id', 'account_id'];

/**
 * What tells one service account from others: `google_service_account.restate` where the same files make it, else its e-mail address.
 * `undefined` where neither is to be had.
 */
export function accountKey(account: Text): string | undefined {
  const last = account.at(-1);
  const before = account.slice(0, -1);
  const isPrefixed = before.every((part) => typeof part === 'string') && /^(?:projects\/.*\/)?$/.test(before.join(''));
  if (typeof last === 'object') {
    const { logicalId, attribute = 'id' } = last;
    const isAccount = /(?:^|\.)google_service_account\./.test(logicalId) && OWN_ATTRIBUTES.includes(attribute);
    return isPrefixed && isAccount ? logicalId : undefined;
  }
  return /^(?:projects\/[^/]+\/serviceAccounts\/)?([^/@\s]+@[^/@\s]+)$/.exec(spell(account))?.[1];
}

/** A text as it is shown, references by their address. */
export function spell(text: Text): string {
  return text
    .map((part) => (typeof part === 'string' ? part : [part.logicalId, part.attribute].filter(Boolean).join('.')))
    .join('');
}
