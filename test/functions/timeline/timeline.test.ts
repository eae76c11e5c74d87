import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idOf, MINUTE, type OrganisationId, SECOND } from '../../../shared/kernel/index.ts';
import type { EventView, TimelineView } from '../../../shared/timeline/index.ts';
import { call, type FunctionWorld, memberOf, startWorld } from '../../support/function-world.ts';
import { ann, T0 } from '../../support/given.ts';

let world: FunctionWorld;
let handler: Parameters<typeof call>[0];
let org: OrganisationId;
let count = 0;

beforeAll(async () => {
  world = await startWorld();
  ({ handler } = await import('../../../functions/timeline/routes.ts'));
});
afterAll(() => world.stop());
beforeEach(() => {
  org = idOf('organisation', T0, `timeline ${count++}`);
  world.setClock(T0);
});

async function declared() {
  const { declare } = await import('../../../functions/aws/incident-log.ts');
  const data = { title: 'Checkout is slow', severity: 'P1_CRITICAL' } as const;
  return (await declare(org, data, { actor: ann, now: T0, at: T0, seed: 'x' })).incident;
}

/** Notes, one a second. */
async function noted(id: Awaited<ReturnType<typeof declared>>['id'], many: number) {
  const { recordRoom } = await import('../../../functions/aws/room-log.ts');
  for (let i = 0; i < many; i++) {
    const at = T0 + (i + 1) * SECOND;
    const fact = { type: 'incident.noted', occurredAt: at, data: { text: `note ${i}` } } as const;
    await recordRoom(org, id, fact, { actor: ann, now: at });
  }
}

const ask = (id: string, query: Record<string, string> = {}, authorizer = memberOf(org, 'viewer')) =>
  call(world.as('Timeline', handler), { path: `/api/incidents/${id}/timeline`, query, authorizer });

