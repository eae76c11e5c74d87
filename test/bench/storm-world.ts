import type { Storm } from '../simulation/storm/arrivals.ts';
import { countedOf, type Played, percentile, play } from '../simulation/storm/played.ts';
import { stormProgram } from '../simulation/storm/storm-world.ts';
import { figure, ratio, textTable } from './figures.ts';

const one: Storm = { alerts: 100_000, post: 64, different: 1 };
const different: Storm = { alerts: 5_000, post: 10, different: 5_000, isApart: true };

const storms: readonly (readonly [name: string, storm: Storm])[] = [
  ['one alert, 64 a POST', one],
  ['one alert, one a POST', { ...one, post: 1 }],
  ['the same at times of its own, 64 a POST', { ...one, isMoving: true }],
  ['the same at times of its own, one a POST', { ...one, post: 1, isMoving: true }],
  ['5,000 different ones, 10 a POST', different],
  ['5,000 different ones, one a POST', { ...different, post: 1 }],
];

/** Storms of ten seconds by virtual time, beside alerts of other sources; these alone are the baseline. */
export async function stormWorld(): Promise<string> {
  const program = await stormProgram();
  const calm = await play(program);
  const rows = [['no storm', ...told(calm, calm)]];
  for (const [name, storm] of storms) {
    const played = await play(program, storm);
    if (countedOf(played, storm) !== storm.alerts) throw new Error(`${name}: not all were counted`);
    rows.push([name, ...told(played, calm)]);
  }
  return [
    'storm of 10 s by virtual time: incidents, batches, workers; the most writes in a second under one partition key and to one item; others from the queue to their incident, ms',
    textTable(
      ['', 'incidents', 'batches', 'workers', 'partition', 'item', 'p50', 'p99', 'ratio of p99'],
      rows,
    ),
  ].join('\n');
}

function told({ incidents, world, delays }: Played, calm: Played): readonly string[] {
  const { partitions, items } = world.writes;
  const p99 = percentile(delays, 0.99);
  return [
    ...[incidents.length, world.batches.all, world.workers].map(String),
    ...[partitions, items].map((all) => String(Math.max(...all.map(({ writes }) => writes)))),
    ...[percentile(delays, 0.5), p99].map(figure),
    ratio(p99, percentile(calm.delays, 0.99)),
  ];
}
