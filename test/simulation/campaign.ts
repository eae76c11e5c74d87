import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { addCounts } from '../support/add-counts.ts';
import { nothing, type Size, together } from './size.ts';
import type { PromiseName } from './violation.ts';

/** Seeds that a worker plays, and what came of them. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** A seed whose run broke a promise. */
export interface Broken {
  readonly seed: number;
  readonly invariant: PromiseName;
  readonly message: string;
}

export interface Played {
  readonly seeds: number;
  readonly size: Size;
  readonly counts: ReadonlyMap<string, number>;
  readonly broken: readonly Broken[];
}

/** Seeds that a worker takes at a time. */
const AT_ONCE = 50;

/** A seed leaves much behind and keeps nothing: most of it is gone before this much is full. */
const resourceLimits = { maxYoungGenerationSizeMb: 48 };

/** Plays so many seeds from 1 on in so many threads; `heard` is told after each part. */
export async function campaign(
  seeds: number,
  threads: number,
  heard: (sofar: Played) => void,
): Promise<Played> {
  const sofar = { seeds: 0, size: nothing, counts: new Map<string, number>(), broken: [] as Broken[] };
  let next = 1;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('work.ts', import.meta.url), { resourceLimits });
    try {
      while (next <= seeds) {
        const part: Part = { from: next, to: Math.min(seeds, next + AT_ONCE - 1) };
        next = part.to + 1;
        worker.postMessage(part);
        const [played] = (await once(worker, 'message')) as [Played];
        sofar.seeds += played.seeds;
        sofar.size = together(sofar.size, played.size);
        addCounts(sofar.counts, played.counts);
        sofar.broken.push(...played.broken);
        heard(sofar);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return { ...sofar, broken: sofar.broken.sort((a, b) => a.seed - b.seed) };
}
