import type { CfnResource } from 'aws-cdk-lib';

/** Metadata key under which a resource of the template names the risks that were taken with it. Reports show them as `accepted`. */
const ACCEPTED_METADATA_KEY = 'portcullis:accepted';

/** A risk that the deployment carries on purpose. */
interface AcceptedRisk {
  /** Id of the claim that it is an exception to. */
  readonly claim: string;
  /** Why it cannot be closed, and what limits it. */
  readonly reason: string;
}

/** Writes a risk into the template, at the resource that carries it. */
export function acceptRisk(resource: CfnResource, risk: AcceptedRisk): void {
  const before = (resource.getMetadata(ACCEPTED_METADATA_KEY) ?? []) as readonly AcceptedRisk[];
  resource.addMetadata(ACCEPTED_METADATA_KEY, [...before, risk]);
}
