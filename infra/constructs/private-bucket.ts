import { Duration } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Retention } from './retention.ts';

/** A bucket that nobody reaches without rights and TLS. Its accesses are logged into `logs`, if given. */
export function privateBucket(
  scope: Construct,
  id: string,
  { keep, logs, ...props }: BucketProps & { readonly keep: Retention; readonly logs?: IBucket },
): IBucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    removalPolicy: keep.removal,
    autoDeleteObjects: keep.emptied,
    ...(logs && { serverAccessLogsBucket: logs, serverAccessLogsPrefix: `buckets/${scope.node.id}-${id}/` }),
    ...props,
  });
  // The CDK writes its optional properties as `T | undefined`, which exactOptionalPropertyTypes tells apart.
  return bucket as IBucket;
}

/** Receives the access logs of the other buckets and of the CDN, and forgets them after 90 days. */
export function logBucket(scope: Construct, id: string, keep: Retention): IBucket {
  return privateBucket(scope, id, {
    keep,
    // The CDN delivers its logs by access control list.
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    lifecycleRules: [{ expiration: Duration.days(90) }],
  });
}
