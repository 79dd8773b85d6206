import type { TerraformResource } from 'cdktf';

/** Key, in the comment of a resource, under which the files name the risks that were taken with it. Reports show them as `accepted`. */
const ACCEPTED_COMMENT_KEY = 'portcullis:accepted';

/** A risk that the deployment carries on purpose. */
interface AcceptedRisk {
  /** Id of the claim that it is an exception to. */
  readonly claim: string;
  /** Why it cannot be closed, and what limits it. */
  readonly reason: string;
}

const taken = new WeakMap<TerraformResource, readonly AcceptedRisk[]>();

/**
 * Writes a risk into the files, at the resource that carries it: in the comment `//` of its block, which Terraform ignores and cdktf keeps
 * beside its own entries.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties
 */
export function acceptRisk(resource: TerraformResource, risk: AcceptedRisk): void {
  const risks = [...(taken.get(resource) ?? []), risk];
  taken.set(resource, risks);
  resource.addOverride(`//.${ACCEPTED_COMMENT_KEY}`, risks);
}
