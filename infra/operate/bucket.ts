import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { Target } from './target.ts';

/** What a command needs of a bucket. */
export interface ObjectStore {
  /** The keys of all objects whose key begins so. */
  list(prefix: string): AsyncIterable<string>;
  read(key: string): Promise<string>;
  remove(key: string): Promise<void>;
}

/** A bucket of the system. */
export function bucketOf(target: Target, name: string): ObjectStore {
  const client = new S3Client(target.clientConfig('s3'));
  return {
    async *list(prefix) {
      for await (const { Contents = [] } of paginateListObjectsV2(
        { client },
        { Bucket: name, Prefix: prefix },
      ))
        for (const { Key } of Contents) if (Key !== undefined) yield Key;
    },
    async read(key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: key }));
      if (Body === undefined) throw new Error(`S3 gave no content for ${key} of the bucket ${name}`);
      return Body.transformToString();
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand({ Bucket: name, Key: key }));
    },
  };
}
