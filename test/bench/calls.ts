import { type Called, callChain } from './call-chain.ts';
import type { Contender } from './contender.ts';
import { figure, textTable } from './figures.ts';
import { sendAtOnce } from './load.ts';
import { tokenOf, webhooksOf } from './webhook.ts';

/** How many calls to AWS one alert costs, by function and operation. */
export function callsPerAlert(calls: readonly Called[], alerts: number): string {
  const byFunction = [...Map.groupBy(calls, (call) => call.function)].sort(([a], [b]) => a.localeCompare(b));
  const rows = byFunction.map(([name, own]) => [
    name,
    figure(own.length / alerts),
    [...Map.groupBy(own, ({ operation }) => operation)]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([operation, same]) => `${operation} ${figure(same.length / alerts)}`)
      .join(', '),
  ]);
  const total = ['all', figure(calls.length / alerts), ''];
  return textTable(['', 'calls', 'of which'], [...rows, total]);
}

const probes = [
  { name: 'one', alerts: 1, times: 20 },
  { name: 'five', alerts: 5, times: 10 },
] as const;

/** What detection does when a batch opens incidents, on a system that does nothing else: which calls wait for which. */
export async function stepsOfOpening(ours: Contender): Promise<string> {
  const rows: string[][] = [];
  for (const { name, alerts, times } of probes) {
    const seen: string[] = [];
    for (let i = 0; i < times; i++) seen.push(await probe(ours, name, i, alerts));
    const kinds = [...Map.groupBy(seen, (one) => one)].sort(([, a], [, b]) => b.length - a.length);
    for (const [what, same] of kinds) rows.push([`${alerts} in a batch, ${same.length} of ${times}`, what]);
  }
  return [
    '\n  Detect, opening incidents: calls that wait for one another (beside them one PutItem keeps the signals)',
    textTable(['', ''], rows).trimStart().replace(/^/, '  '),
  ].join('\n');
}

async function probe(ours: Contender, name: string, number: number, alerts: number): Promise<string> {
  const tokens = Array.from({ length: alerts }, (_, i) => tokenOf(name, number * alerts + i));
  await sendAtOnce(ours.url, [webhooksOf(tokens)], 1);
  const { calls, at } = await ours.settle();
  const own = calls.filter(
    (call) => call.function === 'Detect' && call.operation !== 'PutItem' && call.ended <= at,
  );
  return `${callChain(own).length} steps: ${counted(own)}`;
}

function counted(calls: readonly Called[]): string {
  return [...Map.groupBy(calls, ({ operation }) => operation)]
    .sort(([, a], [, b]) => beginOf(a) - beginOf(b))
    .map(([operation, same]) => (same.length === 1 ? operation : `${same.length} ${operation}`))
    .join(' → ');
}

const beginOf = (calls: readonly Called[]): number => Math.min(...calls.map(({ begun }) => begun));
