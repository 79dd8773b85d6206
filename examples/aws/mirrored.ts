import { MachineImage } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { ServerImages } from 'portcullis/aws';

/**
 * Your mirror of the vendors' images. THE DIGESTS AND THE ID ARE FICTITIOUS: print the real ones with
 * `docker buildx imagetools inspect restatedev/restate:1.7.12` when you copy the images into your account, and with `aws ssm get-parameter`.
 */
export function mirroredImages(scope: Construct): ServerImages {
  return {
    restate: {
      repository: Repository.fromRepositoryName(scope, 'RestateImage', 'mirror/restatedev/restate'),
      tag: '1.7.12',
      digest: `sha256:${'0'.repeat(64)}`,
    },
    envoy: {
      repository: Repository.fromRepositoryName(scope, 'EnvoyImage', 'mirror/envoyproxy/envoy'),
      tag: 'distroless-v1.40.0',
      digest: `sha256:${'1'.repeat(64)}`,
    },
    certificate: {
      repository: Repository.fromRepositoryName(scope, 'CertificateImage', 'mirror/envoyproxy/envoy'),
      tag: 'v1.40.0',
      digest: `sha256:${'2'.repeat(64)}`,
    },
    machine: MachineImage.genericLinux({ 'eu-central-1': 'ami-00000000000000000' }),
  };
}

/** Your certificate in AWS Certificate Manager. This one is fictitious, too. */
export const CERTIFICATE_ARN = 'arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000';

/** The one of your operators' door. */
export const ADMIN_CERTIFICATE_ARN =
  'arn:aws:acm:eu-central-1:111122223333:certificate/11111111-1111-1111-1111-111111111111';

/** The bucket in which your account keeps its logs: S3 may write there. The name is fictitious. */
export function logArchive(scope: Construct): IBucket {
  return Bucket.fromBucketName(scope, 'LogArchive', 'example-log-archive');
}
