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
  return `\n  AWS calls per alert\n${textTable(['', 'calls', 'of which'], [...rows, total])}`;
}

/** What detection does when a batch opens incidents, on a system that does nothing else: which calls wait for which. */
export async function stepsOfOpening(ours: Contender): Promise<string> {
  const lines = [];
  for (const [name, alerts, probes] of [
    ['one', 1, 20],
    ['five', 5, 10],
  ] as const) {
    const chains: string[] = [];
    for (let i = 0; i < probes; i++) chains.push(await probe(ours, name, i, alerts));
    const seen = [...Map.groupBy(chains, (chain) => chain)].sort(([, a], [, b]) => b.length - a.length);
    for (const [chain, same] of seen)
      lines.push(`  ${alerts} in a batch, ${same.length} of ${probes}: ${chain}`);
  }
  return `\n  Detect, opening incidents: calls one after another\n${lines.join('\n')}`;
}

async function probe(ours: Contender, name: string, number: number, alerts: number): Promise<string> {
  const tokens = Array.from({ length: alerts }, (_, i) => tokenOf(name, number * alerts + i));
  await sendAtOnce(ours.url, [webhooksOf(tokens)], 1);
  const { calls } = await ours.settle();
  const chain = callChain(calls.filter((call) => call.function === 'Detect'));
  return `${chain.length} (${chain.join(' → ')})`;
}
