import { fakeAws, type FakeAws } from './fake-aws';

/** Stands in for Amazon S3 with one object at most. */
export interface FakeS3 extends FakeAws {
  /** What the object holds. Absent: there is none. */
  content: string | undefined;
  /** Path of each request that was let through. */
  readonly paths: string[];
}

/** @param path of the object, the bucket in front */
export async function fakeS3(path: string, content?: string): Promise<FakeS3> {
  const paths: string[] = [];
  const aws = await fakeAws('s3', ({ method, url, headers }) => {
    paths.push(String(url));
    // Amazon S3 refuses what is signed without the digest of the body, which the signature of other services holds alone.
    const said = /SignedHeaders=[^,]*x-amz-content-sha256/.test(String(headers.authorization));
    if (!said || method !== 'GET') return { status: 400, body: '<Code>InvalidRequest</Code>' };
    if (url !== path || s3.content === undefined) return { status: 404, body: '<Code>NoSuchKey</Code>' };
    return { body: s3.content };
  });
  const s3: FakeS3 = { ...aws, content, paths };
  return s3;
}
