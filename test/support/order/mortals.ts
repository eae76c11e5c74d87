import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** How long a worker lives: so many calls, and whether the last one is still done. */
export interface Life {
  readonly calls: number;
  readonly isLastDone: boolean;
}

interface Worker {
  readonly life: Life | undefined;
  calls: number;
  isDead: boolean;
}

const workers = new AsyncLocalStorage<Worker>();

/** What a worker hears of that is dead: nothing that it does from then on has an effect. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** Lets workers die between two calls to the table of this client, before or after it did what was asked. */
export function letDie({ middlewareStack }: DynamoDBDocumentClient): void {
  middlewareStack.add((next) => (args) => aliveThrough(() => next(args)), {
    step: 'initialize',
    name: 'mortality',
  });
}

/** Makes a call, unless its worker is dead before or dies of it. */
export async function aliveThrough<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  const worker = workers.getStore();
  if (worker === undefined) return call();
  stillAlive();
  worker.calls += 1;
  const isLast = worker.calls === worker.life?.calls;
  if (isLast && !worker.life?.isLastDone) worker.isDead = true;
  stillAlive();
  const answer = await call();
  if (isLast) worker.isDead = true;
  stillAlive();
  return answer;
}

/** Throws when the worker whose code this is has died. */
function stillAlive(): void {
  if (workers.getStore()?.isDead) throw new Died('The worker is dead');
}

/** Runs as a worker with this life; undefined when it died, whatever its code believes to have achieved. */
export async function live<Result>(
  life: Life | undefined,
  run: () => Promise<Result>,
): Promise<Result | undefined> {
  const worker: Worker = { life, calls: 0, isDead: false };
  try {
    const result = await workers.run(worker, run);
    return worker.isDead ? undefined : result;
  } catch (error) {
    if (worker.isDead) return undefined;
    throw error;
  }
}
