import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import {
  Distribution,
  type ErrorResponse,
  HttpVersion,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, type IConstruct } from 'constructs';
import { privateBucket } from './private-bucket.ts';
import type { Retention } from './retention.ts';
import type { SiteCopier } from './site-copier.ts';
import { type Allowed, siteHeaders } from './site-headers.ts';

interface StaticSiteProps extends Allowed {
  readonly keep: Retention;
  readonly logs: IBucket;
  readonly copier: SiteCopier;
  /** Answers unknown paths with the first page, which routes by itself. @default false */
  readonly singlePage?: boolean;
  /**
   * The folder of the bucket that the CDN serves, without slashes: what lies beside it is for functions alone. Unknown paths are
   * answered with `notFound` of the site. @default the whole bucket
   */
  readonly served?: string;
}

/** The page that a site with a served folder shows where there is none. */
const notFound = '/not-found.html';

/** A private bucket behind a CDN. */
export class StaticSite extends Construct {
  /** `https://` and the host, without a trailing slash. */
  readonly address: string;
  readonly bucket: IBucket;
  readonly #served: string | undefined;
  readonly #copier: SiteCopier;

  constructor(scope: Construct, id: string, { keep, logs, copier, ...props }: StaticSiteProps) {
    super(scope, id);
    const { singlePage, served, ...allowed } = props;
    this.#served = served;
    this.#copier = copier;
    this.bucket = privateBucket(this, 'Bucket', { keep, logs });
    const distribution = new Distribution(this, 'Distribution', {
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket, {
          originAccessControl: copier.access,
          ...(served !== undefined && { originPath: `/${served}` }),
        }),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: siteHeaders(this, allowed),
      },
      errorResponses: errorPages(singlePage ?? false, served),
      httpVersion: HttpVersion.HTTP2_AND_3,
      logBucket: logs,
      logFilePrefix: `cdn/${id}/`,
    });
    if (served !== undefined) keepApart(this.bucket, served, distribution);
    this.address = `https://${distribution.distributionDomainName}`;
  }

  /**
   * Puts a built site into the bucket and removes nothing: files written at run time stay. Files under assets/ have a hash in
   * their name and are kept by browsers for a year; all others are asked for again each time.
   */
  deploy(folder: string, ...others: readonly ISource[]): void {
    const shared = { destinationBucket: this.bucket, prune: false };
    const into = this.#served;
    const pages = this.#copier.copy(this, 'Pages', {
      ...shared,
      sources: [Source.asset(folder, { exclude: ['assets'] }), ...others],
      cacheControl: [CacheControl.noCache()],
      ...(into !== undefined && { destinationKeyPrefix: into }),
    });
    if (!existsSync(join(folder, 'assets'))) return;
    const assets = this.#copier.copy(this, 'Assets', {
      ...shared,
      sources: [Source.asset(join(folder, 'assets'))],
      destinationKeyPrefix: into === undefined ? 'assets' : `${into}/assets`,
      cacheControl: [CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    // A page must not name an asset that is not there yet. Between the constructs, whose shared function depends on a layer of
    // the first, this would be a cycle; between the custom resources it is not.
    resourceOf(pages).node.addDependency(resourceOf(assets));
  }
}

/** What stands for a missing file: a private bucket answers 403 for what is not there. */
function errorPages(singlePage: boolean, served: string | undefined): ErrorResponse[] {
  const firstPage = { responseHttpStatus: 200, responsePagePath: '/index.html', ttl: Duration.seconds(0) };
  if (singlePage) return [403, 404].map((httpStatus) => ({ httpStatus, ...firstPage }));
  const none = { responseHttpStatus: 404, responsePagePath: notFound, ttl: Duration.seconds(10) };
  return served === undefined ? [] : [{ httpStatus: 403, ...none }];
}

/** The CDN asks for nothing outside of its folder; should it ever, the bucket refuses. */
function keepApart(bucket: IBucket, served: string, { distributionArn }: Distribution): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: ['s3:GetObject'],
      notResources: [bucket.arnForObjects(`${served}/*`)],
      conditions: { StringEquals: { 'AWS:SourceArn': distributionArn } },
    }),
  );
}

function resourceOf(deployment: BucketDeployment): IConstruct {
  return deployment.node.findChild('CustomResource');
}
