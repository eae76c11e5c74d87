import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { stackUuid } from './stack-uuid.ts';

/**
 * What a site's pages may load or send to; everything else is refused by the browser. An address that ends with a slash
 * allows all below it, any other only itself.
 */
export interface Allowed {
  /** @default false */
  readonly scripts?: boolean;
  /** Addresses that scripts may connect to. @default none */
  readonly connect?: readonly string[];
  /** Addresses that forms may post to. @default none */
  readonly forms?: readonly string[];
  /** Images of other sites, such as a logo. @default false */
  readonly images?: boolean;
  /** Lets pages of other sites read what lies here. @default false */
  readonly readable?: boolean;
}

/** The security headers of a site: strict content policy, HTTPS for two years, no framing, no sniffing. */
export function siteHeaders(scope: Construct, allowed: Allowed): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'Headers', {
    responseHeadersPolicyName: `${scope.node.id}-${stackUuid}`,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: contentPolicy(allowed), override: true },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(730),
        includeSubdomains: true,
        override: true,
      },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    },
    ...(allowed.readable && { corsBehavior: readableByAll }),
    customHeadersBehavior: {
      customHeaders: [
        { header: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()', override: true },
        { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
      ],
    },
  });
}

/** Nothing here is for one person alone, so any site may read it. */
const readableByAll = {
  accessControlAllowCredentials: false,
  accessControlAllowHeaders: ['*'],
  accessControlAllowMethods: ['GET', 'HEAD'],
  accessControlAllowOrigins: ['*'],
  originOverride: true,
};

function contentPolicy({ scripts = false, connect = [], forms = [], images = false }: Allowed): string {
  const directives = {
    'default-src': ["'none'"],
    'script-src': [scripts ? "'self'" : "'none'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', ...(images ? ['https:'] : [])],
    'font-src': ["'self'"],
    'manifest-src': ["'self'"],
    'connect-src': scripts ? ["'self'", ...connect] : ["'none'"],
    'form-action': ["'self'", ...forms],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
