import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startLocal } from '../../../infra/local/runner.ts';
import { processesWith } from '../../support/sample-stack/command.ts';
import { startSample, temporaryFolder } from '../../support/sample-stack/start.ts';
import { synthesizeSample } from '../../support/sample-stack/synthesize.ts';

const folder = temporaryFolder();
const data = join(folder.path, 'data');
afterAll(() => folder.remove());

/** The sample stack with one text of its template replaced. */
function changed(name: string, from: RegExp, to: string): string {
  const assembly = join(folder.path, name);
  cpSync(synthesizeSample(), assembly, { recursive: true });
  const file = join(assembly, 'Sample.template.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  return assembly;
}

describe('starting and stopping a local system', () => {
  test('stops without waiting for a function that never answers', async () => {
    const sample = await startSample(data);
    const hanging = sample.system.functions.invoke(sample.system.find('Odd').id, { do: 'hang' });
    expect(
      await Promise.race([hanging, sample.system.functions.invoke(sample.system.find('Odd').id, {})]),
    ).toMatchObject({ ok: true });
    const stopped = sample.stop().then(() => 'stopped');
    expect(await Promise.race([hanging, stopped])).toBe('stopped');
  });

  test('a resource that cannot start is named, and everything that had started is stopped', async () => {
    const assembly = changed('python', /nodejs24\.x/, 'python3.14');
    await expect(startLocal({ assembly, data, quiet: true })).rejects.toThrow(
      /AWS::Lambda::Function \w+ \(Sample\/Worker\/Resource, \S+app\.ts:\d+\) does not start: .*python3\.14/,
    );
    expect(processesWith(join(data, 'tables'))).toEqual([]);
    const sample = await startSample(data);
    await sample.stop();
  });

  test('a handler that is not in its bundle is refused at the start', async () => {
    const assembly = changed('handler', /"mirror\.handler"/, '"gone/mirror.handler"');
    await expect(startLocal({ assembly, data, quiet: true })).rejects.toThrow(
      /Mirror\w+ .*does not start: .*gone\/mirror\.handler/,
    );
  });

  test('an event source mapping with a setting that is not known here is refused', async () => {
    const assembly = changed(
      'mapping',
      /"BisectBatchOnFunctionError"/,
      '"TumblingWindowInSeconds": 5, "BisectBatchOnFunctionError"',
    );
    await expect(startLocal({ assembly, data, quiet: true })).rejects.toThrow(
      /EventSourceMapping .*TumblingWindowInSeconds/s,
    );
  });

  test('outside the machines that have an engine for tables, the address of one is asked for', async () => {
    const { AWS_ENDPOINT_URL_DYNAMODB: before } = process.env;
    const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
    delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
    Object.defineProperty(process, 'platform', { ...platform, value: 'plan9' });
    try {
      await expect(startLocal({ assembly: synthesizeSample(), data, quiet: true })).rejects.toThrow(
        /plan9-\w+.*AWS_ENDPOINT_URL_DYNAMODB/s,
      );
    } finally {
      Object.defineProperty(process, 'platform', platform);
      if (before !== undefined) process.env.AWS_ENDPOINT_URL_DYNAMODB = before;
    }
  });
});
