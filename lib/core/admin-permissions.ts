import type { AdminRole } from './admin-access';

/** Requests of one method that the admin API of an engine answers. What the expression does not match is refused. */
export interface AdminRequests {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** RE2 expression of the whole path with its query. */
  readonly path: string;
}

/** What each role may ask for: the engine says so, the proxy admits nothing else. */
export type AdminPermissions = Readonly<Record<AdminRole, readonly AdminRequests[]>>;
