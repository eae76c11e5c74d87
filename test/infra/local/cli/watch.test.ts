import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchInputs } from '../../../../infra/local/cli/watch.ts';

let root: string;
let unwatch: () => void;
let heard: () => void;
const next = (): Promise<void> =>
  new Promise((resolve) => {
    heard = resolve;
  });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'watch-'));
  mkdirSync(join(root, 'shared/kernel'), { recursive: true });
  writeFileSync(join(root, 'shared/kernel/time.ts'), 'a');
  writeFileSync(join(root, 'cdk.json'), '{}');
  unwatch = watchInputs(root, () => heard(), 'settings.local.json');
});
afterEach(() => {
  unwatch();
  rmSync(root, { recursive: true, force: true });
});

/** As many editors save: the new text beside the old, then in its place. */
function replace(path: string, text: string): void {
  writeFileSync(join(root, `${path}.new`), text);
  renameSync(join(root, `${path}.new`), join(root, path));
}

describe('watching the inputs of the stack', () => {
  it('hears each save of a file, also those that replace it', async () => {
    for (const text of ['b', 'c', 'd']) {
      const told = next();
      replace('shared/kernel/time.ts', text);
      await told;
    }
    const told = next();
    writeFileSync(join(root, 'shared/kernel/time.ts'), 'e');
    await told;
  });

  it('hears of files beside the folders, and of folders that are new', async () => {
    let told = next();
    replace('cdk.json', '{"context":{}}');
    await told;
    told = next();
    mkdirSync(join(root, 'shared/status'));
    await told;
    told = next();
    writeFileSync(join(root, 'shared/status/page.ts'), 'a');
    await told;
  });

  it('hears of a file of settings that was not there at first, and of what is written into it later', async () => {
    for (const text of ['{}', '{"tracing":true}']) {
      const told = next();
      replace('settings.local.json', text);
      await told;
    }
  });

  it('does not hear of what is made, nor of other files', async () => {
    let times = 0;
    heard = () => {
      times += 1;
    };
    mkdirSync(join(root, 'shared/dist'));
    writeFileSync(join(root, 'notes.txt'), 'a');
    const told = new Promise<void>((resolve) => {
      heard = () => {
        times += 1;
        resolve();
      };
    });
    writeFileSync(join(root, 'shared/kernel/time.ts'), 'b');
    await told;
    expect(times).toBe(1);
  });
});
