import { ArtifactRegistryRepositoryIamMember } from '@cdktf/provider-google/lib/artifact-registry-repository-iam-member';
import { CloudRunV2ServiceIamBinding } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-binding';
import { ComputeInstanceIamMember } from '@cdktf/provider-google/lib/compute-instance-iam-member';
import { IapTunnelInstanceIamMember } from '@cdktf/provider-google/lib/iap-tunnel-instance-iam-member';
import { KmsCryptoKeyIamMember } from '@cdktf/provider-google/lib/kms-crypto-key-iam-member';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ImageRepository } from './images';

/**
 * Who holds which role, and on what. No other file of the library makes a member, and this one makes none of a primitive role, of
 * everybody, or of a whole project where Google knows anything narrower.
 */

/** A virtual machine by name. */
export interface NamedMachine {
  /** Id of its project. */
  readonly project: string;
  readonly zone: string;
  readonly name: string;
  /** What makes it: before it, nothing can be granted on it. */
  readonly after: ITerraformDependable;
}

/** Lets a machine pull images from one repository. */
export function grantImageRead(scope: Construct, id: string, from: ImageRepository, account: string): void {
  new ArtifactRegistryRepositoryIamMember(scope, id, {
    ...from,
    role: 'roles/artifactregistry.reader',
    member: serviceAccount(account),
  });
}

/** Lets a machine write lines into the logs of its project. Google knows nothing narrower that may be written. */
export function grantLogWrite(scope: Construct, id: string, project: string, account: string): void {
  new ProjectIamMember(scope, id, { project, role: 'roles/logging.logWriter', member: serviceAccount(account) });
}

/** Lets an account read one secret. */
export function grantSecretRead(scope: Construct, id: string, secret: string, account: string): ITerraformDependable {
  return new SecretManagerSecretIamMember(scope, id, {
    secretId: secret,
    role: 'roles/secretmanager.secretAccessor',
    member: serviceAccount(account),
  });
}

/** Lets a machine read the objects of one bucket. */
export function grantObjectRead(scope: Construct, id: string, bucket: string, account: string): void {
  new StorageBucketIamMember(scope, id, {
    bucket,
    role: 'roles/storage.objectViewer',
    member: serviceAccount(account),
  });
}

/**
 * Lets somebody mint ID tokens of one account. Not its access tokens, which would carry all of its rights everywhere.
 *
 * @param target e-mail address of the account
 * @param member `serviceAccount:...` or `user:...`
 */
export function grantIdTokenCreation(scope: Construct, id: string, target: string, member: string): void {
  // "-" stands for the account's own project, which its address names.
  new ServiceAccountIamMember(scope, id, {
    serviceAccountId: `projects/-/serviceAccounts/${target}`,
    role: 'roles/iam.serviceAccountOpenIdTokenCreator',
    member,
  });
}

/** Lets an agent of Google encrypt and decrypt with one key. */
export function grantKeyUse(
  scope: Construct,
  id: string,
  { key, agent }: { readonly key: string; readonly agent: string },
): ITerraformDependable {
  return new KmsCryptoKeyIamMember(scope, id, {
    cryptoKeyId: key,
    role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter',
    member: serviceAccount(agent),
  });
}

/**
 * Lets one account call one service of Cloud Run, and nobody else who holds the role on it: whom somebody added by hand, a plan shows and the
 * next deployment removes. A member beside others, as everywhere above, would leave them.
 */
export function grantInvokeAlone(
  scope: Construct,
  id: string,
  service: { readonly project?: string; readonly location: string; readonly name: string },
  account: string,
): CloudRunV2ServiceIamBinding {
  return new CloudRunV2ServiceIamBinding(scope, id, {
    ...service,
    role: 'roles/run.invoker',
    members: [serviceAccount(account)],
  });
}

/** Lets somebody open a tunnel of Identity-Aware Proxy to one port of one machine. */
export function grantTunnel(scope: Construct, id: string, to: NamedMachine, port: number, principal: string): void {
  new IapTunnelInstanceIamMember(scope, id, {
    project: to.project,
    zone: to.zone,
    instance: to.name,
    role: 'roles/iap.tunnelResourceAccessor',
    member: principal,
    condition: { title: `port ${port} alone`, expression: `destination.port == ${port}` },
    dependsOn: [to.after],
  });
}

/** Lets somebody log in to one machine as root, which also takes the right to act as the account of the machine. */
export function grantRootLogin(
  scope: Construct,
  id: string,
  on: NamedMachine & {
    /** Full name of the machine's account: `projects/P/serviceAccounts/E`. */
    readonly account: string;
  },
  principal: string,
): ComputeInstanceIamMember {
  const login = new ComputeInstanceIamMember(scope, `${id}Login`, {
    project: on.project,
    zone: on.zone,
    instanceName: on.name,
    role: 'roles/compute.osAdminLogin',
    member: principal,
    dependsOn: [on.after],
  });
  new ServiceAccountIamMember(scope, `${id}Account`, {
    serviceAccountId: on.account,
    role: 'roles/iam.serviceAccountUser',
    member: principal,
  });
  return login;
}

function serviceAccount(email: string): string {
  return `serviceAccount:${email}`;
}
