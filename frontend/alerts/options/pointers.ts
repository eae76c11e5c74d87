import { valueAt } from '../../../shared/alerts/sources/generic/pointer.ts';

/** So many places of a body are suggested; who has more begins to type one. */
const MOST = 200;

/** The JSON pointers to what a body holds, and what is there: suggested where a pointer is asked for. */
export function pointersIn(body: unknown, items: string | undefined): readonly string[] {
  const list = items === undefined ? body : valueAt(body, items);
  const begin = items === undefined ? body : Array.isArray(list) ? list[0] : list;
  const found: string[] = [];
  collect(begin, '', found);
  return found;
}

function collect(value: unknown, at: string, found: string[]): void {
  if (found.length >= MOST || typeof value !== 'object' || value === null) return;
  // One entry of a list shows what the others hold.
  const entries = Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value);
  for (const [name, inside] of entries) {
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (found.length < MOST) found.push(pointer);
    collect(inside, pointer, found);
  }
}
