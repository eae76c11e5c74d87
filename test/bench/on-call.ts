import { DAY, type Instant, idOf, MINUTE } from '../../shared/kernel/index.ts';
import {
  finalSchedule,
  type Override,
  onCallAt,
  onCallOf,
  type Schedule,
  scheduleSchema,
} from '../../shared/on-call/index.ts';
import { figure, median, percentile, ratio, textTable } from './figures.ts';
import { playTimers, type TimerOutcome, type TimerWeather, timerProgram } from './timer-world.ts';

/** Two timers each. */
const INCIDENTS = 5_000;
const WITHIN = 120 * MINUTE;
const SEED = 7;

const weathers: Readonly<Record<string, TimerWeather>> = {
  calm: { duplicates: 0, throttle: 0, kills: 0, lost: 0 },
  'twice, in any order': { duplicates: 0.2, throttle: 0, kills: 0, lost: 0 },
  'throttled, killed': { duplicates: 0.1, throttle: 0.02, kills: 0.03, lost: 0 },
  'messages lost': { duplicates: 0.05, throttle: 0.01, kills: 0.01, lost: 0.05 },
};

/** Ten thousand escalation timers by virtual time, and who is on call by a thousand schedules. */
export async function onCall(): Promise<string> {
  return [await timers(), whoIsOnCall()].join('\n\n');
}

async function timers(): Promise<string> {
  const program = await timerProgram();
  const baseline = bareTimers();
  const rows: string[][] = [];
  for (const [name, weather] of Object.entries(weathers))
    rows.push(rowOf(name, await playTimers(program, INCIDENTS, WITHIN, weather, SEED), baseline));
  return [
    `on-call: ${2 * INCIDENTS} timers in ${WITHIN / MINUTE} minutes of virtual time; seconds from due to taken by the mail provider`,
    textTable(
      [
        'weather',
        'p50',
        'p99',
        'last',
        'early',
        'missed',
        'twice',
        'twice unsaid',
        'µs a timer',
        'times a heap',
      ],
      rows,
    ),
    `  a heap in one process that calls back, and stores nothing: ${figure(baseline * 1_000)} µs a timer`,
  ].join('\n');
}

function rowOf(name: string, { pages, missed, took }: TimerOutcome, baseline: number): string[] {
  const late = pages.map(({ at, dueAt }) => (at - dueAt) / 1_000);
  const named = [...Map.groupBy(pages, ({ incident, level }) => `${incident} ${level}`).values()];
  const again = named.filter((some) => some.length > 1);
  const unsaid = again.filter((some) => some.slice(1).some((page) => !page.again));
  const each = took / (2 * INCIDENTS);
  return [
    name,
    ...[median(late), percentile(late, 0.99), percentile(late, 1)].map(figure),
    ...[late.filter((one) => one < 0).length, missed, again.length, unsaid.length].map(String),
    figure(each * 1_000),
    ratio(each, baseline),
  ];
}

/** The same timers in a sorted list of one process, in milliseconds each. */
function bareTimers(): number {
  const begun = performance.now();
  const due = Array.from({ length: 2 * INCIDENTS }, (_, place) => ({ at: (place * 7_919) % WITHIN, place }));
  const called: number[] = [];
  for (const { place } of due.sort((a, b) => a.at - b.at)) called.push(place);
  if (called.length !== due.length) throw new Error('A timer of the baseline is missing');
  return (performance.now() - begun) / due.length;
}

const zones = [
  'Europe/Zurich',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Santiago',
];
const people = Array.from({ length: 8 }, (_, place) => ({ id: `p${place}` }));
const persons = people.map(({ id }) => ({ id, name: id, email: `${id}@example.com` }));

function schedulesOf(count: number): readonly Schedule[] {
  return Array.from({ length: count }, (_, place) => {
    const layer = {
      people: people.map(({ id }) => id),
      startDate: '2024-01-01',
      handOff: '09:00',
      every: 'week',
    };
    const nights = [{ weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '22:00', to: '06:00' }];
    const layers = place % 2 === 0 ? [layer] : [layer, { ...layer, every: 'day', only: nights }];
    return scheduleSchema.parse({
      id: `s${place}`,
      name: `S${place}`,
      timeZone: zones[place % zones.length],
      layers,
    });
  });
}

/** Three layers, each for a third of the day in three windows. */
function followingTheSun(count: number): readonly Schedule[] {
  const hour = (at: number): string => `${String(at % 24).padStart(2, '0')}:00`;
  const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const layers = [0, 8, 16].map((begin) => ({
    people: people.map(({ id }) => id),
    startDate: '2024-01-01',
    handOff: '09:00',
    only: [0, 2, 5].map((more) => ({ weekdays, from: hour(begin + more), to: hour(begin + more + 3) })),
  }));
  return Array.from({ length: count }, (_, place) =>
    scheduleSchema.parse({ id: `s${place}`, name: 'Sun', timeZone: zones[place % zones.length], layers }),
  );
}

function nowAndNext(at: Instant): readonly string[] {
  const schedules = followingTheSun(1_000);
  const duty = { schedules, people: persons, overrides: [] };
  const ours = () => schedules.map((schedule) => onCallOf(schedule, duty, at).until);
  const bare = () => schedules.map(({ layers }) => layers.flatMap(({ only }) => only).length);
  const [now, list] = inTurns(ours, bare, 3);
  return [figure(now), figure(list), ratio(now, list)];
}

function whoIsOnCall(): string {
  const schedules = schedulesOf(1_000);
  const at = Date.UTC(2026, 10, 28, 3);
  const override: Override = {
    ...{ id: idOf('override', at, 'x'), schedule: 's1', person: 'p0', from: at - DAY, to: at + DAY },
    ...{ createdAt: at - DAY, createdBy: 'p1' },
  };
  const context = { overrides: [override], people };
  const ours = () => schedules.map((schedule) => onCallAt(schedule, context, at).person);
  const bare = () =>
    schedules.map(({ layers: [layer] }) => layer?.people[Math.floor(at / (7 * DAY)) % layer.people.length]);
  const [mine, base] = inTurns(ours, bare, 15);
  const year = () => finalSchedule(schedules[1] ?? failed(), context, at, at + 364 * DAY).length;
  const days = () => Array.from({ length: 364 }, (_, day) => at + day * DAY).length;
  const [whole, plain] = inTurns(year, days, 5);
  return [
    'on-call: who is on call, in milliseconds (medians)',
    textTable(
      ['', 'ours', 'baseline', 'ratio'],
      [
        [
          '1,000 schedules at an instant; a baseline that knows no zones',
          figure(mine),
          figure(base),
          ratio(mine, base),
        ],
        [
          '52 weeks of one with nights of its own; a list of days',
          figure(whole),
          figure(plain),
          ratio(whole, plain),
        ],
        ['1,000 that follow the sun, now and next; a list of their windows', ...nowAndNext(at)],
      ],
    ),
  ].join('\n');
}

/** The medians of two in turns, so that other work on the machine meets both. */
function inTurns(one: () => unknown, other: () => unknown, times: number): readonly [number, number] {
  const taken: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 2 * times; turn++) {
    const begun = performance.now();
    (turn % 2 === 0 ? one : other)();
    taken[turn % 2 === 0 ? 0 : 1].push(performance.now() - begun);
  }
  return [median(taken[0]), median(taken[1])];
}

function failed(): never {
  throw new Error('There is no such schedule');
}
