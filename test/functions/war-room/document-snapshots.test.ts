import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { findSnapshot, readSnapshot } from '../../../functions/aws/document-snapshots.ts';
import { MINUTE, minuteOf, type OrganisationId, toText } from '../../../shared/kernel/index.ts';
import { enterRoom } from '../../support/document-room.ts';
import { call, memberOf, queueEvent } from '../../support/function-world.ts';
import { newOrg, openIncident, type RoomWorld, startRoomWorld } from '../../support/room-world.ts';

let world: RoomWorld;
let handler: typeof import('../../../functions/war-room/routes.ts').handler;
beforeAll(async () => {
  world = await startRoomWorld();
  ({ handler } = await import('../../../functions/war-room/routes.ts'));
});
afterAll(() => world.stop());
beforeEach(() => world.reset());

const read = (org: OrganisationId, path: string, query: Readonly<Record<string, string>> = {}) =>
  call(world.world.as('WarRoom', handler), {
    ...{ method: 'GET', path, query, authorizer: memberOf(org, 'viewer') },
  });

/** A room whose document got a word in each of so many minutes. */
async function written(minutes: number) {
  const room = await enterRoom(world);
  const { org, incident, write } = room;
  const path = `/api/incidents/${incident}/document`;
  const begun = clock.now();
  for (let minute = 0; minute < minutes; minute++) {
    await write(`${minute} `);
    world.world.setClock(clock.now() + MINUTE);
    await world.tidy(queueEvent('Room', [{ kind: 'snapshot', org, incident }]));
  }
  return { ...room, path, begun };
}

describe('the snapshots of a document over REST', () => {
  it('are listed by the minute, a page at a time, and each is read as it was', async () => {
    const { org, path, begun } = await written(5);
    const first = await read(org, `${path}/snapshots`, { limit: '3' });
    expect(first).toMatchObject({ status: 200 });
    expect(first.body.items).toHaveLength(3);
    const rest = await read(org, `${path}/snapshots`, { limit: '3', cursor: first.body.next });
    expect(rest.body).not.toHaveProperty('next');
    const all = [...first.body.items, ...rest.body.items] as { minute: string; updatedAt: string }[];
    expect(all).toEqual(
      Array.from({ length: 5 }, (_, i) => ({
        minute: toText(minuteOf(begun + (i + 1) * MINUTE) * MINUTE),
        updatedAt: toText(begun + i * MINUTE),
      })),
    );
    for (const [i, { minute, updatedAt }] of all.entries()) {
      const answer = await read(org, path, { minute });
      const text = Array.from({ length: i + 1 }, (_, word) => `${word} `).join('');
      expect(answer).toMatchObject({ status: 200, body: { text, updatedAt } });
    }
  });

  it('are found by any moment of their minute, also with an offset', async () => {
    const { org, path, begun } = await written(1);
    const { minute } = (await read(org, `${path}/snapshots`)).body.items[0];
    const within = toText(minuteOf(begun + MINUTE) * MINUTE + 42_123);
    const shifted = minute.replace('Z', '+00:00');
    for (const at of [within, shifted])
      expect((await read(org, path, { minute: at })).body).toMatchObject({ text: '0 ' });
  });

  it('are none before anything was written', async () => {
    const org = newOrg();
    const path = `/api/incidents/${await openIncident(org)}/document`;
    expect((await read(org, `${path}/snapshots`)).body).toEqual({ items: [] });
  });

  it('[F56] of another organisation are not there, and neither is one of a minute without', async () => {
    const { org, path, begun } = await written(1);
    const minute = toText(begun + MINUTE);
    for (const [where, query] of [
      [`${path}/snapshots`, {}],
      [path, { minute }],
    ] as const)
      expect((await read(newOrg(), where, query)).status).toBe(404);
    const missing = await read(org, path, { minute: toText(begun - MINUTE) });
    expect(missing).toMatchObject({ status: 404, body: { error: { param: 'query.minute' } } });
    expect(missing.body.error.message).toContain('/document/snapshots');
  });

  it.each([
    ['/snapshots', { limit: '501' }],
    ['/snapshots', { cursor: 'bm9uc2Vuc2U' }],
    ['', { minute: '12:03' }],
    ['', { minute: '1796000000000' }],
  ])('refuse %s with %j', async (where, query) => {
    const org = newOrg();
    const path = `/api/incidents/${await openIncident(org)}/document${where}`;
    expect((await read(org, path, query)).status).toBe(400);
  });

  it('are told from the newer ones of the same minute', async () => {
    const { org, incident, begun } = await written(1);
    const kept = await findSnapshot({ org, incident }, minuteOf(begun + MINUTE));
    expect(kept).toMatchObject({ chunks: 1, version: 1 });
    if (kept === undefined) throw new Error('There is no snapshot');
    expect(await readSnapshot({ org, incident }, kept)).toBeDefined();
    expect(await readSnapshot({ org, incident }, { ...kept, version: 2 })).toBeUndefined();
  });
});
