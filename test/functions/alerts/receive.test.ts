import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { halfIn } from '../../../shared/kernel/index.ts';
import { fixtureText, receivedAt } from '../../support/alert-fixture.ts';
import { doorOf, org, secrets, World } from './world.ts';

const alert = '{"title":"Disk full","key":"disk"}';

describe('a webhook', () => {
  it('takes a body, stores what it says under its integration, and says how much that was', async () => {
    const world = new World();
    const { reply } = await world.post('alertmanager', fixtureText('alertmanager/two-firing'));
    expect([reply.status, reply.body]).toEqual([202, { status: 'accepted', signals: 2, receipt: 'rcp-1' }]);
    const { id } = doorOf('alertmanager');
    expect(world.sent).toMatchObject([
      { kind: 'signals', org, integration: id, source: 'alertmanager', receipt: 'rcp-1', receivedAt },
    ]);
    expect(world.sent[0]?.signals).toHaveLength(2);
  });

  it('of an empty group is accepted and sends nothing', async () => {
    const world = new World();
    for (const [source, text] of [
      ['alertmanager', fixtureText('alertmanager/no-alerts')],
      ['generic', '[]'],
    ] as const) {
      const { reply } = await world.post(source, text);
      expect([reply.status, reply.body]).toEqual([202, { status: 'accepted', signals: 0, receipt: 'rcp-1' }]);
    }
    expect(world.sent).toEqual([]);
  });

  it('[F13] whose body nobody understands is kept and marked', async () => {
    const world = new World();
    const { reply } = await world.post('alertmanager', '{"hello":["world"]}');
    expect(reply.status).toBe(202);
    expect(world.sent[0]?.signals[0]?.flags).toContain('generic');
  });

  it('in PagerDuty form at an address of its own is answered as PagerDuty answers', async () => {
    const { reply } = await new World().post(
      'pagerduty-events',
      '{"event_action":"resolve","dedup_key":"k"}',
    );
    expect(reply.body).toEqual({ status: 'success', message: 'Event processed', dedup_key: 'k' });
  });
});

describe('a key', () => {
  const wrong = {
    missing: '',
    unknown: 'canary0unknown000000000000000000',
    short: 'x',
    long: 'x'.repeat(1e6),
    odd: '../\0x\u{1f600}',
  };
  it.each(Object.entries(wrong))('[F1] [F4] that is %s is refused, and nothing is stored', async (_, key) => {
    const world = new World();
    const { reply, door } = await world.post('generic', alert, { key });
    expect([reply.status, reply.body]).toMatchObject([403, { error: { code: 'forbidden' } }]);
    expect([world.sent, door]).toEqual([[], undefined]);
    expect(JSON.stringify(reply)).not.toContain('canary');
  });

  it('[F1] of another source or of a machine is refused, and nothing is stored', async () => {
    const world = new World();
    for (const key of [secrets.alertmanager, 'canary0machine00000000000000000']) {
      const { reply } = await world.post('generic', alert, { key });
      expect(reply.status).toBe(403);
      expect(JSON.stringify(reply)).not.toContain('canary');
    }
    expect(world.sent).toEqual([]);
  });

  it('[F1] that is wrong is told before the body is looked at', async () => {
    const { reply } = await new World().post('generic', '{"broken', {
      key: 'canary0unknown000000000000000000',
    });
    expect(reply.status).toBe(403);
  });
});

