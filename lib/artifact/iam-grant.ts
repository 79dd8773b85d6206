import type { Text } from './text';

/** What a role is granted on; a role on a project, a folder or an organization is one on everything below it. */
export type GrantLevel =
  | 'cloud-run-service'
  | 'service-account'
  | 'secret'
  | 'crypto-key'
  | 'key-ring'
  | 'bucket'
  | 'repository'
  | 'instance'
  | 'disk'
  | 'project'
  | 'folder'
  | 'organization'
  /** On something that is none of these, nor holds any. */
  | 'elsewhere'
  | 'unknown';

/** A role that members have on something: one `iam_member`, or one binding of a role in an `iam_binding` or `iam_policy`. */
export interface IamGrant {
  /** Address of the resource: `google_cloud_run_v2_service_iam_member.invoker`. */
  readonly id: string;
  readonly level: GrantLevel;
  /** What it is granted on, as the resource names it: a reference, or a name. Empty at a level that has one alone. */
  readonly on: Text;
  /** `roles/run.invoker`, or the reference or name of a custom role. */
  readonly role: Text;
  /** What a custom role of the same files permits; absent for a role of Google's and for one from elsewhere. */
  readonly permissions?: readonly string[];
  /** `serviceAccount:...`, `group:...`, `allUsers`. */
  readonly members: readonly Text[];
  /** Whether it holds on a condition alone, which is not decided. */
  readonly conditional: boolean;
  /** The expression of the condition. Absent: there is none, or the cloud alone knows it. */
  readonly condition?: string;
}
