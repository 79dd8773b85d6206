import type { Property } from '../property';
import { toLiteral } from '../value';
import type { Resources } from './resources';

const TYPES = ['google_project_iam_custom_role', 'google_organization_iam_custom_role'];

/** What a custom role of the same files permits; `undefined` for a role of Google's, one from elsewhere, and one that is not read whole. */
export function readPermissions(role: Property, resources: Resources): readonly string[] | undefined {
  const isGoogles = toLiteral(role.value)?.startsWith('roles/') === true;
  const custom = isGoogles ? undefined : resources.referredBy(role, ...TYPES);
  const listed = custom?.properties.get('permissions');
  const permissions = listed?.strings();
  return Array.isArray(listed?.value) && permissions?.length === listed.value.length ? permissions : undefined;
}
