import { callsPerAlert, stepsOfOpening } from './calls.ts';
import { type Contender, type Mark, type Settled, startContender } from './contender.ts';
import { figure, percentile, ratio, textTable } from './figures.ts';
import { type Sent, sendAtRate } from './load.ts';
import { webhook } from './webhook.ts';

const PER_SECOND = 50;
const WARM_UP = 150;
const ROUND = 250;

type Path = 'webhook → 202' | 'webhook → stored' | 'webhook → sent on';
type Times = Readonly<Record<Path, readonly number[]>>;

interface Round {
  readonly sent: readonly Sent[];
  readonly settled: Settled;
}

/** At 50 webhooks a second, each of another service: how long until the incident is stored and its e-mail accepted. */
export async function pipeline(): Promise<string> {
  const [ours, bare] = [
    await startContender('local-system.ts', 'observed'),
    await startContender('bare-server.ts'),
  ];
  try {
    for (const one of [ours, bare]) await round(one, 'warm', WARM_UP);
    const rounds: Round[][] = [[], []];
    for (const name of ['a', 'b']) {
      rounds[0]?.push(await round(ours, name, ROUND));
      rounds[1]?.push(await round(bare, name, ROUND));
    }
    const [mine = [], other = []] = rounds;
    return [
      `pipeline: ${PER_SECOND} webhooks/s, ${2 * ROUND} each in turns (A B A B), milliseconds; the calls of ours pass an observing proxy`,
      latencies(timesOf(mine), timesOf(other)),
      callsPerAlert(
        mine.flatMap(({ settled }) => settled.calls),
        2 * ROUND,
      ),
      await stepsOfOpening(ours),
    ].join('\n');
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
}

async function round({ url, settle }: Contender, name: string, count: number): Promise<Round> {
  const webhooks = Array.from({ length: count }, (_, i) => webhook(name, i));
  const sent = await sendAtRate(url, webhooks, PER_SECOND);
  return { sent, settled: await settle() };
}

function timesOf(rounds: readonly Round[]): Times {
  const until = (what: 'stored' | 'mailed') =>
    rounds.flatMap(({ sent, settled: { marks } }) => {
      const first = firstOf(marks.filter((mark) => mark.what === what));
      return sent.map(({ token, at }) => (first.get(token) ?? missing(token, what)) - at);
    });
  const answers = rounds.flatMap(({ sent }) => sent.map(({ at, answeredAt }) => answeredAt - at));
  return {
    'webhook → 202': answers,
    'webhook → stored': until('stored'),
    'webhook → sent on': until('mailed'),
  };
}

function firstOf(marks: readonly Mark[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const { token, at } of marks) if (!first.has(token)) first.set(token, at);
  return first;
}

function missing(token: string, what: string): never {
  throw new Error(`The alert of ${token} was never ${what}`);
}

function latencies(ours: Times, bare: Times): string {
  const rows = (Object.keys(ours) as Path[]).map((path) => {
    const of = (times: Times) => [percentile(times[path], 0.5), percentile(times[path], 0.99)] as const;
    const [[p50, p99], [bare50, bare99]] = [of(ours), of(bare)];
    return [path, ...[p50, p99, bare50, bare99].map(figure), ratio(p50, bare50), ratio(p99, bare99)];
  });
  return textTable(['', 'ours p50', 'p99', 'bare p50', 'p99', 'ratio p50', 'p99'], rows);
}
