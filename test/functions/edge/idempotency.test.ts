import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { table } from '../../../functions/aws/table.ts';
import { once, type Repeatable } from '../../../functions/edge/idempotency.ts';
import { reply } from '../../../functions/edge/reply.ts';
import type { Attempt } from '../../../functions/edge/verb.ts';
import { type Ctx, HOUR, idOf, Refusal, SECOND } from '../../../shared/kernel/index.ts';
import { startDynamoDb } from '../../support/dynamodb.ts';

let engine: { stop(): Promise<void> };
beforeAll(async () => {
  engine = await startDynamoDb();
});
afterAll(() => engine.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

let next = 0;
const member: Ctx = {
  org: idOf('organisation', 0, 'a'),
  role: 'responder',
  actor: { kind: 'person', id: 'ann', name: 'Ann' },
};
const newcomer = { kind: 'person', issuer: 'https://issuer.example', subject: 'ann', name: 'Ann' } as const;
const request = (more: Partial<Repeatable> = {}): Repeatable => ({
  by: member,
  method: 'POST',
  path: '/api/incidents',
  idempotencyKey: `key-${next++}`,
  body: '{"title":"x"}',
  secret: false,
  ...more,
});

/** A verb that counts how often it ran, and answers differently each time. */
function counting() {
  const attempts: Attempt[] = [];
  return {
    attempts,
    run: async (attempt: Attempt) => {
      attempts.push(attempt);
      return reply(201, { id: `inc_${attempts.length}` }, { etag: '"1"' });
    },
  };
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'fine',
    (error) => (error instanceof Refusal ? error.code : 'fault'),
  );

describe('[F62] a repeated Idempotency-Key', () => {
  it('gets the same answer, and the work is done once', async () => {
    const [same, verb] = [request(), counting()];
    const first = await once(same, verb.run);
    expect(await once(same, verb.run)).toEqual(first);
    expect(verb.attempts).toHaveLength(1);
  });

  it('of a caller without an organisation is theirs alone, and stays so when they have got one', async () => {
    const [same, verb] = [request({ by: newcomer }), counting()];
    const first = await once(same, verb.run);
    expect(await once({ ...same, by: { ...newcomer, name: 'Ann B.' } }, verb.run)).toEqual(first);
    await once({ ...same, by: { ...newcomer, subject: 'bob' } }, verb.run);
    await once({ ...same, by: { ...newcomer, issuer: 'https://other.example' } }, verb.run);
    await once({ ...same, by: member }, verb.run);
    expect(verb.attempts).toHaveLength(4);
  });

  it('with another body is a mismatch', async () => {
    const [same, verb] = [request(), counting()];
    await once(same, verb.run);
    expect(await codeOf(once({ ...same, body: '{"title":"y"}' }, verb.run))).toBe('mismatch');
    expect(verb.attempts).toHaveLength(1);
  });

  it.each([
    ['another caller', { by: { ...member, actor: { kind: 'person', id: 'bob', name: 'Bob' } } as const }],
    ['another path', { path: '/api/keys' }],
    ['another organisation', { by: { ...member, org: idOf('organisation', 0, 'b') } }],
  ])('of %s is another request', async (_, more) => {
    const [same, verb] = [request(), counting()];
    const other = { ...same, ...more };
    await once(same, verb.run);
    await once(other, verb.run);
    expect(verb.attempts).toHaveLength(2);
  });

  it('while the first is running is told to wait', async () => {
    const [same, verb] = [request(), counting()];
    await once(same, async (attempt) => {
      expect(await codeOf(once(same, verb.run))).toBe('conflict');
      return verb.run(attempt);
    });
    expect(verb.attempts).toHaveLength(1);
  });

  it('lets one of ten at the same time do the work', async () => {
    const [same, verb] = [request(), counting()];
    const codes = await Promise.all(Array.from({ length: 10 }, () => codeOf(once(same, verb.run))));
    expect(verb.attempts).toHaveLength(1);
    expect(codes.every((code) => code === 'fine' || code === 'conflict')).toBe(true);
  });

  it('after a failure is tried again at once', async () => {
    const [same, verb] = [request(), counting()];
    const failing = async () => {
      throw new Refusal('not_found', 'no');
    };
    expect(await codeOf(once(same, failing))).toBe('not_found');
    expect((await once(same, verb.run)).status).toBe(201);
  });

  it('after a crash is taken over when the lease ends, with the seed and time of the first try', async () => {
    const [same, verb] = [request(), counting()];
    const put = vi.spyOn(table, 'put').mockRejectedValueOnce(new Error('died'));
    expect(await codeOf(once(same, verb.run))).toBe('fault');
    put.mockRestore();
    expect(await codeOf(once(same, verb.run))).toBe('conflict');
    const later = clock.now() + 31 * SECOND;
    vi.spyOn(clock, 'now').mockReturnValue(later);
    await once(same, verb.run);
    expect(verb.attempts).toHaveLength(2);
    expect(verb.attempts[1]).toEqual(verb.attempts[0]);
  });

  it('[F32] after 24 hours is a new request, although the store still has the old one', async () => {
    const [same, verb] = [request(), counting()];
    await once(same, verb.run);
    const later = clock.now() + 25 * HOUR;
    vi.spyOn(clock, 'now').mockReturnValue(later);
    expect((await once({ ...same, body: '{"title":"y"}' }, verb.run)).body).toEqual({ id: 'inc_2' });
  });

  it('does not keep an answer that holds a secret', async () => {
    const [same, verb] = [request({ secret: true }), counting()];
    await once(same, verb.run);
    expect(await codeOf(once(same, verb.run))).toBe('conflict');
    expect(verb.attempts).toHaveLength(1);
  });

  it.each(['', ' ', 'a b', 'ä', 'x'.repeat(256)])('in the form %j is refused', async (idempotencyKey) => {
    expect(await codeOf(once(request({ idempotencyKey }), counting().run))).toBe('invalid');
  });
});
