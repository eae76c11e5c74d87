import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import {
  Distribution,
  HttpVersion,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, type IConstruct } from 'constructs';
import { privateBucket } from './private-bucket.ts';
import type { Retention } from './retention.ts';
import { type Allowed, siteHeaders } from './site-headers.ts';
import { stackUuid } from './stack-uuid.ts';

interface StaticSiteProps extends Allowed {
  readonly keep: Retention;
  readonly logs: IBucket;
  /** Answers unknown paths with the first page, which routes by itself. @default false */
  readonly singlePage?: boolean;
}

/** A private bucket behind a CDN. */
export class StaticSite extends Construct {
  /** `https://` and the host, without a trailing slash. */
  readonly address: string;
  readonly #bucket: IBucket;
  readonly #logGroup: LogGroup;

  constructor(scope: Construct, id: string, { keep, logs, singlePage, ...allowed }: StaticSiteProps) {
    super(scope, id);
    this.#bucket = privateBucket(this, 'Bucket', { keep, logs });
    const firstPage = { responseHttpStatus: 200, responsePagePath: '/index.html', ttl: Duration.seconds(0) };
    const originAccessControl = new S3OriginAccessControl(this, 'Access', {
      originAccessControlName: `${id}-${stackUuid}`,
    });
    const distribution = new Distribution(this, 'Distribution', {
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.#bucket, { originAccessControl }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: siteHeaders(this, allowed),
      },
      // A private bucket answers 403 for what is not there.
      errorResponses: singlePage ? [403, 404].map((httpStatus) => ({ httpStatus, ...firstPage })) : [],
      httpVersion: HttpVersion.HTTP2_AND_3,
      logBucket: logs,
      logFilePrefix: `cdn/${id}/`,
    });
    this.address = `https://${distribution.distributionDomainName}`;
    this.#logGroup = new LogGroup(this, 'DeploymentLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: keep.removal,
    });
  }

  /**
   * Puts a built site into the bucket and removes nothing: files written at run time stay. Files under assets/ have a hash in
   * their name and are kept by browsers for a year; all others are asked for again each time.
   */
  deploy(folder: string, ...others: readonly ISource[]): void {
    const shared = { destinationBucket: this.#bucket, prune: false, logGroup: this.#logGroup };
    const pages = new BucketDeployment(this, 'Pages', {
      ...shared,
      sources: [Source.asset(folder, { exclude: ['assets'] }), ...others],
      cacheControl: [CacheControl.noCache()],
    });
    if (!existsSync(join(folder, 'assets'))) return;
    const assets = new BucketDeployment(this, 'Assets', {
      ...shared,
      sources: [Source.asset(join(folder, 'assets'))],
      destinationKeyPrefix: 'assets',
      cacheControl: [CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    // A page must not name an asset that is not there yet. Between the constructs, whose shared function depends on a layer of
    // the first, this would be a cycle; between the custom resources it is not.
    resourceOf(pages).node.addDependency(resourceOf(assets));
  }
}

function resourceOf(deployment: BucketDeployment): IConstruct {
  return deployment.node.findChild('CustomResource');
}
