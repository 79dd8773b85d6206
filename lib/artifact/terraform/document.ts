import { acceptedRisks } from '../accepted-risks';
import type { AcceptedRisk, ParameterDefault, Unreadable } from '../artifact';
import { entry, type Json } from '../template-text';
import { fromText, refer, type Value } from '../value';

/** A resource or a data source of Terraform, however its file says it. */
export interface RawResource {
  /** `google_compute_network.quiet`; that of a data source starts with `data.` */
  readonly address: string;
  /** `google_compute_network`, `data.google_iam_policy`. */
  readonly type: string;
  /** Its arguments, read when they are asked for. */
  readonly read: () => Value;
  readonly constructPath?: string;
  readonly accepted: readonly Pick<AcceptedRisk, 'claim' | 'reason'>[];
  /** What it says that was asked for. */
  readonly intent?: Json;
  /** Whether Terraform refuses to destroy it, and so to replace it. Absent: the file does not say. */
  readonly preventsDestroy?: boolean;
  /** Why it is not exactly this one resource that is deployed. */
  readonly doubts: readonly { readonly reason: string; readonly concerns?: Unreadable['concerns'] }[];
}

/** What a file of Terraform deploys. */
export interface Document {
  readonly resources: ReadonlyMap<string, RawResource>;
  /** What no resource says but concerns all of them. */
  readonly unreadable: readonly Unreadable[];
  /** The project of a resource that names none, where the file says it. */
  readonly project: () => string | undefined;
  /** Whether resources that name no project are all of one, whichever that is. */
  readonly hasOneProject: boolean;
  /** Variables that something was read with so far. */
  readonly defaults: () => readonly ParameterDefault[];
}

/** What a resource carries for readers, under `//`, which Terraform skips. */
export function annotations(body: Json | undefined): Pick<RawResource, 'constructPath' | 'accepted' | 'intent'> {
  const comment = entry(body, '//');
  const metadata = entry(comment, 'metadata');
  const path = entry(metadata, 'path');
  const accepted = entry(comment, 'portcullis:accepted') ?? entry(metadata, 'portcullis:accepted');
  const intent = entry(comment, 'portcullis:intent') ?? entry(metadata, 'portcullis:intent');
  return {
    accepted: acceptedRisks(accepted),
    ...(intent !== undefined && { intent }),
    ...(typeof path === 'string' && { constructPath: path.replace(/\/Resource$/, '') }),
  };
}

/** A value that Google fills in. What a service account is as a member follows from its e-mail address. */
export function attributeOf(address: string, path: readonly (string | number)[]): Value {
  return path.length === 1 && path[0] === 'member' && /(?:^|\.)google_service_account\.[^.]+$/.test(address)
    ? fromText(['serviceAccount:', { logicalId: address, attribute: 'email' }])
    : refer(address, path.join('.'));
}
