import type { configurationApi } from '../../shared/configuration/api.ts';
import { isRecord } from '../../shared/kernel/record.ts';
import type { Body } from '../api/answer.ts';

export type Upload = NonNullable<Body<(typeof configurationApi)['simulate']>['upload']>;

/** The most bodies that the API takes at once. */
const MOST = 2_000;

/**
 * Bodies in a file, as a source sends them: a JSON list of them, one of them, or one on each line; each may stand as
 * `{ "body": …, "receivedAt": … }`.
 */
export function uploadIn(text: string, source: Upload['source']): Upload | { readonly fault: string } {
  const found = itemsIn(text);
  if ('fault' in found) return found;
  const { items } = found;
  if (items.length === 0) return { fault: 'There is nothing in the file.' };
  if (items.length > MOST)
    return { fault: `There are ${items.length} bodies in it; at most ${MOST} are taken.` };
  return { source, bodies: items.map(bodyOf) };
}

function itemsIn(text: string): { readonly items: readonly unknown[] } | { readonly fault: string } {
  const whole = parsed(text);
  if (whole !== undefined) {
    if (isRecord(whole) && Array.isArray(whole.bodies)) return { items: whole.bodies };
    return { items: Array.isArray(whole) ? whole : [whole] };
  }
  const lines = text.split('\n').map((line) => line.trim());
  const items: unknown[] = [];
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const item = parsed(line);
    if (item === undefined) return { fault: `Neither the file nor its line ${i + 1} is JSON.` };
    items.push(item);
  }
  return { items };
}

function bodyOf(item: unknown): Upload['bodies'][number] {
  const isNamed = isRecord(item) && Object.hasOwn(item, 'body');
  const isWrapped = isNamed && Object.keys(item).every((key) => key === 'body' || key === 'receivedAt');
  if (!isWrapped) return { body: item };
  const { body, receivedAt } = item;
  return { body, ...(typeof receivedAt === 'string' && { receivedAt }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
