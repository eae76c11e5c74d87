/** How a CloudFront policy chooses headers, query parameters or cookies by name. */
export interface Selected {
  readonly behavior: string;
  readonly names: readonly string[];
}

/** Whether a name is chosen; names of headers are compared without case by their caller. */
export function selects({ behavior, names }: Selected, name: string): boolean {
  switch (behavior) {
    case 'all':
    case 'allViewer':
    case 'allViewerAndWhitelistCloudFront':
      return true;
    case 'whitelist':
      return names.includes(name);
    case 'allExcept':
      return !names.includes(name);
    case 'none':
      return false;
    default:
      throw new Error(`CloudFront knows no behaviour ${behavior}`);
  }
}

/** What one cache or origin request policy lets through to the origin. */
export interface Policy {
  readonly headers: Selected;
  readonly query: Selected;
}

const none: Selected = { behavior: 'none', names: [] };
const all: Selected = { behavior: 'all', names: [] };

/** Policies that AWS manages, by id (AWS: "Use managed cache policies", "Use managed origin request policies"). */
export const managedPolicies: Readonly<Record<string, Policy>> = {
  // CachingOptimized, CachingDisabled
  '658327ea-f89d-4fab-a63d-7e88639e58f6': { headers: none, query: none },
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': { headers: none, query: none },
  // AllViewer, AllViewerExceptHostHeader
  '216adef6-5c7f-47e4-b989-5492eafa07d3': { headers: all, query: all },
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': { headers: { behavior: 'allExcept', names: ['host'] }, query: all },
};

interface Parameters {
  readonly HeadersConfig?: { readonly HeaderBehavior: string; readonly Headers?: readonly string[] };
  readonly QueryStringsConfig?: {
    readonly QueryStringBehavior: string;
    readonly QueryStrings?: readonly string[];
  };
}

/** Reads a policy that the template declares. */
export function policyOf({ HeadersConfig, QueryStringsConfig }: Parameters): Policy {
  return {
    headers: {
      behavior: HeadersConfig?.HeaderBehavior ?? 'none',
      names: (HeadersConfig?.Headers ?? []).map((name) => name.toLowerCase()),
    },
    query: {
      behavior: QueryStringsConfig?.QueryStringBehavior ?? 'none',
      names: QueryStringsConfig?.QueryStrings ?? [],
    },
  };
}
