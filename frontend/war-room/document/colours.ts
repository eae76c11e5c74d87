import type { RemoteCursor } from './provider.ts';

/** Colours of people, dark on light paper and light on dark: text in them, or on them, can be read. */
export const colours = [
  'light-dark(#1b5dc9, #7eabff)',
  'light-dark(#a94400, #ffac6b)',
  'light-dark(#1c6b3f, #74cf9b)',
  'light-dark(#7a3fb0, #cba6f7)',
  'light-dark(#0b6a75, #62cdd8)',
  'light-dark(#a8296f, #f59ac9)',
  'light-dark(#745600, #f0ca5d)',
  'light-dark(#b3201f, #ff8b80)',
] as const;

/** The number of each person's colour, by their ids: the same person has the same wherever it is free. */
export function coloursOf(cursors: Iterable<RemoteCursor>): ReadonlyMap<string, number> {
  const ids = [...new Set(Array.from(cursors, ({ person }) => person.id))].toSorted();
  const given = new Map<string, number>();
  for (const id of ids) {
    const own = numberOf(id);
    const taken = new Set(given.values());
    const free = colours.findIndex((_, i) => !taken.has((own + i) % colours.length));
    given.set(id, (own + Math.max(0, free)) % colours.length);
  }
  return given;
}

const numberOf = (id: string): number =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % colours.length;
