import { callsPerAlert, stepsOfOpening } from './calls.ts';
import { type Contender, type Mark, type Settled, startContender } from './contender.ts';
import { figure, percentile, ratio, textTable } from './figures.ts';
import { type Sent, sendAtRate } from './load.ts';
import { webhook } from './webhook.ts';

const WARM_UP = 200;
const ROUNDS = ['a', 'b'] as const;

/** The rate that was promised, and one at which even a small machine has nothing waiting. */
const rates = [
  { name: 'fast', perSecond: 50, seconds: 5 },
  { name: 'slow', perSecond: 10, seconds: 4 },
] as const;
type Rate = (typeof rates)[number];

interface Round {
  readonly sent: readonly Sent[];
  readonly settled: Settled;
}

/** Webhooks at a rate, each of another service: how long until the incident is stored and its e-mail accepted. */
export async function pipeline(): Promise<string> {
  return [
    'pipeline: a webhook for another service each time, in milliseconds',
    ...(await times()),
    '\n  calls to AWS, counted in a system of their own',
    ...(await calls()),
  ].join('\n');
}

async function times(): Promise<readonly string[]> {
  const ours = await startContender('local-system.ts');
  const bare = await startContender('bare-server.ts');
  try {
    for (const one of [ours, bare]) await round(one, 'warm', 50, WARM_UP);
    const said: string[] = [];
    for (const rate of rates) said.push(await timesAt(rate, ours, bare));
    return said;
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
}

async function calls(): Promise<readonly string[]> {
  const observed = await startContender('local-system.ts', 'observed');
  try {
    await round(observed, 'warm', 50, WARM_UP);
    const said: string[] = [];
    for (const rate of rates) said.push(await callsAt(rate, observed));
    return [...said, await stepsOfOpening(observed)];
  } finally {
    await observed.stop();
  }
}

async function callsAt({ name, perSecond, seconds }: Rate, observed: Contender): Promise<string> {
  const { settled } = await round(observed, name, perSecond, perSecond * seconds);
  return [
    `\n  ${perSecond} a second: calls per alert, those of the safety net included`,
    callsPerAlert(settled.calls, perSecond * seconds),
  ].join('\n');
}

/** Both in turns: A B A B. */
async function timesAt(rate: Rate, ours: Contender, bare: Contender): Promise<string> {
  const { name, perSecond, seconds } = rate;
  const count = perSecond * seconds;
  const mine: Round[] = [];
  const other: Round[] = [];
  for (const turn of ROUNDS) {
    mine.push(await round(ours, name + turn, perSecond, count));
    other.push(await round(bare, name + turn, perSecond, count));
  }
  return [
    `\n  ${perSecond} a second, ${count * ROUNDS.length} each in turns (A B A B)`,
    latencies(mine, other),
  ].join('\n');
}

async function round(
  { url, settle }: Contender,
  name: string,
  perSecond: number,
  count: number,
): Promise<Round> {
  const webhooks = Array.from({ length: count }, (_, i) => webhook(name, i));
  const sent = await sendAtRate(url, webhooks, perSecond);
  return { sent, settled: await settle() };
}

function latencies(ours: readonly Round[], bare: readonly Round[]): string {
  const rows = Object.entries(paths).map(([path, took]) => {
    const of = (rounds: readonly Round[]) => {
      const times = rounds.flatMap(took);
      return [percentile(times, 0.5), percentile(times, 0.99)] as const;
    };
    const [[p50, p99], [bare50, bare99]] = [of(ours), of(bare)];
    return [path, ...[p50, p99, bare50, bare99].map(figure), ratio(p50, bare50), ratio(p99, bare99)];
  });
  return textTable(['', 'ours p50', 'p99', 'bare p50', 'p99', 'ratio p50', 'p99'], rows);
}

/** Milliseconds of each webhook of a round, by how far it is followed. */
const paths: Readonly<Record<string, (round: Round) => readonly number[]>> = {
  'webhook → 202': ({ sent }) => sent.map(({ at, answeredAt }) => answeredAt - at),
  'webhook → incident stored (bare: fdatasynced)': until('stored'),
  'webhook → e-mail accepted (bare: posted on)': until('mailed'),
};

function until(what: Mark['what']) {
  return ({ sent, settled }: Round): readonly number[] => {
    const first = new Map<string, number>();
    for (const mark of settled.marks)
      if (mark.what === what && !first.has(mark.token)) first.set(mark.token, mark.at);
    return sent.map(({ token, at }) => (first.get(token) ?? missing(token, what)) - at);
  };
}

function missing(token: string, what: string): never {
  throw new Error(`The alert of ${token} was never ${what}`);
}
