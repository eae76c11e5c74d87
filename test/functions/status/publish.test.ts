import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ChangeMessageVisibilityCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { log } from '../../../functions/edge/log.ts';
import { HOUR } from '../../../shared/kernel/index.ts';
import { emptyPage, evolvedBy, storedText } from '../../../shared/status/index.ts';
import { env } from '../../../shared/wiring/index.ts';
import { samplePage } from '../../support/sample-page.ts';
import {
  anyHistory,
  component,
  incident,
  maintenanceId,
  NOON,
  type Numbered,
  page,
  play,
  update,
} from '../../support/status-page.ts';

const api = 'https://api.example.com/live';
const s3 = mockClient(S3Client);
const sqs = mockClient(SQSClient);
/** The bucket, and what was written in which order. */
const bucket = new Map<string, string>();
const written: string[] = [];
/** How many writes are still let through. */
let strength = Number.POSITIVE_INFINITY;
const { now } = clock;

beforeAll(() => {
  process.env[env.publishQueue] = 'https://sqs.eu-central-1.amazonaws.com/1/Publish.fifo';
  process.env[env.statusBucket] = 'pages';
  process.env[env.statusUrl] = 'https://status.example.com';
  process.env[env.publicUrl] = api;
  vi.spyOn(log, 'error').mockReturnValue(undefined);
});
afterAll(() => {
  vi.restoreAllMocks();
  s3.restore();
  sqs.restore();
  clock.now = now;
});
beforeEach(() => {
  for (const one of [bucket, s3, sqs]) 'reset' in one ? one.reset() : one.clear();
  written.length = 0;
  strength = Number.POSITIVE_INFINITY;
  clock.now = () => NOON;
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => {
    const text = bucket.get(Key);
    if (text === undefined) throw new NoSuchKey({ message: 'none', $metadata: {} });
    return { Body: { transformToString: async () => text } };
  });
  s3.on(PutObjectCommand).callsFake(({ Key, Body }: { Key: string; Body: string }) => {
    if (strength-- <= 0) throw new Error('the function was killed');
    bucket.set(Key, Body);
    written.push(Key);
    return {};
  });
  s3.on(ListObjectsV2Command).callsFake(({ Prefix }: { Prefix: string }) => ({
    Contents: [...bucket.keys()].filter((key) => key.startsWith(Prefix)).map((Key) => ({ Key })),
  }));
  sqs.on(SendMessageBatchCommand).resolves({});
  sqs.on(ChangeMessageVisibilityCommand).resolves({});
});

const STATE = `private/pages/${page}/state.json`;

