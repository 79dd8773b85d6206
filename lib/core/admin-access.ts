import { deepFreeze } from './deep-freeze';

/**
 * Who may reach the admin API. Nobody, unless said otherwise: the server then offers it on a unix socket alone, and break-glass is a shell
 * on the host.
 *
 * @see https://docs.restate.dev/server/security "admin gives full control"
 */
export type AdminAccess = { readonly kind: 'nobody' };

/** The factories of {@link AdminAccess}. */
export const AdminAccess = {
  /** No network door at all. */
  nobody(): AdminAccess {
    return deepFreeze({ kind: 'nobody' });
  },
} as const;
