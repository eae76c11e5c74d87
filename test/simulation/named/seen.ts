import { expect } from 'vitest';
import type { Incident } from '../../../shared/incidents/index.ts';
import type { World } from '../world.ts';

/** The only incident of a run. */
export function onlyIncident({ watch: { books } }: World): Incident {
  const [incident, ...more] = books.incidents.values();
  if (incident === undefined || more.length > 0)
    throw new Error(`${more.length + 1} incidents instead of one`);
  return incident;
}

/** Facts that any number of alerts and deaths may leave: what the alerts said, and the numbers that nobody used. */
const uncounted: ReadonlySet<string> = new Set(['alerts.changed', 'void']);

/** How often the log of a run's only incident tells of each type of fact that stands for one change. */
export function told(world: World): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of world.watch.books.factsOf(onlyIncident(world).id))
    if (!uncounted.has(type)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** Each mail of a run: step, person, and whether it says that it may be the second. */
export const mailed = ({ watch: { books } }: World): readonly string[] =>
  books.mails.map(({ step, person, possiblyAgain }) => `${step} ${person}${possiblyAgain ? ' again' : ''}`);

/** One incident from its first alert to its end, with one page that was answered; nothing is half done. */
export function expectWhole(world: World, pages: readonly string[] = ['1 ann']): void {
  expect(mailed(world)).toEqual(pages);
  expect(onlyIncident(world)).toMatchObject({ state: 'resolved', generation: 1 });
  expect(told(world)).toEqual({
    'incident.opened': 1,
    'incident.escalated': 1,
    'incident.acknowledged': 1,
    'incident.resolved': 1,
  });
  const deliveries = [...world.watch.books.deliveries.values()];
  expect(deliveries.map(({ state }) => state)).toEqual(['sent']);
}