describe('a body', () => {
  it.each([
    ['{"a": 1,\n "b": tru}', 'line 2, column 7'],
    ['{"title":"x"', 'line 1, column 13'],
    ['', 'line 1, column 1'],
    ['NaN', 'line 1, column 1'],
    ['{"a":"canary\n"}', 'line 1, column 6'],
  ])('[F12] that is no JSON is refused with the place and without its text: %j', async (text, place) => {
    const world = new World();
    const { reply } = await world.post('generic', text);
    expect(reply.status).toBe(400);
    expect(JSON.stringify(reply.body)).toContain(place);
    expect(JSON.stringify(reply.body)).not.toContain('canary');
    expect(world.sent).toEqual([]);
  });

  it('[F12] of odd but sound JSON is stored', async () => {
    for (const text of [
      '{}',
      'null',
      '""',
      '1e400',
      '-0',
      '9007199254740993',
      '"\\ud800"',
      '{"title":"a\\u0000b"}',
    ]) {
      const world = new World();
      expect((await world.post('generic', text)).reply.status).toBe(202);
      expect(world.sent[0]?.signals).toHaveLength(1);
      expect(halfIn(world.sent)).toBeUndefined();
    }
  });

  it('[F12] two long numbers stay two', async () => {
    const world = new World();
    for (const id of ['9007199254740992', '9007199254740993', '1e400', '2e400']) {
      await world.post('generic', `{"title":"x","id":${id}}`);
    }
    expect(new Set(world.sent.map(({ signals }) => signals[0]?.fingerprint)).size).toBe(4);
  });

  it('[F8] with a byte order mark is read; gzip and UTF-16 are refused as such', async () => {
    const world = new World();
    expect((await world.post('generic', `\ufeff${alert}`)).reply.status).toBe(202);
    expect((await world.post('generic', gzipSync(alert))).reply.status).toBe(415);
    expect((await world.post('generic', Buffer.from(`\ufeff${alert}`, 'utf16le'))).reply.status).toBe(415);
    const charset = { 'Content-Type': 'application/json; charset=utf-16' };
    expect((await world.post('generic', alert, { headers: charset })).reply.status).toBe(415);
    expect(world.sent).toHaveLength(1);
  });

  it('[F9] with __proto__, constructor and doubled keys changes no prototype; the last key counts', async () => {
    const world = new World();
    const text =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"title":"a","title":"b"}';
    await world.post('generic', text);
    expect(world.sent[0]?.signals[0]?.title).toBe('b');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each([255, 256, 257, 1_000])('[F10] of %i KB is stored', async (kilobytes) => {
    const world = new World();
    const text = JSON.stringify({ title: 'x', dump: 'd'.repeat(kilobytes * 1024 - 100) });
    expect((await world.post('generic', text)).reply.status).toBe(202);
    expect(world.sent[0]?.signals[0]?.flags).toContain('clipped');
  });

  it('[F10] over 1 MB, or over 512 KB for an event, is refused before it is parsed or a key is looked up', async () => {
    const world = new World();
    expect((await world.post('generic', '{'.repeat(1024 * 1024 + 1))).reply.status).toBe(413);
    expect((await world.post('generic', '{'.repeat(10 * 1024 * 1024))).reply.status).toBe(413);
    expect((await world.enqueue('{'.repeat(512 * 1024 + 1))).reply.status).toBe(413);
    expect(world.lookups).toBe(0);
  });

  it('[F11] nested 10,000 deep is refused unparsed, one with 100,000 alerts parsed once, with what to do', async () => {
    const world = new World();
    const parse = vi.spyOn(JSON, 'parse');
    onTestFinished(() => parse.mockRestore());
    const bodies = [
      ['['.repeat(10_000), 400, '64 levels', 0],
      [`{"alerts":[${'{},'.repeat(99_999)}{}]}`, 413, 'group_by', 1],
    ] as const;
    for (const [text, status, hint, times] of bodies) {
      const { reply } = await world.post('alertmanager', text);
      expect(parse.mock.calls.filter(([one]) => one === text)).toHaveLength(times);
      expect(reply.status).toBe(status);
      expect(JSON.stringify(reply.body)).toContain(hint);
    }
    expect(world.sent).toEqual([]);
  });

  it('[F11] brackets inside texts are no nesting', async () => {
    const { reply } = await new World().post('generic', JSON.stringify({ title: `\\"${'['.repeat(500)}` }));
    expect(reply.status).toBe(202);
  });

  it('[F12] of any bytes or any JSON gives 202 or a refusal, never a fault, and never a secret', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => Buffer.from(text)),
    );
    const source = fc.constantFrom('alertmanager', 'pagerduty-events', 'generic');
    await fc.assert(
      fc.asyncProperty(bytes, source, async (body, from) => {
        const world = new World();
        const { reply } = await world.post(from, body);
        expect([202, 400, 413, 415]).toContain(reply.status);
        expect(world.sent.length > 0 && reply.status !== 202).toBe(false);
        expect(JSON.stringify(reply)).not.toContain('canary');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a store that fails', () => {
  it('[F27] [C3] of the queue is a reason for the second path: the alert waits in the table, and the answer is the same', async () => {
    const world = new World();
    world.queueFails = true;
    const { reply } = await world.post('generic', alert);
    expect([reply.status, reply.body]).toEqual([202, { status: 'accepted', signals: 1, receipt: 'rcp-1' }]);
    expect(world.parked).toMatchObject([{ kind: 'signals', org, receipt: 'rcp-1', receivedAt }]);
    expect(world.faults).toEqual(['send: Error: AccessDenied for arn:aws:sqs:eu-1:1:canary-queue']);
  });

  it('[F27] [C3] of queue and table answers 503 with when to come again, never a success, and tells nothing of itself', async () => {
    const world = new World();
    world.queueFails = true;
    world.parkFails = true;
    for (const { reply } of [
      await world.post('generic', alert),
      await world.post('pagerduty-events', fixtureText('pagerduty-events/trigger')),
    ]) {
      expect([reply.status, reply.headers['retry-after']]).toEqual([503, '5']);
      expect(JSON.stringify(reply)).not.toMatch(/canary|arn:|AccessDenied/);
    }
    expect(world.faults).toHaveLength(4);
  });

  it('of the keys answers 503 too: a key that cannot be looked up is not a wrong one', async () => {
    const world = new World();
    world.tableFails = true;
    const { reply } = await world.post('generic', alert);
    expect(reply.status).toBe(503);
    expect(JSON.stringify(reply)).not.toMatch(/canary|Throttling/);
    expect([world.sent, world.parked]).toEqual([[], []]);
  });
});
