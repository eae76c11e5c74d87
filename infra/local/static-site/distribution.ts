import type { Resource, World } from '../resource.ts';
import { type EdgeFunction, edgeFunction } from './edge-function.ts';
import {
  type HeadersPolicy,
  type HeadersPolicyConfig,
  headersPolicyOf,
  managedHeadersPolicies,
} from './response-headers.ts';
import { managedPolicies, type Policy, policyOf } from './selection.ts';

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

interface BehaviorConfig {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly AllowedMethods?: readonly string[];
  readonly CachePolicyId?: string;
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId?: string;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: string }[];
  readonly LambdaFunctionAssociations?: readonly unknown[];
}
interface OriginConfig {
  readonly Id: string;
  readonly DomainName: string;
  readonly OriginPath?: string;
  readonly S3OriginConfig?: unknown;
  readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: string }[];
}
/** `DistributionConfig` of the template, as far as the local CDN reads it. */
export interface DistributionConfig {
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

function declaredConfig<Config>(type: string, ref: string, world: World): Config | undefined {
  const found = world
    .all<Record<string, Config>>(`AWS::CloudFront::${type}`)
    .find(({ identity }) => identity.ref === ref);
  return found?.properties[`${type}Config`];
}

function cachePolicy({ CachePolicyId }: BehaviorConfig, world: World, place: string): Policy[] {
  if (CachePolicyId === undefined) return [];
  const managed = managedPolicies[CachePolicyId];
  if (managed) return [managed];
  type Config = { ParametersInCacheKeyAndForwardedToOrigin: Parameters<typeof policyOf>[0] };
  const declared = declaredConfig<Config>('CachePolicy', CachePolicyId, world);
  if (!declared) throw new Error(`${place}: the local CDN knows no cache policy ${CachePolicyId}`);
  return [policyOf(declared.ParametersInCacheKeyAndForwardedToOrigin)];
}

function originRequestPolicy(
  { OriginRequestPolicyId }: BehaviorConfig,
  world: World,
  place: string,
): Policy[] {
  if (OriginRequestPolicyId === undefined) return [];
  const managed = managedPolicies[OriginRequestPolicyId];
  if (managed) return [managed];
  const declared = declaredConfig<Parameters<typeof policyOf>[0]>(
    'OriginRequestPolicy',
    OriginRequestPolicyId,
    world,
  );
  if (!declared)
    throw new Error(`${place}: the local CDN knows no origin request policy ${OriginRequestPolicyId}`);
  return [policyOf(declared)];
}

function headersPolicy(
  { ResponseHeadersPolicyId }: BehaviorConfig,
  world: World,
  place: string,
): HeadersPolicy {
  if (ResponseHeadersPolicyId === undefined) return { set: [], remove: [] };
  const config =
    managedHeadersPolicies[ResponseHeadersPolicyId] ??
    declaredConfig<HeadersPolicyConfig>('ResponseHeadersPolicy', ResponseHeadersPolicyId, world);
  if (!config)
    throw new Error(`${place}: the local CDN knows no response headers policy ${ResponseHeadersPolicyId}`);
  return headersPolicyOf(config, place);
}

function functionFor(
  event: string,
  { FunctionAssociations = [] }: BehaviorConfig,
  world: World,
  place: string,
): EdgeFunction | undefined {
  const arn = FunctionAssociations.find(({ EventType }) => EventType === event)?.FunctionARN;
  if (arn === undefined) return undefined;
  const declared = world
    .all<{ FunctionCode: string }>('AWS::CloudFront::Function')
    .find(({ identity }) => identity.ref === arn);
  if (!declared) throw new Error(`${place}: no CloudFront function ${arn}`);
  return edgeFunction(declared.properties.FunctionCode, declared.id);
}
