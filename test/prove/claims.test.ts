import { claimResults } from '../../lib/prove/claim-results';
import { PROVEN_CLAIMS } from '../../lib/prove/claims';
import { fixFor } from '../../lib/prove/claims/proven-claim';
import { artifact, host } from './fake-deployment';
import { googleArtifact, googleHost } from './google-cloud/a-google-artifact';

const OF_AWS = /ECS|security group|readonlyRootFilesystem|stopTimeout|\btask\b|SslPolicy/;
const OF_GOOGLE = /google|Cloud Run|run\.app|IapTunnel|Secret Manager|docker|TimeoutStopSec|--user/i;

test.each(PROVEN_CLAIMS.map((claim) => [claim.id, claim] as const))(
  'what mends %s is said in the words of its own cloud',
  (id, claim) => {
    expect(fixFor(claim, { host: googleHost() })).not.toMatch(OF_AWS);
    if (!/^cloud-run-|^credential-missing/.test(id)) expect(fixFor(claim, { host: host() })).not.toMatch(OF_GOOGLE);
  },
);

const fixOf = (about: Parameters<typeof claimResults>[0]): string | undefined =>
  claimResults(about).find(({ id }) => id === 'metadata-unreachable')?.fix;

test('a report has the words of the deployment that it is about', () => {
  const proof = { attacks: [], skipped: [], emulated: [], replaced: [] };
  const about = { subject: 'Task', prefix: '', proof };
  expect(fixOf({ ...about, artifact: artifact(), host: host() })).toContain('ECS_AWSVPC_BLOCK_IMDS');
  expect(fixOf({ ...about, artifact: googleArtifact(), host: googleHost() })).toContain('169.254.169.254');
});
