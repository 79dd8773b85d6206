import type { IamGrant } from '../iam-grant';
import { literal } from '../text';

/** What a role of a grant lets its members do that matters to a private service, a secret or a key. */
export type Power =
  /** Call a service of Cloud Run. */
  | 'invoke'
  /** Have an ID token made in the name of an account, and nothing else of it. */
  | 'mint'
  /** Act as an account in everything. */
  | 'become'
  /** Read what a secret holds. */
  | 'read-secret'
  /** Decrypt with a key. */
  | 'use-key'
  /** Read what lies in a bucket. */
  | 'read-bucket';

/** Who may change who may do what may do all of it. */
const EVERYTHING: readonly Power[] = ['invoke', 'become', 'read-secret', 'use-key', 'read-bucket'];

/** What a permission of a custom role amounts to. */
const PERMISSIONS: Readonly<Record<string, readonly Power[]>> = {
  'run.routes.invoke': ['invoke'],
  'run.services.setIamPolicy': ['invoke'],
  // who may change what a service is may change whom it asks
  'run.services.update': ['invoke'],
  'iam.serviceAccounts.getOpenIdToken': ['mint'],
  'iam.serviceAccounts.actAs': ['become'],
  'iam.serviceAccounts.getAccessToken': ['become'],
  'iam.serviceAccounts.implicitDelegation': ['become'],
  'iam.serviceAccounts.signBlob': ['become'],
  'iam.serviceAccounts.signJwt': ['become'],
  'iam.serviceAccounts.setIamPolicy': ['become'],
  'iam.serviceAccountKeys.create': ['become'],
  'iam.roles.update': EVERYTHING,
  'resourcemanager.projects.setIamPolicy': EVERYTHING,
  'resourcemanager.folders.setIamPolicy': EVERYTHING,
  'resourcemanager.organizations.setIamPolicy': EVERYTHING,
  'secretmanager.versions.access': ['read-secret'],
  'secretmanager.secrets.setIamPolicy': ['read-secret'],
  'cloudkms.cryptoKeyVersions.useToDecrypt': ['use-key'],
  'cloudkms.cryptoKeyVersions.useToDecryptViaDelegation': ['use-key'],
  'cloudkms.cryptoKeys.setIamPolicy': ['use-key'],
  'cloudkms.keyRings.setIamPolicy': ['use-key'],
  'storage.objects.get': ['read-bucket'],
  'storage.buckets.setIamPolicy': ['read-bucket'],
  'storage.objects.setIamPolicy': ['read-bucket'],
};

/** Google's own roles. @see https://cloud.google.com/iam/docs/roles-permissions */
const ROLES: Readonly<Record<string, readonly Power[]>> = {
  'roles/owner': EVERYTHING,
  'roles/editor': ['invoke', 'become', 'read-bucket'],
  'roles/admin': EVERYTHING,
  'roles/writer': ['invoke', 'become', 'read-bucket'],
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
  'roles/iam.serviceAccountUser': ['become'],
  'roles/iam.securityAdmin': EVERYTHING,
  'roles/iam.organizationRoleAdmin': EVERYTHING,
  'roles/iam.roleAdmin': EVERYTHING,
  'roles/iam.serviceAccountViewer': [],
  'roles/iam.securityReviewer': [],
  'roles/resourcemanager.projectIamAdmin': EVERYTHING,
  'roles/resourcemanager.folderAdmin': EVERYTHING,
  'roles/resourcemanager.folderIamAdmin': EVERYTHING,
  'roles/resourcemanager.organizationAdmin': EVERYTHING,
  'roles/secretmanager.admin': ['read-secret'],
  'roles/secretmanager.secretAccessor': ['read-secret'],
  'roles/secretmanager.secretVersionAdder': [],
  'roles/secretmanager.secretVersionManager': [],
  'roles/secretmanager.viewer': [],
  'roles/cloudkms.admin': ['use-key'],
  'roles/cloudkms.cryptoKeyEncrypterDecrypter': ['use-key'],
  'roles/cloudkms.cryptoKeyEncrypterDecrypterViaDelegation': ['use-key'],
  'roles/cloudkms.cryptoKeyDecrypter': ['use-key'],
  'roles/cloudkms.cryptoKeyDecrypterViaDelegation': ['use-key'],
  'roles/cloudkms.cryptoOperator': ['use-key'],
  'roles/cloudkms.cryptoKeyEncrypter': [],
  'roles/cloudkms.viewer': [],
  'roles/storage.admin': ['read-bucket'],
  'roles/storage.objectAdmin': ['read-bucket'],
  'roles/storage.objectUser': ['read-bucket'],
  'roles/storage.objectViewer': ['read-bucket'],
  'roles/storage.legacyBucketOwner': ['read-bucket'],
  'roles/storage.legacyObjectOwner': ['read-bucket'],
  'roles/storage.legacyObjectReader': ['read-bucket'],
  'roles/storage.objectCreator': [],
};

/** What roles of a room may amount to that are not above, and that is not known here. */
const ROOMS: readonly (readonly [room: RegExp, power: Power])[] = [
  [/^roles\/secretmanager\./, 'read-secret'],
  [/^roles\/cloudkms\./, 'use-key'],
  [/^roles\/storage\./, 'read-bucket'],
];

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

/** Whether a grant lets its members do one thing; `undefined` where the files do not say. */
export function allows(grant: Pick<IamGrant, 'role' | 'permissions'>, power: Power): boolean | undefined {
  const name = literal(grant.role) ?? '';
  const isOpen =
    grant.permissions === undefined &&
    ROLES[name] === undefined &&
    ROOMS.some(([room, of]) => of === power && room.test(name));
  return isOpen ? undefined : powersOf(grant)?.includes(power);
}
