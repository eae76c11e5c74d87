import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { openCheckpoints } from '../../../../infra/local/streams/checkpoints.ts';
import { temporaryFolder } from '../../../support/sample-stack/start.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

test('checkpoints survive a restart, and tell what every reader of a table has passed', () => {
  const file = join(folder.path, 'checkpoints.json');
  const first = openCheckpoints(file);
  expect(first.get('One')).toBeUndefined();
  first.set('One', { table: 'A', shard: 's', sequence: '9' });
  first.set('Two', { table: 'A', shard: 's', sequence: '10' });
  first.set('Two', { table: 'A', shard: 's', sequence: '12' });
  first.set('Three', { table: 'B', shard: 's', sequence: '3' });
  first.stop();
  const second = openCheckpoints(file);
  expect(second.get('Two')).toEqual({ table: 'A', shard: 's', sequence: '12' });
  expect(second.consumed()).toEqual(
    new Map([
      ['A', 9n],
      ['B', 3n],
    ]),
  );
  second.stop();
});

test('[F34] checkpoints that cannot be written end nothing: that is told once, and they are written when they can be', () => {
  vi.useFakeTimers();
  try {
    const file = join(folder.path, 'full.json');
    // A folder in the place of the file refuses the write, whoever asks.
    mkdirSync(`${file}.new`);
    const told: string[] = [];
    const checkpoints = openCheckpoints(file, (text) => told.push(text));
    checkpoints.set('One', { table: 'A', shard: 's', sequence: '9' });
    vi.advanceTimersByTime(3_500);
    expect(told).toEqual([expect.stringContaining('How far the streams were read cannot be written: E')]);
    checkpoints.set('One', { table: 'A', shard: 's', sequence: '10' });
    rmdirSync(`${file}.new`);
    vi.advanceTimersByTime(1_000);
    expect(told.slice(1)).toEqual(['How far the streams were read is written again.']);
    expect(openCheckpoints(file).get('One')).toMatchObject({ sequence: '10' });
    checkpoints.stop();
  } finally {
    vi.useRealTimers();
  }
});
