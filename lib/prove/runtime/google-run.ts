import type { Artifact, Host } from '../../artifact/artifact';
import type { Reference } from '../../artifact/text';
import { type CredentialFile, makeCredentialFile } from '../google-cloud/credential-file';
import { createGoogleKeys, type GoogleKeys } from '../google-cloud/google-tokens';
import { type GooglePlan, planGoogle } from '../google-cloud/google-plan';
import { type MetadataServer, startMetadata } from '../google-cloud/metadata-server';
import { METADATA_ADDRESS } from '../network/links';
import type { MetadataPlace, Network } from '../network/network';

/** What stands for Google in the run of one of its machines. */
export interface GoogleRun {
  readonly plan: GooglePlan;
  readonly keys: GoogleKeys;
  /** Made for the run, where the server has its credentials from a file. */
  readonly credentials?: CredentialFile;
  /** What the run does in Google's stead beside the network, a line each. */
  readonly emulated: readonly string[];
  /** The value that a reference has in the run; `undefined` for what the plan does not name. */
  readonly valueOf: (reference: Reference) => string | undefined;
  /** Starts the machine's metadata server, once. */
  readonly startMetadata: (at: MetadataPlace) => Promise<MetadataServer>;
  /** The one that was started. */
  readonly metadata: () => MetadataServer;
}

const ACCOUNT = 'google_service_account.';
const TOKENS =
  "Google's tokens: stand-ins for oauth2.googleapis.com and iamcredentials.googleapis.com, which know the one file of credentials that was made for the run, check what it signs, and mint what the grants of the file allow";
/** The name of the metadata server, as clients have it where they are not told another. */
const METADATA_NAME = 'metadata.google.internal';

/** Makes what a machine of Google is booted with; `undefined` for any other host. */
export function googleRun(artifact: Artifact, host: Host): GoogleRun | undefined {
  if (host.instance === undefined) return undefined;
  const plan = planGoogle(artifact, host);
  const keys = createGoogleKeys();
  const credentials = plan.credentials && makeCredentialFile(plan.credentials, plan.project);
  let started: MetadataServer | undefined;
  return {
    plan,
    keys,
    ...(credentials && { credentials }),
    emulated: credentials === undefined ? [] : [TOKENS],
    valueOf: (reference) => valueIn(plan, reference),
    startMetadata: async (at) => {
      const { account, project } = plan;
      started = await startMetadata({ ...at, keys, project, ...(account !== undefined && { account }) });
      return started;
    },
    metadata: () => {
      if (started === undefined) throw new Error('the metadata server was not started');
      return started;
    },
  };
}

/** The names that containers of a machine find Google by. */
export function googleNames(
  google: GoogleRun | undefined,
  network: Network,
): Readonly<Record<string, readonly string[]>> {
  if (google === undefined) return {};
  const { addresses } = network.seat('google');
  const names = google.plan.names.map((name) => [name, addresses.slice(0, 1)] as const);
  return { ...Object.fromEntries(names), [METADATA_NAME]: [METADATA_ADDRESS] };
}

function valueIn(
  { emails, services, project }: GooglePlan,
  { logicalId, attribute = '' }: Reference,
): string | undefined {
  const email = logicalId.includes(ACCOUNT) ? emails[logicalId] : undefined;
  const service = services.find((each) => each.service.id === logicalId);
  if (email !== undefined) {
    const name = `projects/${project}/serviceAccounts/${email}`;
    return { email, member: `serviceAccount:${email}`, name, id: name }[attribute];
  }
  return attribute === 'uri' ? service?.url : undefined;
}
