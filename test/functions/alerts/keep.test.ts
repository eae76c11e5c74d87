import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canaryHome, env } from '../../../shared/wiring/index.ts';
import { receivedAt } from '../../support/alert-fixture.ts';
import { doorOf } from './world.ts';

const s3 = mockClient(S3Client);
const door = doorOf('sentry');
const bytes = Buffer.from('{"title":"Disk full"}');
const taken = { door, bytes, status: 202 };
process.env[env.deliveryBucket] = 'deliveries';

/** What keeps bodies in a process that just started. */
async function started() {
  vi.resetModules();
  return (await import('../../../functions/alerts/keep.ts')).keepDelivery;
}
const kept = () => s3.commandCalls(PutObjectCommand).length;

beforeEach(() => {
  s3.reset();
  s3.on(PutObjectCommand).resolves({});
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => s3.restore());

describe('a body', () => {
  it('that is the first which a process takes is not kept, since its sender has waited for the start; the next is', async () => {
    const keep = await started();
    await keep('first', taken, receivedAt);
    expect(kept()).toBe(0);
    await keep('second', taken, receivedAt);
    expect(kept()).toBe(1);
  });

  it('that is the first after one of the canary is kept', async () => {
    const keep = await started();
    await keep('canary', { ...taken, door: { ...door, org: canaryHome.org } }, receivedAt);
    await keep('first', taken, receivedAt);
    expect(kept()).toBe(1);
  });

  it('that is the first and refused is kept: its sender loses nothing by waiting', async () => {
    const keep = await started();
    await keep('first', { ...taken, status: 400, reason: 'It is no JSON.' }, receivedAt);
    expect(kept()).toBe(1);
  });

  it('that a slow store does not take lets its sender go after a quarter of a second', async () => {
    const keep = await started();
    await keep('first', taken, receivedAt);
    s3.on(PutObjectCommand).callsFake(() => new Promise(() => undefined));
    vi.useFakeTimers();
    let isDone = false;
    const waiting = keep('second', taken, receivedAt).then(() => {
      isDone = true;
    });
    await vi.advanceTimersByTimeAsync(249);
    expect(isDone).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isDone).toBe(true);
    await waiting;
  });
});
