import { ACCOUNT, REGION, type Call } from './emulator';

/** What the examples name and do not make: it is there before them, and must be there after them. The certificates are the emulator's. */
export async function giveWorld(call: Call): Promise<void> {
  const archive = { Bucket: 'example-log-archive' };
  await call('s3', 'create_bucket', { ...archive, CreateBucketConfiguration: { LocationConstraint: REGION } });
  await call('s3', 'put_bucket_policy', { ...archive, Policy: JSON.stringify(ARCHIVE_POLICY) });
  for (const Name of SECRETS) await call('secretsmanager', 'create_secret', { Name, SecretString: SECRET_VALUE });
  for (const repositoryName of ['mirror/restatedev/restate', 'mirror/envoyproxy/envoy']) {
    await call('ecr', 'create_repository', { repositoryName });
  }
}

/** What none of the secrets may be found as in anything that is made. */
export const SECRET_VALUE = 'the-value-of-a-secret';

const SECRETS = ['orders', 'billing', 'ledger']
  .map((name) => `${name}/restate-identity-key`)
  .concat('ledger/certificate');

const ARCHIVE_POLICY = {
  Version: '2012-10-17',
  Statement: ['logging.s3.amazonaws.com', 'delivery.logs.amazonaws.com'].map((Service) => ({
    Effect: 'Allow',
    Principal: { Service },
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::example-log-archive/*',
    Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
  })),
};
