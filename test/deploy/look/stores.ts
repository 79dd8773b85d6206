import type { Looks } from './look';
import { statements } from './statements';

/** Where data rests. */
export const STORE_LOOKS: Looks = {
  'the data volume is encrypted with the key of this server': async (stack) => {
    const ids = stack.of('AWS::EC2::Volume').map(([, id]) => id);
    const { Volumes } = await stack.call('ec2', 'describe_volumes', { VolumeIds: ids });
    const { Encrypted, KmsKeyId, Size, VolumeType } = Volumes[0];
    return stack.named({ Encrypted, KmsKeyId, Size, VolumeType });
  },

  'logs are encrypted, and kept for a year': async (stack) => {
    const { logGroups } = await stack.call('logs', 'describe_log_groups');
    const own = new Set(stack.of('AWS::Logs::LogGroup').map(([, id]) => id));
    return stack.named(
      (logGroups as Record<string, unknown>[])
        .filter(({ logGroupName }) => own.has(String(logGroupName)))
        .map(({ logGroupName, kmsKeyId, retentionInDays }) => ({ logGroupName, kmsKeyId, retentionInDays }))
        .toSorted((one, other) =>
          stack.named(String(one.logGroupName)).localeCompare(stack.named(String(other.logGroupName))),
        ),
    );
  },

  'the bucket of access logs is encrypted, versioned and closed': async (stack) => {
    const [[, name]] = stack.of('AWS::S3::Bucket') as [[string, string]];
    const bucket = { Bucket: name };
    const [encryption, access, owner, versions, lifecycle, logging, policy] = await Promise.all([
      stack.call('s3', 'get_bucket_encryption', bucket),
      stack.call('s3', 'get_public_access_block', bucket),
      stack.call('s3', 'get_bucket_ownership_controls', bucket),
      stack.call('s3', 'get_bucket_versioning', bucket),
      stack.call('s3', 'get_bucket_lifecycle_configuration', bucket),
      stack.call('s3', 'get_bucket_logging', bucket),
      stack.call('s3', 'get_bucket_policy', bucket),
    ]);
    return stack.named({
      encryption: encryption.ServerSideEncryptionConfiguration.Rules,
      closed: access.PublicAccessBlockConfiguration,
      owner: owner.OwnershipControls.Rules,
      versions: versions.Status,
      lifecycle: lifecycle.Rules,
      logged: logging.LoggingEnabled,
      policy: statements(policy.Policy),
    });
  },
};
