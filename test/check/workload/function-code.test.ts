import { IMAGES_BY_DIGEST } from '../../../lib/check/workload/images-by-digest';
import { artifactOf } from '../../artifact/artifact-of';

const ASSETS = { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' };

function decide(Code: object): object {
  const artifact = artifactOf({
    F: { Type: 'AWS::Lambda::Function', Properties: { Code } },
    Own: { Type: 'AWS::S3::Bucket', Properties: {} },
  });
  const [finding] = IMAGES_BY_DIGEST.decide({ artifact });
  return { subject: finding?.subject, verdict: finding?.verdict };
}

test.each([
  ['of the account by its name', { S3Bucket: ASSETS, S3Key: 'k' }, 'holds'],
  ['of the file', { S3Bucket: { Ref: 'Own' }, S3Key: 'k' }, 'holds'],
  ['of somebody', { S3Bucket: 'somebodys-bucket', S3Key: 'k' }, 'broken'],
  ['of whoever deploys', { S3Bucket: { Ref: 'CodeBucket' }, S3Key: 'k' }, 'unproven'],
  ['in the file', { ZipFile: 'exports.handler = () => 1' }, 'holds'],
  ['of an image by digest', { ImageUri: `r/i@sha256:${'a'.repeat(64)}` }, 'holds'],
  ['of an image by tag', { ImageUri: 'r/i:1' }, 'broken'],
  ['of nowhere', {}, 'unproven'],
])('code of a function %s', (_what, code, verdict) => {
  expect(decide(code)).toEqual({ subject: 'F', verdict });
});
