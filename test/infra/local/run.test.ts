import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockData } from '../../../infra/local/lock.ts';
import {
  type Greeting,
  makeProject,
  processesWith,
  startCommand,
} from '../../support/sample-stack/command.ts';
import { startSample, temporaryFolder } from '../../support/sample-stack/start.ts';

const folder = temporaryFolder();
const root = realpathSync(folder.path);
const data = `${root}/.local`;
beforeAll(() => makeProject(root));
afterAll(() => folder.remove());

/** Resolves as soon as no process names the project any more. */
async function untilGone(): Promise<void> {
  while (processesWith(root).length > 0) await sleep(20);
}

function sender({ sqs, queue }: Greeting): (name: string) => Promise<unknown> {
  const client = new SQSClient({
    region: 'us-east-1',
    endpoint: sqs,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return (name) =>
    client.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify({ name }) }));
}

describe('the command', () => {
  test('greets, says ready last, and on Ctrl-C ends and leaves no process behind', async () => {
    const { child, lines, exit } = await startCommand(root, ['--fresh']);
    expect(lines.at(-1)).toBe('ready');
    expect(processesWith(root)).not.toEqual([]);
    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
    await untilGone();
  });

  test('refuses a data folder that another runner uses, and says which process', async () => {
    const { child, exit } = await startCommand(root);
    await expect(startCommand(root)).rejects.toThrow(`process ${child.pid}) uses ${data}`);
    child.kill('SIGTERM');
    await exit;
  });

  test('ends, with the reason, when an engine below it dies', async () => {
    const { child, exit, complaint } = await startCommand(root);
    const [engine] = processesWith(`${data}/tables`).map((line) => Number(line.trim().split(' ')[0]));
    expect(engine).not.toBe(child.pid);
    process.kill(engine ?? expect.fail('there is no engine'), 'SIGKILL');
    expect(await exit).toEqual([1, null]);
    expect(complaint()).toMatch(/dynoxide.* has ended by itself \(SIGKILL\)/);
  });

  test('with --watch, synthesizes and starts again when an input changes, on the same data', async () => {
    mkdirSync(`${root}/shared`, { recursive: true });
    writeFileSync(`${root}/cdk.json`, JSON.stringify({ app: 'touch cdk.out/local/manifest.json' }));
    const { lines, child, exit, count } = await startCommand(root, ['--watch']);
    writeFileSync(`${root}/shared/rule.ts`, '');
    await count('ready', 2);
    expect(lines.filter((line) => line === 'ready')).toHaveLength(2);
    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
  });

  test('ends by itself when npm, which started it, is killed', async () => {
    const { child } = await startCommand(root, [], true);
    child.kill('SIGKILL');
    await untilGone();
  });

  test('killed under load, loses no accepted message, leaves no process, and starts again over the same data', async () => {
    const { child, greeting, exit } = await startCommand(root, ['--fresh']);
    const send = sender(greeting);
    const accepted: string[] = [];
    const sending = Array.from({ length: 4 }, async (_, lane) => {
      for (let count = 0; ; count += 1) {
        const name = `${lane}-${String(count).padStart(4, '0')}`;
        await send(name);
        accepted.push(name);
        if (accepted.length === 120) child.kill('SIGKILL');
      }
    });
    await Promise.allSettled(sending);
    expect(await exit).toEqual([null, 'SIGKILL']);
    await untilGone();
    expect(accepted.length).toBeGreaterThanOrEqual(120);
    const sample = await startSample(data);
    // A slow machine may let a function time out: its messages come again when their visibility does.
    await sample.system.clock.fastForward(180_000);
    for (const pk of ['FACT', 'MIRROR']) {
      const stored = (await sample.items(pk)).map((item) => item.sk);
      expect(accepted.filter((name) => !stored.includes(name))).toEqual([]);
    }
    await sample.stop();
  });

  test('keeps everything across a restart, and forgets it with --fresh', async () => {
    const again = await startSample(data);
    expect(await again.items('FACT')).not.toEqual([]);
    await again.stop();
    const fresh = await startSample(data, { fresh: true });
    expect(await fresh.items('FACT')).toEqual([]);
    await fresh.stop();
  });

  test('refuses a folder that holds files of others', async () => {
    const theirs = join(data, 'theirs');
    mkdirSync(join(theirs, 'logs'), { recursive: true });
    await expect(startSample(theirs)).rejects.toThrow(`${theirs} holds logs but no runner.lock`);
  });

  test('takes away what a killed run said of itself, before it can say anything itself', async () => {
    const left = join(data, 'left');
    lockData(left).release();
    writeFileSync(join(left, 'system.json'), '{}');
    // A table engine cannot begin there.
    writeFileSync(join(left, 'tables'), '');
    await expect(startSample(left)).rejects.toThrow();
    expect(existsSync(join(left, 'system.json'))).toBe(false);
  });
});
