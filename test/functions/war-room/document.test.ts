import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { readDocument } from '../../../functions/aws/documents.ts';
import { listMembers, removeMember } from '../../../functions/aws/organisations.ts';
import { MINUTE } from '../../../shared/kernel/index.ts';
import { documentOf, fromBase64, textOf, toBase64 } from '../../../shared/war-room/api.ts';
import { documentLimits, type ServerMessage } from '../../../shared/war-room/index.ts';
import { changeOf, copyOf } from '../../support/document-copy.ts';
import { crowd, enterRoom } from '../../support/document-room.ts';
import { ctxOf, newOrg, type RoomWorld, startRoomWorld } from '../../support/room-world.ts';

let world: RoomWorld;
beforeAll(async () => {
  world = await startRoomWorld();
});
afterAll(() => world.stop());
beforeEach(() => {
  world.reset();
  world.world.forget();
});

const room = () => enterRoom(world);

const inFrames = (frames: readonly ServerMessage[]): string =>
  textOf(
    documentOf(
      frames.flatMap((frame) =>
        frame.type === 'doc.updates' ? frame.updates.map(({ update }) => fromBase64(update)) : [],
      ),
    ),
  );

describe('a change of the document', () => {
  it('[WR20] is stored, answered with its position, and pushed to those who look at it', async () => {
    const { org, incident, bob, about, write, stored } = await room();
    const carl = await world.person(ctxOf(org, 'viewer', 'Carl'));
    await carl.say({ ...about, type: 'join' });
    world.gateway.resetHistory();
    expect(await write('# What we know\n')).toMatchObject({ type: 'doc.accepted', position: 1 });
    expect(await write('Checkout fails')).toMatchObject({ type: 'doc.accepted', position: 2 });
    expect(bob.frames()).toMatchObject([
      { type: 'doc.updates', incident, updates: [{ position: 1 }] },
      { type: 'doc.updates', incident, updates: [{ position: 2 }] },
    ]);
    expect(inFrames(bob.frames())).toBe('# What we know\nCheckout fails');
    expect(await stored()).toBe('# What we know\nCheckout fails');
    expect(carl.frames()).toEqual([]);
  });

  it('[WR20] is stored once however often it is sent', async () => {
    const { org, incident, copy, send, write } = await room();
    await write('Before. ');
    const change = changeOf(copy, (text) => text.insert(0, 'Once. '));
    const first = await send(change, 'change-once');
    expect(await send(change, 'change-once')).toEqual(first);
    const { updates } = await readDocument({ org, incident });
    expect(updates.map(({ position, by, at }) => ({ position, by, at }))).toEqual([
      { position: 1, by: 'per_ann', at: clock.now() },
      { position: 2, by: 'per_ann', at: clock.now() },
    ]);
  });

  it('[WR15] of a viewer is refused, and so is everything of who was removed', async () => {
    const { org, ann, bob, about, write, stored } = await room();
    await write('Kept');
    const update = toBase64(changeOf(copyOf(9), (text) => text.insert(0, 'x')));
    const said = { ...about, type: 'doc.update', id: 'change-of-bob', update };
    expect(await bob.say(said)).toMatchObject({ code: 'forbidden', rule: 'WR15', id: 'change-of-bob' });
    const [member] = (await listMembers(org)).filter(({ name }) => name === 'Ann');
    if (member) await removeMember(org, member, undefined);
    expect(await ann.say(said)).toMatchObject({ code: 'forbidden', rule: 'WR15' });
    expect(await ann.say({ ...about, type: 'doc.open', id: 'question-2' })).toMatchObject({ rule: 'WR15' });
    expect(await stored()).toBe('Kept');
  });

  it('[WR16] [F56] of another organisation is answered as if there were no such room', async () => {
    const { incident, stored } = await room();
    const eve = await world.person(ctxOf(newOrg(), 'administrator', 'Eve'));
    const update = toBase64(changeOf(copyOf(9), (text) => text.insert(0, 'x')));
    for (const message of [
      { type: 'doc.update', id: 'message-1', update },
      { type: 'doc.open', id: 'message-2' },
    ])
      expect(await eve.say({ v: 1, incident, ...message })).toMatchObject({ code: 'not_found' });
    const cursor = { v: 1, incident, type: 'doc.cursor', client: 1, cursor: null };
    expect(await eve.say(cursor)).toMatchObject({ code: 'invalid', rule: 'WR24' });
    expect(await stored()).toBe('');
  });

  it('[WR22] [WR23] [F75] that is crafted or too long is refused to its sender, and the document is intact', async () => {
    const { ann, bob, about, copy, send, write, stored } = await room();
    await write('Intact');
    world.gateway.resetHistory();
    const long = changeOf(copyOf(3), (text) => text.insert(0, 'x'.repeat(15_000)));
    for (let i = 0; i < 13; i++) await send(changeOf(copy, (text) => text.insert(0, 'x'.repeat(15_000))));
    const before = await stored();
    expect(await send(long)).toMatchObject({ type: 'error', code: 'limit', rule: 'WR23' });
    for (const [update, code, rule] of [
      ['AAECAwQ=', 'invalid', 'WR22'],
      [toBase64(changeOf(copyOf(3), (text) => text.insertEmbed(0, {}))), 'invalid', 'WR22'],
      ['no base64', 'invalid', 'WR22'],
      ['A'.repeat(documentLimits.updateBytes * 1.5), 'invalid', 'WR22'],
    ] as const)
      expect(await ann.say({ ...about, type: 'doc.update', id: 'crafted-1', update })).toMatchObject({
        code,
        rule,
      });
    expect(await stored()).toBe(before);
    expect(bob.frames()).toHaveLength(13);
  });

  it('[WR23] [F75] that would make the document too slow to open is refused', async () => {
    const { write, stored } = await room();
    await write('Quick. ');
    const { now } = clock;
    let at = now();
    clock.now = () => {
      at += 3_000;
      return at;
    };
    expect(await write('Slow')).toMatchObject({ type: 'error', code: 'limit', rule: 'WR23' });
    clock.now = now;
    expect(await stored()).toBe('Quick. ');
  });

  it('[WR12] is told to a crowd by fewer frames, with those that came before it', async () => {
    const { org, incident, bob, write } = await room();
    await crowd({ org, incident }, 300);
    for (let i = 1; i <= 16; i++) {
      await write(`${i} `);
      world.world.setClock(clock.now() + 200);
    }
    const told = bob
      .frames()
      .flatMap((frame) => (frame.type === 'doc.updates' ? [frame.updates.length] : []));
    expect(told.length).toBeLessThan(10);
    expect(Math.max(...told)).toBeGreaterThan(1);
    expect(inFrames(bob.frames())).toMatch(/^1 2 3 4 5 6 7 8 9 10 /);
  }, 60_000);
});

