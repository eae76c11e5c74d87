import { Refusal } from '../kernel/index.ts';

/** What stands among others of its kind: by its position, those at one position by their ids. */
export interface Placed {
  readonly id: string;
  readonly position: number;
}

/** The order in which a page shows what it has. */
export const inOrder = (a: Placed, b: Placed): number => a.position - b.position || compare(a.id, b.id);

/** Which of two texts comes first. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The least that lies between two positions: room for many more moves than anybody makes. */
const LEAST = 1e-6;

/** The most things that one move may change, so that it is one transaction. */
const MOST_MOVED = 50;

/**
 * A thing put before another of its list, or after all: with a position between its neighbours', so that nothing else changes. Only
 * where these stand too close together are those behind it moved as well.
 */
export function placed<T extends Placed>(
  one: T,
  list: readonly T[],
  before: string | null,
): { readonly own: T; readonly others: readonly T[] } {
  const rest = list.filter(({ id }) => id !== one.id).toSorted(inOrder);
  const at = before === null ? rest.length : rest.findIndex(({ id }) => id === before);
  if (at < 0)
    throw new Refusal(
      'invalid',
      `There is no '${before}' beside it to stand before; name another of its group, or null for the end.`,
      'body.before',
    );
  const [low, high] = [rest[at - 1], rest[at]];
  const isThere = (!low || inOrder(low, one) < 0) && (!high || inOrder(one, high) < 0);
  if (isThere) return { own: one, others: [] };
  if (low === undefined) return { own: { ...one, position: (high?.position ?? 1) - 1 }, others: [] };
  return between(one, low.position, rest.slice(at));
}

/** Spreads a thing, and as few as needed of those behind it, over the room up to the first that stands far enough away. */
function between<T extends Placed>(one: T, low: number, behind: readonly T[]) {
  const isFar = ({ position }: T, at: number) => position - low >= (at + 2) * LEAST;
  const found = behind.findIndex(isFar);
  const count = found < 0 ? behind.length : found;
  const end = behind[count]?.position;
  const step = end === undefined ? 1 : (end - low) / (count + 2);
  if (count > MOST_MOVED)
    throw new Refusal('conflict', `More than ${MOST_MOVED} things stand at one position; give them others.`);
  const others = behind.slice(0, count).map((other, i): T => ({ ...other, position: low + (i + 2) * step }));
  return { own: { ...one, position: low + step }, others };
}