/** Hands messages to the publisher; gives the ids of those that failed. */
async function publish(...bodies: readonly unknown[]): Promise<readonly string[]> {
  const { handler } = await import('../../../functions/status/publish.queue.ts');
  const Records = bodies.map((body, i) => ({
    ...{ messageId: `m${i}`, receiptHandle: `r${i}`, body: JSON.stringify(body) },
    eventSourceARN: 'arn:aws:sqs:eu-central-1:1:Publish.fifo',
    attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0' },
  }));
  const { batchItemFailures } = await handler({ Records } as unknown as SQSEvent, {} as Context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const message = ({ seq, data }: Numbered, root = true) => ({ kind: 'publish', page, root, seq, data });

const { facts } = play([
  [component('shop'), NOON],
  [incident('x', { shop: 'major_outage' }), NOON],
  [update('x', 2, 'identified'), NOON],
  [update('x', 3, 'resolved'), NOON],
]);

describe('the publisher', () => {
  it('writes the page after all that it links to, and what it keeps last', async () => {
    expect(await publish(...facts.map((fact) => message(fact)))).toEqual([]);
    expect(written.slice(-2)).toEqual(['public/index.html', STATE]);
    expect(bucket.get('public/index.html')).toContain('All Systems Operational');
    expect(JSON.parse(bucket.get('public/api/v2/summary.json') ?? '')).toMatchObject({ incidents: [] });
  });

  it('tells browsers and the CDN what each file is, and to keep a page for ten seconds', async () => {
    await publish(...facts.map((fact) => message(fact)));
    const told = new Map(
      s3
        .commandCalls(PutObjectCommand)
        .map(({ args: [{ input }] }) => [input.Key, [input.ContentType, input.CacheControl]]),
    );
    expect(told.get('public/index.html')).toEqual(['text/html; charset=utf-8', 'public, max-age=10']);
    expect(told.get('public/api/v2/status.json')).toEqual(['application/json', 'public, max-age=10']);
    expect(told.get('public/history.atom')).toEqual([
      'application/atom+xml; charset=utf-8',
      'public, max-age=10',
    ]);
    expect(told.get(STATE)).toEqual(['application/json', 'no-store']);
    const [sheet] = [...told].filter(([key]) => key?.endsWith('.css'));
    expect(sheet?.[1]).toEqual(['text/css; charset=utf-8', 'public, max-age=31536000, immutable']);
  });

  it('puts another page below its own name', async () => {
    await publish(...facts.map((fact) => message(fact, false)));
    expect(written).toContain(`public/${page}/index.html`);
    expect(written).not.toContain('public/index.html');
    expect(bucket.get(`public/${page}/history.atom`)).toContain(
      `https://status.example.com/${page}/history.atom`,
    );
  });

  it('writes nothing when it hears the same again', async () => {
    await publish(...facts.map((fact) => message(fact)));
    written.length = 0;
    expect(await publish(...facts.map((fact) => message(fact)))).toEqual([]);
    expect(written).toEqual([]);
  });

  it('[F87] goes on with what it has when a number is missing, and takes that in when it comes', async () => {
    const [first, second, third, fourth] = facts.map((fact) => message(fact));
    await publish(first, fourth);
    expect(JSON.parse(bucket.get('public/status.json') ?? '')).toMatchObject({
      incidents: [],
      indicator: 'none',
    });
    await publish(second);
    await publish(third);
    expect(JSON.parse(bucket.get('public/status.json') ?? '')).toMatchObject({
      incidents: [],
      past: [
        {
          state: 'resolved',
          updates: [{ state: 'resolved' }, { state: 'identified' }, { state: 'investigating' }],
        },
      ],
    });
  });

  it('keeps, in whatever order and batches facts come, byte for byte what a rebuild makes of them', async () => {
    const scene = anyHistory
      .map((history) => play(history).facts)
      .chain((all) =>
        fc.tuple(
          fc.constant(all),
          fc.shuffledSubarray([...all], { minLength: all.length }),
          fc.integer({ min: 1, max: 9 }),
        ),
      );
    await fc.assert(
      fc.asyncProperty(scene, async ([all, shuffled, size]) => {
        bucket.clear();
        for (let at = 0; at < shuffled.length; at += size)
          await publish(...shuffled.slice(at, at + size).map((fact) => message(fact)));
        const state = evolvedBy(emptyPage, all);
        const rebuilt = storedText({ page, root: true, writtenAt: NOON, api, state });
        expect(bucket.get(STATE) ?? '').toBe(all.length === 0 ? '' : rebuilt);
      }),
      { numRuns: 40 },
    );
  });

  it('[F85] that is killed anywhere leaves the page of before or the new one, and resumes', async () => {
    await publish(message(facts[0] as Numbered));
    const before = new Map(bucket);
    const rest = facts.slice(1).map((fact) => message(fact));
    await publish(...rest);
    const after = new Map(bucket);
    const writes = written.length;
    for (let killedAfter = 0; killedAfter < writes; killedAfter++) {
      bucket.clear();
      for (const [key, text] of before) bucket.set(key, text);
      strength = killedAfter;
      const failed = await publish(...rest);
      strength = Number.POSITIVE_INFINITY;
      expect([before.get('public/index.html'), after.get('public/index.html')]).toContain(
        bucket.get('public/index.html'),
      );
      await publish(...(failed.length > 0 ? rest : []));
      expect(bucket).toEqual(after);
    }
  });

  it('[F85] whose bucket refuses fails all messages of the page, which come again in their order', async () => {
    strength = 0;
    expect(await publish(...facts.map((fact) => message(fact)))).toEqual(facts.map((_, i) => `m${i}`));
    expect(sqs.commandCalls(ChangeMessageVisibilityCommand)).toHaveLength(facts.length);
    expect(bucket.size).toBe(0);
  });

  it('does not keep a page back because of another, nor a message because of one that is none', async () => {
    bucket.set('private/pages/page_00000000000000000000000001/state.json', 'damaged');
    const other = { ...message(facts[0] as Numbered), page: 'page_00000000000000000000000001' };
    expect(await publish({ kind: 'odd' }, other, message(facts[0] as Numbered))).toEqual(['m0', 'm1']);
    expect(bucket.has('public/index.html')).toBe(true);
  });
});

describe('the look at pages every five minutes', () => {
  const look = async (at: number) => {
    sqs.resetHistory();
    clock.now = () => at;
    const { handler } = await import('../../../functions/status/refresh.schedule.ts');
    await handler();
    return sqs.commandCalls(SendMessageBatchCommand).flatMap(({ args: [{ input }] }) => input.Entries ?? []);
  };

  it('asks for a page that time has changed, once for each, and for no other', async () => {
    bucket.set(STATE, storedText({ page, root: true, writtenAt: NOON, state: samplePage() }));
    expect(await look(NOON + 1)).toEqual([]);
    const [entry, ...others] = await look(NOON + HOUR);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      MessageGroupId: page,
      MessageDeduplicationId: expect.stringContaining(page),
    });
    expect(entry).not.toHaveProperty('DelaySeconds');
    expect(JSON.parse(entry?.MessageBody ?? '')).toEqual({ kind: 'refresh', page, root: true });
  });

  it('has maintenance begin and end on the page, and is quiet once that is written', async () => {
    const work = {
      do: 'schedule' as const,
      id: maintenanceId('m'),
      maintenance: {
        ...{ title: 'm', text: 'm', components: [], internal: false },
        ...{ from: NOON + HOUR, until: NOON + 2 * HOUR },
      },
    };
    await publish(...play([[work, NOON]]).facts.map((fact) => message(fact)));
    expect(bucket.get('public/index.html')).toContain('Scheduled');
    const [entry] = await look(NOON + HOUR);
    await publish(JSON.parse(entry?.MessageBody ?? ''));
    expect(bucket.get('public/index.html')).toContain('In progress');
    expect(await look(NOON + HOUR + 1)).toEqual([]);
    expect(await look(NOON + 2 * HOUR)).toHaveLength(1);
  });
});
