import { DefaultTokenResolver, StringConcat, TerraformResource, Tokenization } from 'cdktf';
import type { Construct } from 'constructs';
import { UnsafeConfigurationError } from '../core/errors';

/** What a rule of the firewall tells machines by. */
export type SourceKind = 'account' | 'tag';

/** What of Cloud Run can send packets into a network. */
const CLOUD_RUN = /^google_cloud_run_v2_(?:service|job|worker_pool)$/;

/**
 * The sources of a rule, unless one of them is what a workload of Cloud Run has: Google looks at tags and accounts of virtual machines alone,
 * so that the rule would admit nobody. Asked at synthesis, when everything of the app is there.
 *
 * @throws UnsafeConfigurationError `PeerIgnored`
 * @see https://cloud.google.com/run/docs/configuring/vpc-direct-vpc#limitations
 */
export function heededSources(scope: Construct, kind: SourceKind, sources: readonly string[]): string[] {
  const wanted = sources.map((source) => String(resolved(scope, source)));
  for (const workload of scope.node.root.node.findAll().filter(isCloudRun)) {
    const theirs = namesOf(scope, kind, workload);
    const ignored = wanted.find((source) => theirs.includes(source));
    if (ignored === undefined) continue;
    throw new UnsafeConfigurationError({
      code: 'PeerIgnored',
      given: `a peer by ${kind === 'tag' ? 'the tag' : 'the service account'} ${ignored}, which ${workload.node.path} has`,
      because: 'Google ignores tags and accounts of Cloud Run as sources of firewall rules',
      write: 'name the block of the subnet that the workload sends from, with Peer.cidr',
    });
  }
  return [...sources];
}

function isCloudRun(construct: unknown): construct is TerraformResource {
  return TerraformResource.isTerraformResource(construct) && CLOUD_RUN.test(construct.terraformResourceType);
}

/** Of what Terraform will read, so that overrides and resources of any provider's bindings count. */
function namesOf(scope: Construct, kind: SourceKind, workload: TerraformResource): readonly string[] {
  const found: string[] = [];
  const key = kind === 'tag' ? 'tags' : 'service_account';
  const collect = (value: unknown, name: string): void => {
    if (typeof value === 'string') {
      if (name === key) found.push(value);
    } else if (Array.isArray(value)) value.forEach((item) => collect(item, name));
    else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([child, item]) => collect(item, child));
    }
  };
  collect(resolved(scope, workload.toTerraform()), '');
  return found;
}

/** As it will stand in the file, references as `${...}`. */
function resolved(scope: Construct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}
