/** Values by name as API Gateway's events carry them: the last value, and all values; `null` when there are none. */
export interface Values {
  readonly single: Readonly<Record<string, string>> | null;
  readonly multi: Readonly<Record<string, readonly string[]>> | null;
}

/** Folds name-value pairs; the spelling of the name that came first wins when `fold` ignores case. */
export function valuesOf(pairs: Iterable<readonly [string, string]>, ignoreCase = false): Values {
  const names = new Map<string, string>();
  const multi = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const folded = ignoreCase ? name.toLowerCase() : name;
    const kept = names.get(folded) ?? name;
    names.set(folded, kept);
    multi.set(kept, [...(multi.get(kept) ?? []), value]);
  }
  if (multi.size === 0) return { single: null, multi: null };
  const single = [...multi].map(([name, values]) => [name, values.at(-1) ?? ''] as const);
  return { single: Object.fromEntries(single), multi: Object.fromEntries(multi) };
}

/** Names and values of `rawHeaders`, spelled as the client sent them, without those that end at the gateway. */
export function headerPairs(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!endsAtGateway.has(name.toLowerCase())) pairs.push([name, rawHeaders[at + 1] ?? '']);
  }
  return pairs;
}

const endsAtGateway = new Set(['connection', 'content-length', 'transfer-encoding', 'keep-alive']);

/** The value of a header, whatever its case; `undefined` when absent or empty. */
export function headerOf(headers: Values, name: string): string | undefined {
  const found = Object.entries(headers.single ?? {}).find(
    ([key]) => key.toLowerCase() === name.toLowerCase(),
  );
  return found?.[1] === '' ? undefined : found?.[1];
}

/** Path and query of a request; never throws, whatever the client wrote into the request line. */
export function targetOf(request: { readonly url?: string | undefined }): {
  path: string;
  query: URLSearchParams;
} {
  const [path = '/', ...query] = (request.url ?? '/').split('?');
  return { path, query: new URLSearchParams(query.join('?')) };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant as `requestContext.requestTime` writes it: `09/Apr/2026:12:34:56 +0000`. */
export function requestTime(instant: number): string {
  const text = new Date(instant).toISOString();
  const [year, month, day] = text.slice(0, 10).split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${text.slice(11, 19)} +0000`;
}
