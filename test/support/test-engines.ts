import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { movingClock } from '../../infra/local/clock.ts';
import { startShimmed } from '../../infra/local/engines/shimmed-worker.ts';
import { shortLived } from './memory.ts';

/** An engine of a test, on a free port of 127.0.0.1. */
export interface TestEngine {
  readonly url: string;
  stop(): Promise<void>;
}

/** The engine for buckets, with these buckets. */
export async function bucketEngine(...buckets: readonly string[]): Promise<TestEngine> {
  const folder = await mkdtemp(join(shortLived(), 'buckets-'));
  const module = new URL('../../infra/local/engines/fauxqs-thread.ts', import.meta.url);
  const engine = await startShimmed(module, { folder, region: 'eu-central-1' }, movingClock());
  const url = `http://127.0.0.1:${engine.ready}`;
  for (const bucket of buckets) await fetch(`${url}/${bucket}`, { method: 'PUT' });
  const stop = async () => {
    await engine.stop();
    await rm(folder, { recursive: true });
  };
  return { url, stop };
}

/** The engine for mail. */
export async function mailEngine(clock = movingClock()): Promise<TestEngine> {
  const module = new URL('../../infra/local/engines/mail-thread.ts', import.meta.url);
  const engine = await startShimmed(module, {}, clock);
  return { url: `http://127.0.0.1:${engine.ready}`, stop: () => engine.stop() };
}
