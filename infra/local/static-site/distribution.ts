import type { Resource, World } from '../resource.ts';
import {
  type BehaviorConfig,
  cachePolicy,
  functionFor,
  headersPolicy,
  originRequestPolicy,
} from './declared.ts';
import type { EdgeFunction } from './edge-function.ts';
import type { HeadersPolicy } from './response-headers.ts';
import type { Policy } from './selection.ts';

/** Where content comes from: a bucket, or another server by its address. */
export type Origin =
  | { readonly bucket: string; readonly path: string }
  | { readonly host: string; readonly path: string; readonly headers: Readonly<Record<string, string>> };

/** One cache behaviour. */
export interface Behavior {
  readonly pattern: string;
  readonly origin: Origin;
  readonly methods: readonly string[];
  readonly forwards: readonly Policy[];
  readonly headers: HeadersPolicy;
  readonly onRequest: EdgeFunction | undefined;
  readonly onResponse: EdgeFunction | undefined;
}

/** What is shown, and with which status, in place of an error. */
export interface ErrorPage {
  readonly status: number;
  readonly page: string | undefined;
}

/** A distribution as the template describes it, ready to serve. */
export interface Distribution {
  readonly domain: string;
  readonly rootObject: string;
  /** In order; the last one is the default and fits every path. */
  readonly behaviors: readonly Behavior[];
  readonly errorPages: ReadonlyMap<number, ErrorPage>;
}

interface OriginConfig {
  readonly Id: string;
  readonly DomainName: string;
  readonly OriginPath?: string;
  readonly S3OriginConfig?: unknown;
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: string }[];
}

/** Whether viewers get no other answer than by https: then it speaks TLS here too, where the others are for a browser's eye. */
export function isHttpsOnly(properties: Readonly<Record<string, unknown>>): boolean {
  const config = properties.DistributionConfig as DistributionConfig | undefined;
  return config?.DefaultCacheBehavior.ViewerProtocolPolicy === 'https-only';
}

/** The names beside that of CloudFront, by which it is shown. */
export function aliasesOf(properties: Readonly<Record<string, unknown>>): readonly string[] {
  return (properties.DistributionConfig as DistributionConfig | undefined)?.Aliases ?? [];
}

/** `DistributionConfig` of the template, as far as the local CDN reads it. */
export interface DistributionConfig {
  readonly Aliases?: readonly string[];
  readonly DefaultRootObject?: string;
  readonly DefaultCacheBehavior: BehaviorConfig;
  readonly CacheBehaviors?: readonly BehaviorConfig[];
  readonly Origins: readonly OriginConfig[];
  readonly CustomErrorResponses?: readonly {
    ErrorCode: number;
    ResponseCode?: number;
    ResponsePagePath?: string;
  }[];
}

/** Gathers what one distribution needs. Throws for what the local CDN does not do, naming the resource. */
export function readDistribution({ id, identity, properties }: Resource, world: World): Distribution {
  const config = properties.DistributionConfig as DistributionConfig;
  const origins = new Map(config.Origins.map((origin) => [origin.Id, originOf(origin)]));
  const behaviorOf = (behavior: BehaviorConfig): Behavior => {
    const origin = origins.get(behavior.TargetOriginId);
    if (!origin) throw new Error(`${id}: no origin ${behavior.TargetOriginId}`);
    if (behavior.LambdaFunctionAssociations?.length)
      throw new Error(`${id}: the local CDN runs no Lambda@Edge`);
    return {
      pattern: (behavior.PathPattern ?? '*').replace(/^\//, ''),
      origin,
      methods: behavior.AllowedMethods ?? ['GET', 'HEAD'],
      forwards: [...cachePolicy(behavior, world, id), ...originRequestPolicy(behavior, world, id)],
      headers: headersPolicy(behavior, world, id),
      onRequest: functionFor('viewer-request', behavior, world, id),
      onResponse: functionFor('viewer-response', behavior, world, id),
    };
  };
  const { CustomErrorResponses = [], CacheBehaviors = [], DefaultCacheBehavior } = config;
  return {
    domain: identity.attributes.DomainName ?? '',
    rootObject: config.DefaultRootObject ?? '',
    behaviors: [...CacheBehaviors, DefaultCacheBehavior].map(behaviorOf),
    errorPages: new Map(
      CustomErrorResponses.map(({ ErrorCode, ResponseCode, ResponsePagePath }) => [
        ErrorCode,
        { status: ResponseCode ?? ErrorCode, page: ResponsePagePath },
      ]),
    ),
  };
}

function originOf({
  DomainName,
  OriginPath = '',
  S3OriginConfig,
  OriginCustomHeaders = [],
}: OriginConfig): Origin {
  const bucket = /^(.+?)\.s3[.-]/.exec(DomainName)?.[1];
  if (S3OriginConfig !== undefined && bucket !== undefined) return { bucket, path: OriginPath };
  const headers = Object.fromEntries(
    OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue]),
  );
  return { host: DomainName, path: OriginPath, headers };
}
