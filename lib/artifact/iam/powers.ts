import type { IamGrant } from '../iam-grant';
import { literal } from '../text';

/** What a role of a grant lets its members do that matters to a private service. */
export type Power =
  /** Call a service of Cloud Run. */
  | 'invoke'
  /** Have an ID token made in the name of an account, and nothing else of it. */
  | 'mint'
  /** Act as an account in everything. */
  | 'become';

/** What a permission of a custom role amounts to. */
const PERMISSIONS: Readonly<Record<string, readonly Power[]>> = {
  'run.routes.invoke': ['invoke'],
  'run.services.setIamPolicy': ['invoke'],
  'iam.serviceAccounts.getOpenIdToken': ['mint'],
  'iam.serviceAccounts.actAs': ['become'],
  'iam.serviceAccounts.getAccessToken': ['become'],
  'iam.serviceAccounts.implicitDelegation': ['become'],
  'iam.serviceAccounts.signBlob': ['become'],
  'iam.serviceAccounts.signJwt': ['become'],
  'iam.serviceAccounts.setIamPolicy': ['become'],
  'iam.serviceAccountKeys.create': ['become'],
  'iam.roles.update': ['invoke', 'become'],
  'resourcemanager.projects.setIamPolicy': ['invoke', 'become'],
  'resourcemanager.folders.setIamPolicy': ['invoke', 'become'],
  'resourcemanager.organizations.setIamPolicy': ['invoke', 'become'],
};

/** Google's own roles. @see https://cloud.google.com/iam/docs/roles-permissions */
const ROLES: Readonly<Record<string, readonly Power[]>> = {
  'roles/owner': ['invoke', 'become'],
  'roles/editor': ['invoke', 'become'],
  'roles/admin': ['invoke', 'become'],
  'roles/writer': ['invoke', 'become'],
  'roles/reader': [],
  'roles/viewer': [],
  'roles/browser': [],
  'roles/run.admin': ['invoke'],
  'roles/run.invoker': ['invoke'],
  'roles/run.servicesInvoker': ['invoke'],
  'roles/run.viewer': [],
  'roles/iam.serviceAccountOpenIdTokenCreator': ['mint'],
  'roles/iam.serviceAccountTokenCreator': ['mint', 'become'],
  'roles/iam.workloadIdentityUser': ['mint', 'become'],
  'roles/iam.serviceAccountAdmin': ['become'],
  'roles/iam.serviceAccountKeyAdmin': ['become'],
  'roles/iam.securityAdmin': ['become'],
  'roles/iam.serviceAccountViewer': [],
};

/** Rooms whose roles hold no power over services and accounts; of every other role that is not above nobody knows here. */
const ROOMS_WITHOUT_POWER =
  /^roles\/(?:artifactregistry|bigquery|certificatemanager|cloudasset|cloudkms|cloudprofiler|cloudsql|cloudtrace|compute|datastore|dns|errorreporting|iap|logging|monitoring|networkmanagement|pubsub|recommender|redis|secretmanager|servicenetworking|serviceusage|spanner|stackdriver|storage|vpcaccess)\.(?!.*[sS]erviceAgent$)/;

/** What a grant lets its members do; `undefined` where the files do not say what its role holds. */
export function powersOf({ role, permissions }: Pick<IamGrant, 'role' | 'permissions'>): readonly Power[] | undefined {
  if (permissions !== undefined) return [...new Set(permissions.flatMap((each) => PERMISSIONS[each] ?? []))];
  const name = literal(role);
  if (name === undefined) return undefined;
  const known = ROLES[name];
  if (known !== undefined) return known;
  return ROOMS_WITHOUT_POWER.test(name) ? [] : undefined;
}
