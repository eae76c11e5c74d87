import type { World } from './world.ts';

/** What is counted of a run, so that nobody takes emptier worlds for a faster program. */
const parts = ['steps', 'calls', 'posts', 'incidents', 'pages', 'repeats', 'sweeps'] as const;

type Part = (typeof parts)[number];

/** How much happened in a run, or in several together. */
export type Size = Readonly<Record<Part, number>>;

const sizeBy = (countOf: (part: Part) => number): Size =>
  Object.fromEntries(parts.map((part) => [part, countOf(part)])) as Record<Part, number>;

export const nothing: Size = sizeBy(() => 0);

export function sizeOf({ steps, calls, scenario, sweeps, watch: { books } }: World): Size {
  const { size: incidents } = books.incidents;
  const counted = { steps, calls: calls.begun, posts: scenario.posts.length, incidents, sweeps };
  // No policy here has more than three levels: what comes after them is their repetition.
  const repeats = books.mails.filter(({ step }) => step > 3).length;
  return sizeBy((part) => ({ ...counted, pages: books.mails.length, repeats })[part]);
}

export const together = (one: Size, other: Size): Size => sizeBy((part) => one[part] + other[part]);

/** In words: how much of it there was for each of so many seeds. */
export const eachOf = (seeds: number, size: Size): string =>
  parts.map((part) => `${(size[part] / seeds).toFixed(2)} ${part}`).join(', ');
