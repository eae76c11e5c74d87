/** One header that a policy sets; without `override` the origin's own value stays. */
export interface SetHeader {
  readonly name: string;
  readonly value: string;
  readonly override: boolean;
}

/** What a response headers policy does to every answer of a behaviour. */
export interface HeadersPolicy {
  readonly set: readonly SetHeader[];
  /** Only on an answer to a request of another site. */
  readonly cors: readonly SetHeader[];
  readonly remove: readonly string[];
}

interface Switch {
  readonly Override: boolean;
}
interface SecurityHeaders {
  readonly ContentSecurityPolicy?: Switch & { readonly ContentSecurityPolicy: string };
  readonly ContentTypeOptions?: Switch;
  readonly FrameOptions?: Switch & { readonly FrameOption: string };
  readonly ReferrerPolicy?: Switch & { readonly ReferrerPolicy: string };
  readonly StrictTransportSecurity?: Switch & {
    readonly AccessControlMaxAgeSec: number;
    readonly IncludeSubdomains?: boolean;
    readonly Preload?: boolean;
  };
  readonly XSSProtection?: Switch & { readonly Protection: boolean; readonly ModeBlock?: boolean };
}

interface CorsConfig {
  readonly AccessControlAllowCredentials: boolean;
  readonly AccessControlAllowHeaders: { readonly Items: readonly string[] };
  readonly AccessControlAllowMethods: { readonly Items: readonly string[] };
  readonly AccessControlAllowOrigins: { readonly Items: readonly string[] };
  readonly OriginOverride: boolean;
}

/** `ResponseHeadersPolicyConfig` of the template. */
export interface HeadersPolicyConfig {
  readonly SecurityHeadersConfig?: SecurityHeaders;
  readonly CustomHeadersConfig?: {
    readonly Items: readonly { Header: string; Value: string; Override: boolean }[];
  };
  readonly RemoveHeadersConfig?: { readonly Items: readonly { Header: string }[] };
  readonly CorsConfig?: CorsConfig;
}

/** Reads a policy. Throws for a part that the local CDN does not do, naming the place. */
export function headersPolicyOf(config: HeadersPolicyConfig, place: string): HeadersPolicy {
  const custom = (config.CustomHeadersConfig?.Items ?? []).map(({ Header, Value, Override }) => ({
    name: Header,
    value: Value,
    override: Override,
  }));
  return {
    cors: config.CorsConfig === undefined ? [] : corsHeaders(config.CorsConfig, place),
    set: [...securityHeaders(config.SecurityHeadersConfig ?? {}), ...custom],
    remove: (config.RemoveHeadersConfig?.Items ?? []).map(({ Header }) => Header.toLowerCase()),
  };
}

/** Of what CloudFront can do, what lets every site read: who lets in only some has to teach it here. */
function corsHeaders(config: CorsConfig, place: string): SetHeader[] {
  const { AccessControlAllowOrigins: origins, AccessControlAllowMethods: methods } = config;
  const [origin, ...others] = origins.Items;
  if (origin !== '*' || others.length > 0 || config.AccessControlAllowCredentials)
    throw new Error(`${place}: the local CDN knows CORS only for all sites, without credentials`);
  const set = (name: string, value: string): SetHeader => ({ name, value, override: config.OriginOverride });
  return [
    set('access-control-allow-origin', origin),
    set('access-control-allow-methods', methods.Items.join(', ')),
    set('access-control-allow-headers', config.AccessControlAllowHeaders.Items.join(', ')),
  ];
}

function securityHeaders(config: SecurityHeaders): SetHeader[] {
  const {
    ContentSecurityPolicy,
    ContentTypeOptions,
    FrameOptions,
    ReferrerPolicy,
    StrictTransportSecurity,
    XSSProtection,
  } = config;
  const set = (name: string, part: Switch | undefined, value: string): SetHeader[] =>
    part === undefined ? [] : [{ name, value, override: part.Override }];
  const transport = [
    `max-age=${StrictTransportSecurity?.AccessControlMaxAgeSec}`,
    ...(StrictTransportSecurity?.IncludeSubdomains ? ['includeSubDomains'] : []),
    ...(StrictTransportSecurity?.Preload ? ['preload'] : []),
  ];
  const protection = XSSProtection?.Protection ? (XSSProtection.ModeBlock ? '1; mode=block' : '1') : '0';
  return [
    ...set(
      'content-security-policy',
      ContentSecurityPolicy,
      ContentSecurityPolicy?.ContentSecurityPolicy ?? '',
    ),
    ...set('x-content-type-options', ContentTypeOptions, 'nosniff'),
    ...set('x-frame-options', FrameOptions, FrameOptions?.FrameOption ?? ''),
    ...set('referrer-policy', ReferrerPolicy, ReferrerPolicy?.ReferrerPolicy ?? ''),
    ...set('strict-transport-security', StrictTransportSecurity, transport.join('; ')),
    ...set('x-xss-protection', XSSProtection, protection),
  ];
}

/** The security headers policy that AWS manages. */
export const managedHeadersPolicies: Readonly<Record<string, HeadersPolicyConfig>> = {
  '67f7725c-6f97-4210-82d7-5512b31e9d03': {
    SecurityHeadersConfig: {
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'SAMEORIGIN', Override: false },
      ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: false },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: false },
      XSSProtection: { Protection: true, ModeBlock: true, Override: false },
    },
  },
};

/** The headers of an answer after the policy, keyed in lower case; `origin` is the site whose page asked, if it said so. */
export function applied(
  policy: HeadersPolicy,
  headers: ReadonlyMap<string, string | string[]>,
  origin?: string,
): Map<string, string | string[]> {
  const result = new Map([...headers].filter(([name]) => !policy.remove.includes(name)));
  for (const { name, value, override } of [...policy.set, ...(origin === undefined ? [] : policy.cors)]) {
    if (override || !result.has(name.toLowerCase())) result.set(name.toLowerCase(), value);
  }
  return result;
}
