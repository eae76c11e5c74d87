import type { World } from '../resource.ts';
import { type EdgeFunction, edgeFunction } from './edge-function.ts';
import {
  type HeadersPolicy,
  type HeadersPolicyConfig,
  headersPolicyOf,
  managedHeadersPolicies,
} from './response-headers.ts';
import { managedPolicies, type Policy, policyOf } from './selection.ts';

/** A cache behaviour of the template, as far as the local CDN reads it. */
export interface BehaviorConfig {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly ViewerProtocolPolicy?: string;
  readonly AllowedMethods?: readonly string[];
  readonly CachePolicyId?: string;
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId?: string;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: string }[];
  readonly LambdaFunctionAssociations?: readonly unknown[];
}
function declaredConfig<Config>(type: string, ref: string, world: World): Config | undefined {
  const found = world
    .all<Record<string, Config>>(`AWS::CloudFront::${type}`)
    .find(({ identity }) => identity.ref === ref);
  return found?.properties[`${type}Config`];
}

/** The cache policy of a behaviour: it lets through what is in the cache key. */
export function cachePolicy({ CachePolicyId }: BehaviorConfig, world: World, place: string): Policy[] {
  if (CachePolicyId === undefined) return [];
  const managed = managedPolicies[CachePolicyId];
  if (managed) return [managed];
  type Config = { ParametersInCacheKeyAndForwardedToOrigin: Parameters<typeof policyOf>[0] };
  const declared = declaredConfig<Config>('CachePolicy', CachePolicyId, world);
  if (!declared) throw new Error(`${place}: the local CDN knows no cache policy ${CachePolicyId}`);
  return [policyOf(declared.ParametersInCacheKeyAndForwardedToOrigin)];
}

/** The origin request policy of a behaviour. */
export function originRequestPolicy(
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

/** The response headers policy of a behaviour. */
export function headersPolicy(
  { ResponseHeadersPolicyId }: BehaviorConfig,
  world: World,
  place: string,
): HeadersPolicy {
  if (ResponseHeadersPolicyId === undefined) return { set: [], cors: [], remove: [] };
  const config =
    managedHeadersPolicies[ResponseHeadersPolicyId] ??
    declaredConfig<HeadersPolicyConfig>('ResponseHeadersPolicy', ResponseHeadersPolicyId, world);
  if (!config)
    throw new Error(`${place}: the local CDN knows no response headers policy ${ResponseHeadersPolicyId}`);
  return headersPolicyOf(config, place);
}

/** The CloudFront function of a behaviour for an event. */
export function functionFor(
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
