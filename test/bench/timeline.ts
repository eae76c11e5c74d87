import { timelineOf, timelineSvg } from '../../shared/timeline/index.ts';
import { sourcesOf } from '../shared/timeline/log.ts';
import { minutes } from '../support/given.ts';
import { figure, ratio, textTable } from './figures.ts';
import { inTurns } from './in-turns.ts';
import { longLog } from './long-log.ts';

/** The timeline of one incident with many facts, and its drawing, beside JSON.parse of the same facts. */
export async function timeline(): Promise<string> {
  const rows: (readonly string[])[] = [];
  for (const count of [1_000, 10_000, 100_000]) {
    const facts = longLog(count);
    const text = JSON.stringify(facts);
    const sources = sourcesOf(facts);
    const now = minutes(count);
    const made = timelineOf(sources, now);
    const [ours = 0, drawn = 0, parse = 0] = await inTurns([
      () => timelineOf(sources, now),
      () => timelineSvg(made),
      () => JSON.parse(text),
    ]);
    const kilobytes = Math.round(timelineSvg(made).length / 1_000);
    rows.push([`${count} facts`, figure(ours), figure(parse), ratio(ours, parse)]);
    rows.push([`  drawn, SVG of ${kilobytes} KB`, figure(drawn), figure(parse), ratio(drawn, parse)]);
  }
  return [
    textTable(['timeline', 'ours, ms', 'baseline, ms', 'ratio'], rows),
    '  The baseline is JSON.parse of the same facts. Medians of 7 rounds, in turns.',
  ].join('\n');
}
