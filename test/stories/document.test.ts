import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IncidentId, MINUTE, type OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { documentOf, fromBase64, textOf, toBase64 } from '../../shared/war-room/api.ts';
import type { ServerMessage } from '../../shared/war-room/index.ts';
import { type App, startApp } from '../support/app.ts';
import { changeOf, copyOf } from '../support/document-copy.ts';
import { enter, type RoomClient } from '../support/room-client.ts';
import { type StoredTable, storedTable } from '../support/stored-table.ts';

describe('the document of a room', { timeout: 90_000 }, () => {
  let app: App;
  let stored: StoredTable;
  beforeAll(async () => {
    app = await startApp();
    stored = storedTable(app.system);
  });
  afterAll(async () => {
    stored.close();
    await app.stop();
  });

  const opened = async () => {
    await app.send('generic', { title: 'Down', service: 'checkout', severity: 'critical' });
    const [incident] = await app.incidents();
    const id = (incident?.id ?? '') as IncidentId;
    // Or the next level would be paged while time is moved.
    await app.call('PATCH', `/api/incidents/${id}`, { state: 'acknowledged' });
    return id;
  };
  const read = (id: string) => app.call('GET', `/api/incidents/${id}/document`);
  const answer = (client: RoomClient, id: string) =>
    client.frame((frame) => 'id' in frame && frame.id === id && frame.type !== 'error');
  const textIn = (frames: readonly ServerMessage[]) =>
    textOf(
      documentOf(
        frames.flatMap((frame) => {
          if (frame.type === 'doc.state') return [fromBase64(frame.data)];
          return frame.type === 'doc.updates' ? frame.updates.map(({ update }) => fromBase64(update)) : [];
        }),
      ),
    );
  const itemsOf = (id: IncidentId) =>
    stored.items(
      schema.documentUpdate.partition({ org: app.addresses.organisation as OrganisationId, doc: id }),
    );

  it('is written over sockets, read over REST, becomes one snapshot a minute, and is whole for who comes later', async () => {
    const id = await opened();
    expect((await read(id)).body).toEqual({ text: '' });
    const [ann, bob] = [await enter(app, id), await enter(app, id)];
    const about = { v: 1, incident: id } as const;
    for (const client of [ann, bob]) {
      client.say({ ...about, type: 'doc.open', id: 'question-1' });
      await answer(client, 'question-1');
    }
    const copy = copyOf(7);
    const change = changeOf(copy, (text) => text.insert(0, '# What we know'));
    ann.say({ ...about, type: 'doc.update', id: 'change-01', update: toBase64(change) });
    expect(await answer(ann, 'change-01')).toMatchObject({ type: 'doc.accepted', position: 1 });
    await bob.frame(({ type }) => type === 'doc.updates');
    expect(textIn(bob.frames)).toBe('# What we know');
    ann.say({ ...about, type: 'doc.cursor', client: 7, cursor: { anchor: 'AAAA', head: 'AAAA' } });
    await bob.frame(({ type }) => type === 'doc.cursor');
    const first = await read(id);
    expect(first.body).toMatchObject({ text: '# What we know', updatedAt: expect.any(String) });

    await app.system.clock.fastForward(2 * MINUTE);
    await app.system.idle();
    const kinds = async () => (await itemsOf(id)).map(({ sk }) => String(sk).split('#')[0]).toSorted();
    expect(await kinds()).toEqual(['HEAD', 'MIN', 'SNAP']);
    expect(await read(id)).toMatchObject({ body: first.body });
    const more = changeOf(copy, (text) => text.insert(text.length, '\nCheckout fails'));
    ann.say({ ...about, type: 'doc.update', id: 'change-02', update: toBase64(more) });
    await answer(ann, 'change-02');
    await app.system.clock.fastForward(2 * MINUTE);
    await app.system.idle();
    expect(await kinds()).toEqual(['HEAD', 'MIN', 'MIN', 'SNAP', 'SNAP']);
    const second = await read(id);
    expect(second.body.text).toBe('# What we know\nCheckout fails');
    expect(second.headers.get('etag')).not.toBe(first.headers.get('etag'));

    // A replay reads what stood there at the end of each minute.
    const path = `/api/incidents/${id}/document`;
    const kept = (await app.call('GET', `${path}/snapshots`)).body.items as { minute: string }[];
    const texts = await Promise.all(
      kept.map(async ({ minute }) => (await app.call('GET', `${path}?minute=${minute}`)).body.text),
    );
    expect(texts).toEqual(['# What we know', '# What we know\nCheckout fails']);

    const carl = await enter(app, id);
    carl.say({ ...about, type: 'doc.open', id: 'question-2' });
    await answer(carl, 'question-2');
    expect(textIn(carl.frames)).toBe('# What we know\nCheckout fails');
    // Typing and cursors are no facts.
    expect((await app.facts(id)).filter(({ type }) => type.includes('doc'))).toEqual([]);
    for (const client of [ann, bob, carl]) await client.leave();
  });
});
