import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, expect, test } from 'vitest';
import { movingClock } from '../../../infra/local/clock.ts';
import { startSample, temporaryFolder } from '../../support/sample-stack/start.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const hour = 3_600_000;
const week = 7 * 24 * hour;

test('a week with a schedule for every minute and twenty delayed messages costs seconds, not minutes', async () => {
  const monday = Date.parse('2027-03-01T09:00:00Z');
  const sample = await startSample(folder.path, { clock: movingClock(monday) });
  const QueueUrl = sample.system.find('Work').identity.ref;
  const before = process.cpuUsage();
  for (let page = 0; page < 20; page += 1) {
    const MessageBody = JSON.stringify({ name: `page-${String(page).padStart(2, '0')}` });
    await sample.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: 600 }));
    await sample.system.clock.fastForwardTo(monday + ((page + 1) * week) / 20);
  }
  // Processor time, since what else runs on the machine is not ours. On two free cores it passes in half as much.
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(15_000_000);
  expect(await sample.items('FACT')).toHaveLength(20);
  const sweeps = (await sample.items('SWEEP')).map((item) => Number(item.at));
  // Each tells when it ran, some milliseconds after it was due.
  const gaps = sweeps.map((at, index) => Math.round((at - (sweeps[index - 1] ?? monday)) / 60_000));
  expect(Math.max(...gaps)).toBe(15);
  await sample.stop();
}, 60_000);
