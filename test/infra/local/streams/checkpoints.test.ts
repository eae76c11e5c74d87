import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
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
