import type { Api } from './use-api.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string | undefined;
}

/** The pages of a list that goes on by cursors, one after the other to its end. */
export async function* cursorPages<Item>(
  api: Api,
  path: string,
  { limit, signal }: { readonly limit: number; readonly signal?: AbortSignal },
): AsyncGenerator<readonly Item[]> {
  for (let cursor: string | undefined; ; ) {
    const query = { limit, ...(cursor !== undefined && { cursor }) };
    const page: Page<Item> = await api.call(path, { query, ...(signal && { signal }) });
    yield page.items;
    if (page.next === undefined) return;
    cursor = page.next;
  }
}
