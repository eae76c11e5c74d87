import { startApp } from '../support/app.ts';
import { PAGES, type Part, playWeek } from '../support/week.ts';
import { figure, textTable } from './figures.ts';

/** A week of on-call by the moved clock, against the same week in which nothing happens. */
export async function week(assembly: string): Promise<string> {
  const app = await startApp({ assembly, watched: false });
  try {
    const spent: Record<Part, number> = { 'time passing': 0, alerts: 0, answers: 0 };
    const begun = performance.now();
    await playWeek(app, async (part, work) => {
      const from = performance.now();
      const result = await work();
      spent[part] += performance.now() - from;
      return result;
    });
    const played = performance.now() - begun;
    const quiet = await idleWeek(app.system.clock);
    return [
      `week: seven days with ${PAGES} pages in ${figure(played / 1_000)} s; promised are 20`,
      textTable(
        ['part', 's'],
        [...Object.entries(spent), ['a week of silence', quiet] as const].map(([part, taken]) => [
          part,
          figure(taken / 1_000),
        ]),
      ),
    ].join('\n');
  } finally {
    await app.stop();
  }
}

async function idleWeek(clock: { fastForward(milliseconds: number): Promise<void> }): Promise<number> {
  const begun = performance.now();
  await clock.fastForward(7 * 24 * 3_600_000);
  return performance.now() - begun;
}
