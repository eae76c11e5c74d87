import { type Need, plainNeed } from '../../iam/need.ts';

const onObjects: Readonly<Record<string, string>> = {
  GET: 's3:GetObject',
  HEAD: 's3:GetObject',
  PUT: 's3:PutObject',
  POST: 's3:PutObject',
  DELETE: 's3:DeleteObject',
};
const onBuckets: Readonly<Record<string, string>> = { GET: 's3:ListBucket', HEAD: 's3:ListBucket' };

/** The permission that a call to S3 needs; `operation` is the method and the path, as in `PUT /bucket/key`. */
export function s3Needs(operation: string): readonly Need[] {
  const [, method = '', bucket = '', key = ''] = /^(\w+) \/([^/]*)\/?(.*)$/.exec(operation) ?? [];
  if (key === '') return [plainNeed(onBuckets[method] ?? `s3:${method}Bucket`, `arn:aws:s3:::${bucket}`)];
  const action = onObjects[method] ?? `s3:${method}`;
  return [plainNeed(action, `arn:aws:s3:::${bucket}/${decodeURIComponent(key)}`)];
}

/** Who may not list a bucket is not told that an object is missing: S3 answers them 403. Of other calls nothing more is asked. */
export function s3NeedsWhenMissing(operation: string): readonly Need[] {
  const [, bucket = ''] = /^(?:GET|HEAD) \/([^/]+)\/./.exec(operation) ?? [];
  return bucket === '' ? [] : [plainNeed('s3:ListBucket', `arn:aws:s3:::${bucket}`)];
}
