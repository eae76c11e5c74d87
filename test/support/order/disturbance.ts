import type { EngineCall } from '../../../infra/local/proxy/call.ts';
import type { Fault } from '../../../infra/local/proxy/fault.ts';
import { chancesOf } from '../../../infra/local/shuffle.ts';
import type { Life } from './mortals.ts';

/** What goes wrong in one run; all of it follows from the run's seed and from what is asked of it. */
export interface Disturbance {
  /** What befalls a call to the table. */
  befalls(call: EngineCall): Fault | undefined;
  /** What befalls a message that is sent: it is refused, or it is taken and the answer is lost. */
  sending(): 'refused' | 'unheard' | undefined;
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
];

/** How the table fails, each as DynamoDB answers: reads meet no transactions here, and only a batch is done in part. */
function faultsOf(operation: string): readonly Fault[] {
  if (operation.startsWith('Batch')) return [...anywhere, { kind: 'part' }];
  return operation === 'Query' || operation === 'GetItem' ? anywhere : [...anywhere, { kind: 'conflict' }];
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
    befalls({ operation }) {
      if (next() >= probability) return undefined;
      const fault = pick(faultsOf(operation));
      return fault && told(fault.kind, fault);
    },
    sending() {
      if (next() >= probability) return undefined;
      return next() < 0.5 ? told('send refused', 'refused') : told('send unheard', 'unheard');
    },
    life() {
      if (next() >= 2 * probability) return undefined;
      return told('worker died', { calls: 1 + Math.floor(next() * 12), isLastDone: next() < 0.5 });
    },
  };
}

/** Nothing goes wrong. */
export const calm: Disturbance = disturbance(0, 0);
