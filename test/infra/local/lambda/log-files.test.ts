import { mkdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createLogFiles } from '../../../../infra/local/lambda/log-files.ts';
import { temporaryFolder } from '../../../support/sample-stack/start.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe('the log files of functions', () => {
  it('[F34] that cannot be written end nothing: that is told once for each, and they are written when they can be', async () => {
    const path = join(folder.path, 'logs');
    // A folder in the place of the file refuses the write, whoever asks.
    mkdirSync(join(path, 'Detect.log'), { recursive: true });
    const told: string[] = [];
    const logs = createLogFiles(path, (text) => told.push(text));
    logs.write('Receive', 'heard\n');
    logs.write('Detect', 'lost\n');
    await vi.waitFor(() => expect(told).toHaveLength(1));
    logs.write('Detect', 'lost too\n');
    rmdirSync(join(path, 'Detect.log'));
    const textOf = (name: string) => readFileSync(join(path, `${name}.log`), 'utf8');
    await vi.waitFor(() => {
      logs.write('Detect', 'kept\n');
      expect(textOf('Detect')).toContain('kept\n');
    });
    await logs.stop();
    expect(textOf('Receive')).toBe('heard\n');
    expect(told).toEqual([expect.stringContaining('The log of Detect cannot be written: E')]);
  });
});
