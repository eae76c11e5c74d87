import { MINUTE, SECOND } from '../../shared/kernel/index.ts';
import { tenantOf } from '../simulation/named/scenes.ts';
import { BEGIN } from '../simulation/scenario.ts';
import { LENGTH, type Storm, stormOf } from '../simulation/storm/arrivals.ts';
import { countedOf, type Played, percentile, play } from '../simulation/storm/played.ts';
import { StormWorld, stormProgram } from '../simulation/storm/storm-world.ts';
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

/** Minutes in which nobody works, and what waits then. */
const STILL = 30 * MINUTE;
const WAITING: Storm = { alerts: 100_000, post: 1, different: 100 };

/** A detector that stood still for half an hour, by virtual time: how fast it works off what waits. */
export async function backlogWorld(): Promise<string> {
  const tenant = tenantOf();
  const world = new StormWorld(await stormProgram(), tenant, { from: BEGIN + STILL });
  const slower = STILL / LENGTH;
  const messages = stormOf(tenant, WAITING).map((message) => ({
    ...message,
    receivedAt: BEGIN + Math.floor((message.receivedAt - BEGIN) * slower),
  }));
  await world.receive(messages);
  await world.passTo(BEGIN + STILL);
  world.begin();
  let seconds = 0;
  for (; world.queue.size > 0; seconds += STEP) await world.passTo(BEGIN + STILL + (seconds + STEP) * SECOND);
  const [perSecond, arrival] = [WAITING.alerts / seconds, WAITING.alerts / (STILL / SECOND)];
  return [
    `backlog: ${WAITING.alerts} messages of half an hour wait for the detector, by virtual time; promised is 5× the arrival`,
    textTable(
      ['', 'a second', 'times the arrival', 'workers at last'],
      [
        ['arrived', figure(arrival), '1×', ''],
        ['worked off', figure(perSecond), ratio(perSecond, arrival), String(world.workers)],
      ],
    ),
  ].join('\n');
}

const STEP = 0.1;

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