describe('doc.open', () => {
  it('[WR19] gives what a copy lacks in parts, the last one as the answer', async () => {
    const { ann, bob, about, copy, send } = await room();
    for (let i = 0; i < 4; i++) await send(changeOf(copy, (text) => text.insert(0, `${i}`.repeat(15_000))));
    world.gateway.resetHistory();
    const last = await bob.say({ ...about, type: 'doc.open', id: 'question-9' });
    const parts = bob.frames().flatMap((frame) => (frame.type === 'doc.state' ? [frame] : []));
    expect(parts.map(({ part, of, id }) => ({ part, of, id }))).toEqual(
      [0, 1, 2, 3].map((part) => ({ part, of: 4, id: 'question-9' })),
    );
    expect(last).toMatchObject({ part: 3, last: 4 });
    const whole = Buffer.concat(parts.map(({ data }) => fromBase64(data)));
    expect(textOf(documentOf([whole]))).toBe(copy.getText('text').toString());
    const { encodeStateVector } = await import('yjs');
    const have = toBase64(encodeStateVector(copy));
    const nothing = await ann.say({ ...about, type: 'doc.open', id: 'question-8', have });
    expect(nothing).toMatchObject({ type: 'doc.state', of: 1, data: 'AAA=', last: 4 });
    const all = await ann.say({ ...about, type: 'doc.open', id: 'question-7', have: '/////w==' });
    expect(all).toMatchObject({ type: 'doc.state', of: 4 });
  });

  it('[WR19] is for who is in the room; who asks the room for facts stays a reader, who closes does not', async () => {
    const { org, bob, about, write } = await room();
    const carl = await world.person(ctxOf(org, 'viewer', 'Carl'));
    expect(await carl.say({ ...about, type: 'doc.open', id: 'question-2' })).toMatchObject({
      ...{ code: 'invalid', rule: 'WR19' },
    });
    await bob.say({ ...about, type: 'join', after: 0 });
    await write('Seen');
    expect(bob.frames().map(({ type }) => type)).toEqual(['joined', 'doc.updates']);
    await bob.say({ ...about, type: 'doc.close' });
    await write(' or not');
    expect(bob.frames()).toHaveLength(2);
  });
});

describe('a cursor', () => {
  it('[WR24] is told to those who look at the document, by the name of its person, and is not stored', async () => {
    const { ann, bob, about } = await room();
    const cursor = { anchor: 'AAAA', head: 'AQID' };
    await ann.say({ ...about, type: 'doc.cursor', client: 7, cursor });
    expect(bob.frames()).toMatchObject([
      { type: 'doc.cursor', client: 7, cursor, person: { id: 'per_ann', name: 'Ann' } },
    ]);
    expect(ann.frames()).toEqual([]);
  });

  it('[WR24] of who moves too often, or before a crowd, is dropped', async () => {
    const { org, incident, ann, bob, about } = await room();
    const move = () => ann.say({ ...about, type: 'doc.cursor', client: 7, cursor: null });
    for (let i = 0; i < 20; i++) await move();
    expect(bob.frames()).toHaveLength(5);
    world.world.setClock(clock.now() + MINUTE);
    await crowd({ org, incident }, 100);
    await move();
    expect(bob.frames()).toHaveLength(5);
  });
});
