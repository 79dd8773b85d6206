import type { FunctionCode } from '../function-code';
import { readImage } from '../image';
import type { Property } from '../property';
import { references } from '../text';
import { toText } from '../value';
import type { Resources } from './resources';

/** Reads where functions have their code from. */
export function readFunctionCode(resources: Resources): readonly FunctionCode[] {
  const buckets = resources.ofType('AWS::S3::Bucket').map(({ id }) => id);
  return resources
    .ofType('AWS::Lambda::Function')
    .map(({ id, properties }) => ({ id, code: codeOf(properties.get('Code'), buckets) }));
}

function codeOf(code: Property, buckets: readonly string[]): FunctionCode['code'] {
  const image = toText(code.get('ImageUri').value);
  if (image !== undefined) return { kind: 'image', image: readImage(image) };
  const bucket = toText(code.get('S3Bucket').value);
  if (bucket !== undefined) {
    const own = references(bucket).some(
      ({ logicalId }) => logicalId === 'AWS::AccountId' || buckets.includes(logicalId),
    );
    return { kind: 'bucket', bucket, own, isVersioned: code.get('S3ObjectVersion').present };
  }
  return { kind: code.get('ZipFile').present ? 'inline' : 'unknown' };
}
