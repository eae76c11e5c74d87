import type { World } from './world.ts';

/** What is counted of a run, so that nobody takes emptier worlds for a faster program. */
const parts = ['steps', 'calls', 'posts', 'incidents', 'pages'] as const;

/** How much happened in a run, or in several together. */
export type Size = Readonly<Record<(typeof parts)[number], number>>;

export const nothing: Size = { steps: 0, calls: 0, posts: 0, incidents: 0, pages: 0 };

export function sizeOf({ steps, calls, scenario, watch: { books } }: World): Size {
  return {
    ...{ steps, calls: calls.count, posts: scenario.posts.length },
    ...{ incidents: books.incidents.size, pages: books.mails.length },
  };
}

export const together = (one: Size, other: Size): Size => ({
  ...{ steps: one.steps + other.steps, calls: one.calls + other.calls, posts: one.posts + other.posts },
  ...{ incidents: one.incidents + other.incidents, pages: one.pages + other.pages },
});

/** In words: how much of it there was for each of so many seeds. */
export const eachOf = (seeds: number, size: Size): string =>
  parts.map((part) => `${(size[part] / seeds).toFixed(1)} ${part}`).join(', ');
