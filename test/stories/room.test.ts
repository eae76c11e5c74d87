import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IncidentId, MINUTE, type OrganisationId, SECOND } from '../../shared/kernel/index.ts';
import { schema, shards } from '../../shared/table/index.ts';
import type { ServerMessage } from '../../shared/war-room/index.ts';
import { type App, startApp } from '../support/app.ts';
import { enter, knock, type RoomClient, ticketOf } from '../support/room-client.ts';
import { type StoredTable, storedTable } from '../support/stored-table.ts';

/** One `$disconnect` in so many never arrives, here as in AWS. */
const WITHHELD = 20;

describe('a war room', { timeout: 90_000 }, () => {
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

  let next = 0;
  /** An alert of a service of its own, and its incident. */
  const opened = async () => {
    const service = `service-${next++}`;
    const alert = (title: string) => app.send('generic', { title, service, severity: 'critical' });
    await alert('Down');
    const [incident] = await app.incidents(`?service=${service}`);
    return { id: incident?.id ?? '', alert };
  };
  const note = (id: string, text: string) => app.call('POST', `/api/incidents/${id}/notes`, { text });
  const notes = ({ log }: RoomClient) =>
    log.flatMap(({ type, data }) => (type === 'incident.noted' ? [data.text] : []));
  const pushed = ({ frames }: RoomClient) =>
    new Set(frames.flatMap((frame) => (frame.type === 'facts' ? frame.facts.map(({ seq }) => seq) : [])));
  const rowsOf = async (id: string) => {
    const room = { org: app.addresses.organisation as OrganisationId, inc: id as IncidentId };
    const pages = Array.from({ length: shards.room }, (_, shard) =>
      stored.items(schema.roomConnection.partition({ ...room, shard })),
    );
    return (await Promise.all(pages)).flat();
  };

  it('shows who joins what is there, and pushes what happens to everybody in the same order', async () => {
    const { id, alert } = await opened();
    const [ann, bob] = [await enter(app, id), await enter(app, id)];
    const before = await app.facts(id);
    expect(before.at(-1)?.type).toBe('room.joined');
    expect(ann.log).toEqual(before);
    expect(bob.log).toEqual(before);
    await alert('Down on a second host');
    await app.call('PATCH', `/api/incidents/${id}`, { state: 'acknowledged' });
    await Promise.all(['a', 'b', 'c'].map((text) => note(id, text)));
    await app.system.idle();
    const after = await app.facts(id);
    const types = after.slice(before.length).map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['alerts.changed', 'incident.acknowledged', 'incident.noted']),
    );
    for (const client of [ann, bob]) {
      await client.has(after.length);
      expect(client.log).toEqual(after);
      const news = after.slice(before.length).map(({ seq }) => seq);
      await client.frame(() => news.every((seq) => pushed(client).has(seq)));
      await client.leave();
    }
  });

  it('[F69] opens with a ticket that is used once and not older than 60 s, and no log tells it', async () => {
    const [first, second, third] = [await ticketOf(app), await ticketOf(app), await ticketOf(app)];
    expect(await knock(app, `?ticket=${first}`)).toBe('open');
    expect(await knock(app, `?ticket=${first}`)).toBe(401);
    await app.system.clock.fastForward(50 * SECOND);
    expect(await knock(app, `?ticket=${second}`)).toBe('open');
    await app.system.clock.fastForward(11 * SECOND);
    expect(await knock(app, `?ticket=${third}`)).toBe(401);
    expect(await knock(app, `?ticket=${app.addresses.token}`)).toBe(401);
    expect(await knock(app, '')).toBe(401);
    const logs = join(app.system.data, 'logs');
    const texts = await Promise.all((await readdir(logs)).map((file) => readFile(join(logs, file), 'utf8')));
    for (const ticket of [first, second, third]) expect(texts.join('')).not.toContain(ticket);
  });

  it('misses nothing: not while somebody joins, and not between two visits', async () => {
    const { id } = await opened();
    const writing = ['a', 'b', 'c'].map((text) => note(id, `while joining ${text}`));
    const ann = await enter(app, id);
    await Promise.all(writing);
    // Or the next level would be paged, and its fact keep the connection from being idle.
    await app.call('PATCH', `/api/incidents/${id}`, { state: 'acknowledged' });
    const first = await app.facts(id);
    await ann.has(first.length);
    expect(ann.log).toEqual(first);
    await app.system.clock.fastForward(11 * MINUTE);
    expect(await ann.ended).toBe(1001);
    await note(id, 'while away');
    const again = await enter(app, id, ann.log);
    const [joined] = again.frames;
    expect(joined).toMatchObject({ type: 'joined', facts: [{ seq: ann.log.length + 1 }] });
    await note(id, 'back again');
    const all = await app.facts(id);
    await again.has(all.length);
    expect(again.log).toEqual(all);
    expect(notes(again).slice(-2)).toEqual(['while away', 'back again']);
    await again.leave();
  });

  it('[F71] takes out who left without a word, as soon as a frame finds nobody', async () => {
    const { id } = await opened();
    const crowd: RoomClient[] = [];
    // One after another: twenty at once would start twenty environments of each function.
    while (crowd.length < WITHHELD) crowd.push(await enter(app, id));
    expect(await rowsOf(id)).toHaveLength(WITHHELD);
    for (const client of crowd) await client.leave();
    await app.system.idle();
    expect(await rowsOf(id)).toHaveLength(1);
    await note(id, 'Is anybody there?');
    await app.system.idle();
    expect(await rowsOf(id)).toEqual([]);
  });

  it('[WR18] tells the sender what is wrong with a message, and the others nothing', async () => {
    const { id } = await opened();
    const [ann, bob] = [await enter(app, id), await enter(app, id)];
    const unknown = 'inc_01ARZ3NDEKTSV4RRFFQ69G5FAV';
    for (const [said, code] of [
      ['no JSON', 'invalid'],
      [{ v: 1, type: 'join', incident: id, after: -1 }, 'invalid'],
      [{ v: 2, type: 'ping' }, 'invalid'],
      [{ v: 1, type: 'join', incident: unknown }, 'not_found'],
    ] as const) {
      const count = ann.frames.length;
      ann.say(said);
      // What happens to the incident meanwhile is told too.
      const isAnswer = (frame: ServerMessage) => frame.type === 'error' && ann.frames.indexOf(frame) >= count;
      expect(await ann.frame(isAnswer)).toMatchObject({ code });
    }
    ann.say('x'.repeat(33 * 1024));
    expect(await ann.ended).toBe(1009);
    bob.say({ v: 1, type: 'ping' });
    await bob.frame(({ type }) => type === 'pong');
    expect(bob.frames.filter(({ type }) => !['joined', 'facts', 'pong'].includes(type))).toEqual([]);
    await bob.leave();
  });
});
