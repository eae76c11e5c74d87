import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkOwn, forget } from '../../../infra/local/forget.ts';
import { lockData } from '../../../infra/local/lock.ts';
import { temporaryFolder } from '../../support/sample-stack/start.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

test('a start refuses a folder with files of others under its names, and takes its own', () => {
  const data = join(folder.path, 'data');
  checkOwn(data);
  mkdirSync(join(data, 'logs'), { recursive: true });
  writeFileSync(join(data, 'notes.txt'), 'mine');
  expect(() => checkOwn(data)).toThrow(
    /data holds logs but no runner\.lock, .*, and --fresh delete them\. Choose another folder with --data/,
  );
  lockData(data).release();
  checkOwn(data);
  forget(data);
  expect(existsSync(join(data, 'logs'))).toBe(false);
  expect(existsSync(join(data, 'notes.txt'))).toBe(true);
});
