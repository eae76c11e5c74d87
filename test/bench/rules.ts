import {
  compileRules,
  decideSignals,
  type Guard,
  type Loaded,
  matchRule,
  type Received,
} from '../../shared/detection/index.ts';
import { idOf, occurs, patternOf, searchable } from '../../shared/kernel/index.ts';
import { epoch, org } from '../support/signals.ts';
import { figure, median, ratio, textTable } from './figures.ts';
import { inBatch, nothingKnown, type PlainRule, someAlerts, someRules } from './rule-sample.ts';
import { askPlainly, askWorst, type WorstRules, worstRules } from './worst-rules.ts';

const TURNS = 7;

/** Several things in turns; the median of each in milliseconds of this process, which is one core. */
function cpuInTurns(runs: readonly (() => unknown)[], turns = TURNS): readonly number[] {
  const times = runs.map((): number[] => []);
  for (let turn = 0; turn <= turns; turn++)
    for (const [i, run] of runs.entries()) {
      const before = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(before);
      if (turn > 0) times[i]?.push((user + system) / 1_000);
    }
  return times.map(median);
}

/** What matching and deciding cost by rules and by open incidents, and patterns beside V8. */
export async function rules(): Promise<string> {
  // First, since what blows up makes the process forget how it had compiled what all patterns run through.
  const usual = harmless();
  return [
    'rules: alerts that were not seen before, one at a time, on one core, beside a loop over the same rules with RegExp of V8',
    textTable(
      ['rules', 'match µs', 'loop µs', 'ratio', 'decisions/s', 'compile ms'],
      [10, 1_000, 10_000].map(byRules),
    ),
    '',
    'rules: the most that are taken of what costs most, and alerts made for them, beside the same conditions asked one by one with the engine of RE2',
    textTable(['rules of', 'taken', 'match ms', 'one by one ms', 'ratio'], worstRules(ALERTS).map(byWorst)),
    '',
    'rules: 1,000 rules, by incidents that are open in what was loaded; a repeat and an alert that joins',
    textTable(['open', 'µs a decision', 'ratio'], byOpen()),
    '',
    'rules: patterns that blow up, beside V8, which is given as much as it can end with',
    textTable(
      ['pattern', 'characters', 'ours ms', 'V8 ms', 'V8 over ours', 'ours at 64 KB ms'],
      bombs.map(byBomb),
    ),
    '',
    `rules: harmless patterns over 1,000 texts of 170 characters, beside V8; a text is folded once for all patterns, in ${foldTime()} µs`,
    textTable(['pattern', 'ours µs', 'V8 µs', 'ratio'], usual),
  ].join('\n');
}

function loop(plain: readonly PlainRule[], { signal }: Received): PlainRule | undefined {
  const text = `${signal.title ?? ''}\n${signal.description ?? ''}`;
  return plain.find(
    ({ pattern, labels }) =>
      Object.entries(labels).every(([name, value]) => signal.labels[name] === value) &&
      (pattern === undefined || pattern.test(text)),
  );
}

function byRules(count: number): readonly string[] {
  const { ours, plain } = someRules(count);
  const [compile = 0] = cpuInTurns([() => compileRules(ours)], 3);
  const alerts = 100;
  let seed = 1;
  const [match = 0, bare = 0, decide = 0] = cpuInTurns([
    () => {
      for (const alert of someAlerts(alerts, ++seed)) matchRule(ours, alert);
    },
    () => {
      for (const alert of someAlerts(alerts, ++seed)) loop(plain, alert);
    },
    () => {
      for (const alert of someAlerts(alerts, ++seed))
        decideSignals([inBatch(alert)], nothingKnown(ours), epoch + 900_000);
    },
  ]);
  const [making = 0] = cpuInTurns([() => someAlerts(alerts, ++seed)]);
  const each = (total: number) => (Math.max(0.001, total - making) * 1_000) / alerts;
  return [
    String(count),
    figure(each(match)),
    figure(each(bare)),
    ratio(each(match), each(bare)),
    (1e6 / each(decide)).toFixed(0),
    figure(compile),
  ];
}

const ALERTS = 4;

function byWorst(worst: WorstRules): readonly string[] {
  const [ours, plain] = [askWorst(worst), askPlainly(worst)];
  const [match = 0, bare = 0] = cpuInTurns([() => worst.alerts.map(ours), () => worst.alerts.map(plain)], 3);
  return [
    worst.name,
    String(worst.rules.length),
    figure(match / ALERTS),
    figure(bare / ALERTS),
    ratio(match, bare),
  ];
}

