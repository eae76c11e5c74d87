import type { Happening } from './bill.ts';
import { drawn } from './chart.ts';
import type { Line } from './declared.ts';
import { dollars } from './dollars.ts';
import { listPrice, sum, type Usage } from './prices.ts';
import { scenarioNames } from './scenarios.ts';

/** What an idle month consists of, the dearest first. */
export function idleChart(lines: readonly Line[]): string {
  const groups = [...Map.groupBy(lines, ({ group }) => group)].map(([name, own]) => ({
    name,
    value: listPrice(sum(own.map(({ month }) => month))),
  }));
  const bars = groups
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value)
    .map(({ name, value }) => ({
      name,
      parts: [{ value, tone: 'main' as const }],
      text: `$${dollars(value)}`,
    }));
  return drawn({ title: 'An idle month, in US dollars at list prices', bars });
}

/** What a million of each happening cost. */
export function alertChart(million: readonly Happening[]): string {
  const bars = million.map(({ name, million: usage, traced }) => {
    const [all, mail, traces] = [listPrice(usage), listPrice(mailOf(usage)), listPrice(traced)];
    return {
      name: scenarioNames[name],
      parts: [
        { value: all - mail, tone: 'main' as const },
        { value: mail, tone: 'mail' as const },
        { value: traces, tone: 'traces' as const },
      ],
      text: `$${dollars(all + traces)}`,
    };
  });
  return drawn({
    title: 'A million of each, in US dollars at list prices',
    bars,
    legend: { main: 'our work', mail: 'e-mail', traces: 'tracing, when they come one by one' },
  });
}

/** The e-mails of a usage, which cost the same whoever sends or receives them. */
export const mailOf = ({ mails = 0, mailsIn = 0 }: Usage): Usage => ({ mails, mailsIn });
