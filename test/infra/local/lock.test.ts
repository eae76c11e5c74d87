import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

test('[F34] a data folder that cannot be written refuses to start, with why and what to do', () => {
  const file = join(folder.path, 'a-file');
  writeFileSync(file, '');
  const below = join(file, 'data');
  expect(() => lockData(below)).toThrow(
    /^Nothing can be written to .*a-file.data \(E.*\): .*another folder with --data$/,
  );
});