describe('GET /api/incidents/{id}/timeline', () => {
  it('merges the log with changes near it and what became of pages', async () => {
    const { keepChange } = await import('../../../functions/aws/changes.ts');
    const { table } = await import('../../../functions/aws/table.ts');
    const { schema } = await import('../../../shared/table/index.ts');
    const { id } = await declared();
    const change = { kind: 'deployment', title: 'Checkout 4.2.0', recordedBy: ann } as const;
    for (const at of [T0 - 7 * 60 * MINUTE, T0 - 5 * MINUTE])
      await keepChange(org, { ...change, id: idOf('change', at, 'x'), at, recordedAt: at });
    const intent = { generation: 1, step: 1, person: 'bob', channel: 'email' } as const;
    const sent = { state: 'sent', sentAt: T0 + SECOND, providerId: 'x', version: 3, attempts: 1 };
    await table.put({
      ...schema.deliveryIntent.key({ org, inc: id, ...intent }),
      ...{ ...intent, ...sent, possiblyAgain: false },
    });
    const { body } = await ask(id);
    expect(body.items.map(({ text }: EventView) => text)).toEqual([
      'Deployed: Checkout 4.2.0',
      'Ann opened the incident as P1 Critical.',
      'bob was told by email.',
    ]);
    expect(body).toMatchObject({ incident: { id, state: 'triggered' }, total: 3 });
    expect(body.phases).toContainEqual(
      expect.objectContaining({ name: 'acknowledgement', state: 'ongoing' }),
    );
  });

  it('goes on by the time of an event that is no longer there', async () => {
    const { table } = await import('../../../functions/aws/table.ts');
    const { schema } = await import('../../../shared/table/index.ts');
    const { id } = await declared();
    await noted(id, 3);
    const intent = { generation: 1, step: 1, person: 'bob', channel: 'email' } as const;
    const key = schema.deliveryIntent.key({ org, inc: id, ...intent });
    const stands = (more: object) =>
      table.put({ ...key, ...intent, version: 3, attempts: 1, possiblyAgain: false, ...more });
    await stands({ state: 'sent', sentAt: T0 + 1_500, providerId: 'x' });
    const first = (await ask(id, { limit: '3' })).body;
    expect(first.items.at(-1).text).toBe('bob was told by email.');
    await stands({ state: 'claimed', claimedAt: T0 + 2_000 });
    const next = (await ask(id, { limit: '3', cursor: first.next })).body;
    expect(next.items.map(({ quote }: EventView) => quote)).toEqual(['note 1', 'note 2']);
  });

  it('keeps the changes before an incident however many come later, and says when some are left out', async () => {
    const { keepChange } = await import('../../../functions/aws/changes.ts');
    const { id } = await declared();
    const change = { kind: 'deployment', title: 'Other', recordedBy: ann } as const;
    const keep = (at: number, title: string) =>
      keepChange(org, { ...change, title, id: idOf('change', at, title), at, recordedAt: at });
    await keep(T0 - 3 * MINUTE, 'The cause');
    await Promise.all(Array.from({ length: 230 }, (_, i) => keep(T0 + (i + 1) * SECOND, `${i}`)));
    world.setClock(T0 + 10 * MINUTE);
    const { body } = await ask(id);
    expect(body.moreChanges).toBe(true);
    expect(body.items[0].text).toBe('Deployed: The cause');
    const markdown = await ask(id, { format: 'markdown' });
    expect(markdown.text).toContain('More changes were told around it than are shown');
  });

  it('comes in pages, in which every event is once', async () => {
    const { id } = await declared();
    await noted(id, 24);
    world.setClock(T0 + MINUTE);
    const texts: unknown[] = [];
    let cursor: string | undefined;
    do {
      const { body }: { body: TimelineView } = await ask(id, { limit: '10', ...(cursor && { cursor }) });
      expect(body.total).toBe(25);
      texts.push(...body.items.map(({ seq }) => seq));
      cursor = body.next;
    } while (cursor !== undefined);
    expect(texts).toEqual([...Array(25).keys()].map((i) => i + 1));
  });

  it.each(['markdown', 'csv'])('comes in pages as %s too, each named by the one before', async (format) => {
    const { id } = await declared();
    await noted(id, 5);
    world.setClock(T0 + MINUTE);
    let whole = '';
    let query: Record<string, string> | undefined = { format, limit: '4' };
    for (let pages = 0; query !== undefined; pages++) {
      const { status, headers, text } = await ask(id, query);
      expect([status, pages < 3]).toEqual([200, true]);
      expect(headers['content-type']).toBe(`text/${format}; charset=utf-8`);
      whole += text;
      const next = /^<https:\/\/pages\.example\.com(\S+)>; rel="next"$/.exec(headers.link ?? '')?.[1];
      query = next === undefined ? undefined : Object.fromEntries(new URL(next, 'https://x').searchParams);
    }
    for (const i of [0, 1, 2, 3, 4]) expect(whole.split(`note ${i}`)).toHaveLength(2);
  });

  it('comes as one drawing', async () => {
    const { id } = await declared();
    const { headers, text } = await ask(id, { format: 'svg' });
    expect(headers['content-type']).toBe('image/svg+xml');
    expect(text).toContain('Checkout is slow');
  });

  it('is not there for others, and not in other forms', async () => {
    const { id } = await declared();
    const other = memberOf(idOf('organisation', T0, 'other'), 'viewer');
    expect((await ask(id, {}, other)).status).toBe(404);
    expect((await ask(id, { format: 'pdf' })).body.error).toMatchObject({ param: 'query.format' });
    expect((await ask(id, { cursor: 'x' })).body.error).toMatchObject({ param: 'query.cursor' });
    expect((await ask(id, { limit: '2001' })).status).toBe(400);
  });
});

describe('the whole log', () => {
  it('is read in parts, up to the first number whose writer is still at work', async () => {
    const [{ wholeLog }, { reserve }] = await Promise.all([
      import('../../../functions/aws/whole-log.ts'),
      import('../../../functions/aws/sequence.ts'),
    ]);
    const { id } = await declared();
    await noted(id, 3);
    await reserve(org, id, 1);
    await noted(id, 2);
    const seqs = async (now: number) => (await wholeLog(org, id, now)).map(({ seq }) => seq);
    expect(await seqs(T0 + SECOND)).toEqual([1, 2, 3, 4]);
    expect(await seqs(T0 + MINUTE)).toEqual([1, 2, 3, 4, 6, 7]);
    // Whoever only reads may write nothing, also where a writer died: the roles of its functions would refuse it.
    world.setClock(T0 + MINUTE);
    const { status, body } = await ask(id);
    expect([status, body.items.length]).toEqual([200, 6]);
  });
});
