import { pointedAt, stableId } from '../gateway/identity.ts';
import type { Declared, ResourceKind } from '../resource.ts';
import { aliasesOf, isHttpsOnly } from '../static-site/distribution.ts';
import { startDistribution } from '../static-site/server.ts';

const domainOf = (declared: Declared) => `d${stableId(`domain ${declared.id}`, 13)}.cloudfront.net`;

const cdn: ResourceKind = {
  type: 'AWS::CloudFront::Distribution',
  phase: 'door',
  identity: (declared) => {
    const ref = `E${stableId(`distribution ${declared.id}`, 13).toUpperCase()}`;
    return { ref, attributes: { Id: ref, DomainName: domainOf(declared) } };
  },
  addresses: (declared, _, port) => {
    const local = `127.0.0.1:${port(declared.id)}`;
    const scheme = isHttpsOnly(declared.properties) ? 'https' : 'http';
    const names = [domainOf(declared), ...aliasesOf(declared.properties)];
    return [
      ...names.map((name) => [`https://${name}`, `${scheme}://${local}`] as const),
      // A name of one's own may also be that of a mail domain, so it is an address only behind its scheme.
      [domainOf(declared), local],
    ];
  },
  keepsPort: ({ properties }) =>
    isHttpsOnly(properties)
      ? 'where senders were set up to send to what is in this data folder, with its certificate'
      : undefined,
  start: (resource, world) => startDistribution(resource, world),
};

const edgeFunction: ResourceKind = {
  type: 'AWS::CloudFront::Function',
  phase: 'door',
  identity: ({ id }, account) => {
    const ref = `arn:aws:cloudfront::${account.id}:function/${id}`;
    return { ref, attributes: { FunctionARN: ref, 'FunctionMetadata.FunctionARN': ref, Stage: 'LIVE' } };
  },
};

/** Amazon CloudFront before buckets and APIs. */
export const distribution: readonly ResourceKind[] = [
  cdn,
  edgeFunction,
  pointedAt('AWS::CloudFront::OriginAccessControl', 'Id'),
  pointedAt('AWS::CloudFront::ResponseHeadersPolicy', 'Id'),
  pointedAt('AWS::CloudFront::CachePolicy', 'Id'),
  pointedAt('AWS::CloudFront::OriginRequestPolicy', 'Id'),
];
