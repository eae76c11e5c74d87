import type { EngineCall } from '../../../infra/local/proxy/call.ts';
import type { Fault } from '../../../infra/local/proxy/fault.ts';
import { chancesOf } from '../../../infra/local/shuffle.ts';
import type { Life } from './mortals.ts';

/** What goes wrong in one run; all of it follows from the run's seed and from what is asked of it. */
export interface Disturbance {
  /** What befalls a call to the table or to a queue. */
  befalls(call: EngineCall): Fault | undefined;
  /** How long the next worker lives; undefined when nothing ends it. */
  life(): Life | undefined;
  /** How often what happened. */
  readonly happened: Map<string, number>;
}

const anywhere: readonly Fault[] = [
  { kind: 'throttle' },
  { kind: 'internal-error', done: false },
  { kind: 'internal-error', done: true },
  { kind: 'lose-answer' },
  { kind: 'twice' },
];

const reads: ReadonlySet<string> = new Set(['Query', 'GetItem']);

/** How engines fail, each as its service answers: reads meet no transactions here, and only a batch is done in part. */
function faultsOf({ service, operation }: EngineCall): readonly Fault[] {
  const isBatch = operation.startsWith('Batch') || operation.endsWith('Batch');
  const meetsOthers = service === 'dynamodb' && !isBatch && !reads.has(operation);
  return [
    ...anywhere,
    ...(isBatch ? [{ kind: 'part' } as const] : []),
    ...(meetsOthers ? [{ kind: 'conflict' } as const] : []),
  ];
}

/** The names of all that happens, as it is counted. */
export const everyFault: readonly string[] = [
  ...['dynamodb', 'sqs'].flatMap((service) =>
    [...anywhere.map(({ kind }) => kind), 'part', 'late'].map((kind) => `${service} ${kind}`),
  ),
  'dynamodb conflict',
  'worker died',
];

/** How many of the faults are that a call is done late, while others overtake it. */
const LATE = 0.15;

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Everything that can go wrong, each of it with this probability and at its moments as the seed has it. */
export function disturbance(seed: number, probability: number): Disturbance {
  const next = chancesOf(seed);
  const happened = new Map<string, number>();
  const told = <What>(name: string, what: What): What => {
    happened.set(name, (happened.get(name) ?? 0) + 1);
    return what;
  };
  const pick = <Choice>(choices: readonly Choice[]): Choice | undefined =>
    choices[Math.floor(next() * choices.length)];
  return {
    happened,
    befalls(call) {
      if (next() >= probability) return undefined;
      if (next() < LATE)
        return told(`${call.service} late`, { kind: 'delay', until: turns(1 + next() * 30) });
      const fault = pick(faultsOf(call));
      return fault && told(`${call.service} ${fault.kind}`, fault);
    },
    life() {
      if (next() >= 2 * probability) return undefined;
      return told('worker died', { calls: 1 + Math.floor(next() * 12), isLastDone: next() < 0.5 });
    },
  };
}

/** Nothing goes wrong. */
export const calm: Disturbance = disturbance(0, 0);
