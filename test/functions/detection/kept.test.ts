import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keptSignals } from '../../../functions/aws/kept-signals.ts';
import { chunksOf, eachSignal, keepSignals, type Row } from '../../../functions/aws/signals.ts';
import { table } from '../../../functions/aws/table.ts';
import { isUncounted, markMinute, uncountedMinutes } from '../../../functions/aws/uncounted.ts';
import { contentName, contentOf, type SignalsMessage } from '../../../shared/alerts/index.ts';
import {
  DAY,
  dayOfMinute,
  idOf,
  MINUTE,
  minuteOf,
  type OrganisationId,
} from '../../../shared/kernel/index.ts';
import { schema, shardOf, shards } from '../../../shared/table/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';
import { epoch, fingerprint, post, signal } from '../../support/signals.ts';

let engine: { stop(): Promise<void> };
let org: OrganisationId = 'org_KEPT';
let count = 0;
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());
beforeEach(() => {
  org = idOf('organisation', epoch, `kept ${count++}`);
});

/** A POST that says something of each of these alerts, received so many seconds after the epoch. */
const posted = (second: number, names: readonly string[], more: Partial<SignalsMessage> = {}) => ({
  ...post(
    ...names.map((name) => signal(name, 'firing', second, { labels: { pod: name }, title: `${name} ails` })),
  ),
  ...{ org, receivedAt: epoch + second * 1_000, ...more },
});

async function read(from: number, to: number, most = 10_000) {
  const minutes = [minuteOf(epoch + from * 1_000), minuteOf(epoch + to * 1_000)] as const;
  const found = [];
  for await (const one of keptSignals(org, { minutes, most, now: epoch })) found.push(one);
  return found;
}

const names = async (from: number, to: number) =>
  (await read(from, to)).flatMap(({ signals }) => signals.map(({ signal: one }) => one.labels.pod));

