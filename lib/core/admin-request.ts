import type { AdminRole } from './admin-access';

/** One kind of request that the admin API of an engine answers, by exact grammars. What no grammar names is refused. */
export interface AdminRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** RE2 expression of the whole path, without its query. */
  readonly path: string;
  /** Parameters that the query may hold, each with the RE2 expression of its values. @default - no query at all */
  readonly query?: Readonly<Record<string, string>>;
}

/** What each role may ask for: the engine says so, the proxy admits nothing else. */
export type AdminPermissions = Readonly<Record<AdminRole, readonly AdminRequest[]>>;