/** What is loaded where so many incidents of other groups are open, and this alert's own among them. */
function withOpen(loaded: Loaded, count: number): Loaded {
  const guards = new Map(loaded.guards);
  for (let i = 0; i < count; i++) {
    const hash = `other ${i}`;
    const incident = idOf('incident', epoch, org, hash);
    const guard: Guard = {
      ...{ hash, version: 1, grouping: 1_200_000 },
      windows: [{ incident, generation: 1, from: epoch, severity: 'P3_MEDIUM' }],
    };
    guards.set(hash, guard);
  }
  return { ...loaded, guards };
}

function byOpen(): readonly (readonly string[])[] {
  const { ours } = someRules(1_000);
  const alerts = someAlerts(100);
  const now = epoch + 900_000;
  const known = nothingKnown(ours);
  const opened = decideSignals(alerts.map(inBatch), known, now);
  const guards = new Map(opened.keys.flatMap(({ guard }) => (guard ? [[guard.hash, guard] as const] : [])));
  const heads = new Map(
    opened.keys.flatMap((key) => key.heads.map(({ head }) => [head.fingerprint, head] as const)),
  );
  const sizes = [10, 1_000, 100_000];
  const loads = sizes.map((size) => withOpen({ ...known, guards, heads }, size));
  const again = alerts.map((one) =>
    inBatch({ ...one, signal: { ...one.signal, at: one.signal.at + 1_000 } }),
  );
  const times = cpuInTurns(
    loads.map((loaded) => () => {
      for (let n = 0; n < 10; n++) for (const alert of again) decideSignals([alert], loaded, now);
    }),
  );
  const [least = 1] = times;
  return sizes.map((size, i) => [
    String(size),
    figure(((times[i] ?? 0) / (again.length * 10)) * 1_000),
    ratio(times[i] ?? 0, least),
  ]);
}

/** Each with a text, from so many repetitions, that it nearly matches. */
const bombs: readonly (readonly [pattern: string, text: (n: number) => string, most: number])[] = [
  ['(a+)+$', (n) => `${'a'.repeat(n)}!`, 24],
  ['(a|aa)+$', (n) => `${'a'.repeat(n)}!`, 32],
  ['(.*a){12}$', (n) => `${'a'.repeat(n)}!`, 20],
  ['a.*b.*c.*d', (n) => 'abc'.repeat(Math.ceil(n / 3)), 900],
];

function byBomb([pattern, text, most]: (typeof bombs)[number]): readonly string[] {
  const native = new RegExp(pattern, 'i');
  const small = text(most);
  const large = text(65_536);
  const [ours = 0, bare = 0, whole = 0] = cpuInTurns(
    [
      () => repeated(100, () => occurs(pattern, small)),
      () => native.test(small),
      () => occurs(pattern, large),
    ],
    3,
  );
  return [
    pattern,
    String(small.length),
    figure(ours / 100),
    figure(bare),
    ratio(bare, Math.max(ours / 100, 0.000_1)),
    figure(whole),
  ];
}

function repeated(times: number, work: () => unknown): void {
  for (let n = 0; n < times; n++) work();
}

function foldTime(): string {
  const texts = textsOf();
  const [all = 0] = cpuInTurns([() => repeated(AGAIN, () => texts.map(searchable))]);
  return figure((all * 1_000) / (AGAIN * texts.length));
}

const textsOf = (): readonly string[] =>
  someAlerts(1_000).map(({ signal }) => `${signal.title ?? ''}\n${signal.description ?? ''}`);

/** How often each pattern is asked of each text in a turn: fewer measure how long both take to warm up. */
const AGAIN = 50;

function harmless(): readonly (readonly string[])[] {
  const titles = textsOf();
  const patterns = [
    'latency',
    'database.*fail',
    'database.*connection.*fail',
    '(disk|memory) .*fail',
    'on [a-z]+-\\d+ fails',
    '^kafka',
    '\\d+ %$',
    'replica[-_ ]?set',
    'node-?\\d+',
    '\\bfail(ed|s|ure)?\\b',
    'connection (refused|reset|closed)',
    'time(d )?out',
    'pool .{0,5}number',
    '[0-9]+ms',
    '5\\d\\d',
  ];
  const folds = titles.map(searchable);
  return patterns.map((pattern) => {
    const native = new RegExp(pattern, 'i');
    const linear = patternOf(pattern, 'anywhere');
    const [ours = 0, bare = 0] = cpuInTurns([
      () => repeated(AGAIN, () => titles.filter((title, i) => linear.test(title, folds[i]))),
      () => repeated(AGAIN, () => titles.filter((title) => native.test(title))),
    ]);
    const each = (total: number) => (total * 1_000) / (AGAIN * titles.length);
    return [pattern, figure(each(ours)), figure(each(bare)), ratio(ours, bare)];
  });
}