describe('kept signals', () => {
  it('are read minute by minute in the order in which they were received, over days', async () => {
    const seconds = [0, 1, 61, 3_600, 90_000, 90_001, 200_000];
    for (const second of seconds.toReversed())
      await keepSignals(org, [posted(second, [`pod-${second}`])], 30);
    expect(await names(0, 200_000)).toEqual(seconds.map((second) => `pod-${second}`));
    expect(await names(60, 90_000)).toEqual(['pod-61', 'pod-3600', 'pod-90000', 'pod-90001']);
    expect((await read(0, 200_000)).map(({ minute }) => minute - minuteOf(epoch))).toEqual([
      0, 1, 60, 1_500, 3_333,
    ]);
  });

  it('come once, however often and in whatever company they were kept', async () => {
    const [a, b, c] = [posted(1, ['a', 'b']), posted(2, ['c']), posted(3, ['d'])];
    for (const batch of [[a], [a, b], [b, c], [c, a], [a]]) await keepSignals(org, batch, 30);
    expect(await names(0, 10)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('say all that a rule could see, their links left out', async () => {
    const more = { source: 'datadog', tellsState: true, own: true } as const;
    const one = signal('x', 'resolved', 3, {
      ...{ description: 'Why', severity: 'P2_HIGH', until: epoch + 9_000, unacknowledged: true },
      ...{ flags: ['clock', 'test'], links: [{ href: 'https://example.com', text: 'Runbook' }] },
    });
    const message = { ...post(one), org, ...more };
    await keepSignals(org, [message], 30);
    const { receipt, receivedAt, integration } = message;
    expect((await read(0, 10)).flatMap(({ signals }) => signals)).toEqual([
      { from: { receipt, receivedAt, integration, ...more }, place: 0, signal: { ...one, links: [] } },
    ]);
  });

  it('are as many as were kept, however much they say', async () => {
    const many = Array.from({ length: 2_300 }, (_, i) => fingerprint(`unlike ${i}`).repeat(5));
    await keepSignals(org, [posted(1, many)], 30);
    expect(await names(0, 10)).toEqual(many);
    const lines: string[] = [];
    await eachSignal(org, minuteOf(epoch), ({ fingerprint: one }) => lines.push(one));
    expect(new Set(lines).size).toBe(many.length);
    const minute = minuteOf(epoch);
    const stretch = { day: dayOfMinute(minute), from: minute, to: minute };
    for (const shard of Array(shards.signals).keys()) {
      const { items } = await table.query<Row>(chunksOf(org, shard, stretch));
      for (const { body, ids } of items) expect(body.length + ids.length).toBeLessThanOrEqual(300_000);
    }
  });

  it('of a minute with more than are wanted are told to be too many', async () => {
    await keepSignals(org, [posted(1, ['a', 'b', 'c']), posted(61, ['d'])], 30);
    expect(await read(0, 100, 2)).toMatchObject([
      { tooMany: true, signals: [] },
      { signals: [{ place: 0 }] },
    ]);
  });

  it('[F15] of a storm lie in more partitions than usual, and are read all the same, each once', async () => {
    const pods = Array.from({ length: 150 }, (_, i) => `pod-${i}`);
    const posts = pods.map((pod, i) => posted(i / 10, [pod]));
    for (const one of [...posts, posted(70, ['later']), ...posts]) await keepSignals(org, [one], 30);
    expect(await names(0, 100)).toEqual([...pods, 'later']);
    const lines = new Set<string>();
    await eachSignal(org, minuteOf(epoch), ({ fingerprint: one }) => lines.add(one));
    expect(lines.size).toBe(pods.length);
    const minute = minuteOf(epoch);
    const stretch = { day: dayOfMinute(minute), from: minute, to: minute };
    const used = await Promise.all(
      [...Array(shards.storm).keys()].map((shard) => table.query<Row>(chunksOf(org, shard, stretch))),
    );
    expect(used.filter(({ items }) => items.length > 0).length).toBeGreaterThan(2 * shards.signals);
  });

  it('of a minute with more than are wanted are the first or the last of it where that is asked for', async () => {
    await keepSignals(org, [posted(1, ['a', 'b', 'c'])], 30);
    await keepSignals(org, [posted(2, ['d', 'e', 'f', 'g'])], 30);
    const some = async (keep: 'first' | 'last') => {
      const minutes = [minuteOf(epoch), minuteOf(epoch)] as const;
      const found = [];
      for await (const one of keptSignals(org, { minutes, most: 2, now: epoch, keep })) found.push(one);
      return found.map(({ tooMany, signals }) => [
        tooMany,
        signals.map(({ signal: { labels } }) => labels.pod),
      ]);
    };
    expect([await some('first'), await some('last')]).toEqual([[[true, ['a', 'b']]], [[true, ['f', 'g']]]]);
  });

  it('of another organisation are not among them', async () => {
    await keepSignals(org, [posted(1, ['a'])], 30);
    org = idOf('organisation', epoch, 'another');
    expect(await names(0, 10)).toEqual([]);
  });
});

describe('what is said again and again', () => {
  it('is kept once a day when it is long, and found on each', async () => {
    const long = Array.from({ length: 12 }, (_, i) => fingerprint(`long ${i}`).repeat(4));
    for (let i = 0; i < 5; i++) await keepSignals(org, [posted(i, long)], 30);
    for (let i = 0; i < 3; i++) await keepSignals(org, [posted(86_400 + i, long)], 30);
    const all = await names(0, 90_000);
    expect([all.length, new Set(all).size]).toEqual([8 * 12, 12]);
  });
});

describe('signals that are kept for longer from now on', () => {
  const long = Array.from({ length: 12 }, (_, i) => fingerprint(`kept ${i}`).repeat(4));
  const keyOf = (name: string) => {
    const content = contentName(
      contentOf(signal(name, 'firing', 0, { labels: { pod: name }, title: `${name} ails` })),
    );
    return schema.signalContent.key({ org, day: dayOfMinute(minuteOf(epoch)), content });
  };
  const endOf = async () =>
    Math.floor(((await table.get<{ ttl: number }>(keyOf(long[0] ?? '')))?.ttl ?? 0) / 86_400);

  it('keep for as long what they say again and again, and no worker that has not heard of it takes that back', async () => {
    const today = dayOfMinute(minuteOf(epoch)) + 1;
    for (let i = 0; i < 2; i++) await keepSignals(org, [posted(i, long)], 30);
    expect(await endOf()).toBe(today + 30);
    for (let i = 2; i < 4; i++) await keepSignals(org, [posted(i, long)], 400);
    expect(await endOf()).toBe(today + 400);
    for (let i = 4; i < 6; i++) await keepSignals(org, [posted(i, long)], 90);
    expect(await endOf()).toBe(today + 400);
  });

  it('can be read without those whose words are gone, which are counted', async () => {
    for (let i = 0; i < 3; i++) await keepSignals(org, [posted(i, long)], 30);
    await table.remove(keyOf(long[0] ?? ''));
    const [minute] = await read(0, 10);
    // The first POST, and what it said, is whole.
    expect([minute?.signals.length, minute?.lost]).toEqual([3 * 12 - 2, 2]);
  });
});

describe('[F30] a minute that is to be counted', () => {
  const minute = minuteOf(epoch);

  it('is left alone by version 0.1.0, which could not read what is kept of it', async () => {
    await markMinute(org, minute, epoch);
    expect(await table.get(schema.uncountedMinute.key({ org, minute }))).not.toHaveProperty('dueAt');
  });

  it('that version 0.1.0 marked is counted with what that version kept, and what this one did', async () => {
    const dueAt = epoch + MINUTE;
    const shard = shardOf(`${org} ${minute}`, shards.due);
    const place = schema.uncountedMinute.index('gsi2', { shard, dueAt, org, minute });
    const mark = { ...schema.uncountedMinute.key({ org, minute }), ...place };
    await table.put({ ...mark, kind: 'uncounted', org, minute, dueAt });
    const chunk = schema.minuteChunk.key({ org, minute, shard: 0, hash: 'x' });
    const line = { receipt: 'r', place: 0, fingerprint: 'f', state: 'firing', at: epoch, receivedAt: epoch };
    await table.put({ ...chunk, kind: 'signals', lines: [{ ...line, by: 0 }], integrations: ['int_A'] });
    await keepSignals(org, [posted(1, ['a'])], 30);
    expect(await uncountedMinutes(shard, epoch + DAY, 10)).toContainEqual({ org, minute, dueAt });
    expect(await isUncounted({ org, minute, dueAt })).toBe(true);
    const heard: unknown[] = [];
    await eachSignal(org, minute, ({ integration, fingerprint: one }) => heard.push([integration, one]));
    expect(heard).toEqual(
      expect.arrayContaining([
        ['int_A', 'f'],
        ['int_01TEST', fingerprint('a')],
      ]),
    );
  });
});
