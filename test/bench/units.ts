import { happenings } from '../costs/bill.ts';
import { amount, dollars } from '../costs/dollars.ts';
import { listPrice, sum } from '../costs/prices.ts';
import { countAll, scenarioNames } from '../costs/scenarios.ts';
import { synthesize } from '../infra/synthesized.ts';
import { textTable } from './figures.ts';

const TIMES = 10;

/** What one of each thing that happens is billed for, failed conditions included, beside an alert that is only repeated. */
export async function units(assembly: string): Promise<string> {
  const counts = await countAll(assembly, TIMES);
  const all = happenings(synthesize().resources, counts);
  const repeat = all.find(({ name }) => name === 'repeat');
  const rows = all.map(({ name, million, traced }) => {
    const one = (value = 0) => amount(value / 1_000_000);
    const cost = listPrice(million);
    return [
      scenarioNames[name],
      ...[million.writeUnits, million.readUnits, million.queueRequests, million.invocations].map(one),
      dollars(cost),
      dollars(listPrice(sum([million, traced]))),
      `${(cost / listPrice(repeat?.million ?? {})).toFixed(2)}×`,
    ];
  });
  return [
    'units: what one takes, and US dollars for a million of it at list prices; the ratio is to one repeated alert',
    textTable(['', 'writes', 'reads', 'SQS', 'invocations', 'USD', 'traced', 'ratio'], rows),
  ].join('\n');
}
