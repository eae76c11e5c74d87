/** What the console may send besides the plain headers. */
const HEADERS = 'authorization,content-type,if-match,idempotency-key,x-organisation';
const METHODS = 'GET,POST,PUT,PATCH,DELETE';
const EXPOSED = 'etag,location,retry-after';

/** The CORS headers of an answer: only for the console's own origin, never with credentials. Others get none. */
export function corsHeaders(
  requestOrigin: string | undefined,
  consoleUrl: string,
  preflight = false,
): Readonly<Record<string, string>> {
  const vary = { vary: 'Origin' };
  if (requestOrigin === undefined || requestOrigin !== originOf(consoleUrl)) return vary;
  const allowed = { 'access-control-allow-origin': requestOrigin, 'access-control-expose-headers': EXPOSED };
  if (!preflight) return { ...vary, ...allowed };
  return {
    ...vary,
    ...allowed,
    'access-control-allow-headers': HEADERS,
    'access-control-allow-methods': METHODS,
    'access-control-max-age': '7200',
  };
}

const originOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).origin : undefined);
