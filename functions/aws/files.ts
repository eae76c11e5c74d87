import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { setting } from './settings.ts';

const client = new S3Client({
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
});

/** A file with what browsers and the CDN are told of it. */
export interface File {
  readonly key: string;
  readonly body: string;
  readonly type: string;
  readonly cache: string;
}

const bucket = (): string => setting('statusBucket');

/** The text of a file of the status site's bucket; undefined when there is none. */
export async function readFile(key: string): Promise<string | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket(), Key: key }));
    if (Body === undefined) throw new Error(`S3 gave no content for ${key}`);
    return await Body.transformToString('utf-8');
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** Writes a file; whoever reads it gets the old one or the new one, never a part. */
export async function writeFile({ key, body, type, cache }: File): Promise<void> {
  await client.send(
    new PutObjectCommand({ Bucket: bucket(), Key: key, Body: body, ContentType: type, CacheControl: cache }),
  );
}

/** The keys of all files whose key begins so. */
export async function listFiles(prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client },
    { Bucket: bucket(), Prefix: prefix },
  ))
    for (const { Key } of Contents) if (Key !== undefined) keys.push(Key);
  return keys;
}
