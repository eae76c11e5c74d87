import { afterAll, expect, test } from 'vitest';
import { lockData } from '../../../infra/local/lock.ts';
import { temporaryFolder } from '../../support/sample-stack/start.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

test('a data folder belongs to one runner until that lets it go', () => {
  const lock = lockData(folder.path);
  expect(() => lockData(folder.path)).toThrow(
    `Another local runner (process ${process.pid}) uses ${folder.path}`,
  );
  lock.release();
  lockData(folder.path).release();
});
