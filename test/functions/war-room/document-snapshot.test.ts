import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clock } from '../../../functions/aws/clock.ts';
import { readDocument } from '../../../functions/aws/documents.ts';
import { table } from '../../../functions/aws/table.ts';
import { MINUTE } from '../../../shared/kernel/index.ts';
import { documentOf, textOf, toBase64 } from '../../../shared/war-room/api.ts';
import { changeOf, copyOf } from '../../support/document-copy.ts';
import { enterRoom } from '../../support/document-room.ts';
import { queueEvent } from '../../support/function-world.ts';
import { ctxOf, type RoomWorld, startRoomWorld } from '../../support/room-world.ts';

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

describe('the snapshot of a minute', () => {
  const compact = ({ org, incident }: { org: string; incident: string }) =>
    world.tidy(queueEvent('Room', [{ kind: 'snapshot', org, incident }]));
  const later = (minutes: number) => world.world.setClock(clock.now() + minutes * MINUTE);

  it('is asked for by the first change of a minute, a minute later', async () => {
    const { incident, org, write } = await room();
    await write('a');
    await write('b');
    const message = { queue: 'Room', body: { kind: 'snapshot', org, incident }, delaySeconds: 60 };
    expect(world.world.sent).toMatchObject([message]);
    later(1);
    await write('c');
    expect(world.world.sent).toMatchObject([message, message]);
  });

  it('takes the place of the changes that are in it, and is kept when the next one is made', async () => {
    const { org, incident, write, stored, bob, about } = await room();
    await write('First. ');
    later(1);
    expect(await compact({ org, incident })).toEqual({ batchItemFailures: [] });
    const first = await readDocument({ org, incident });
    expect(first).toMatchObject({ updates: [], last: 1, head: { position: 1, chunks: 1 } });
    await write('Second. ');
    expect(await stored()).toBe('First. Second. ');
    later(1);
    await compact({ org, incident });
    await compact({ org, incident });
    const second = await readDocument({ org, incident });
    expect(second).toMatchObject({ updates: [], last: 2, head: { minute: (first.head?.minute ?? 0) + 1 } });
    expect(await stored()).toBe('First. Second. ');
    expect(textOf(documentOf(first.snapshot ? [first.snapshot] : []))).toBe('First. ');
    expect(await bob.say({ ...about, type: 'doc.open', id: 'question-3' })).toMatchObject({ last: 2 });
  });

  it('takes the place of an earlier one of the same minute, also when it has fewer parts', async () => {
    const { org, incident, copy, send, write, stored } = await room();
    for (let i = 0; i < 21; i++) await send(changeOf(copy, (text) => text.insert(0, '€'.repeat(5_000))));
    await compact({ org, incident });
    expect((await readDocument({ org, incident })).head).toMatchObject({ version: 1, chunks: 2 });
    await send(changeOf(copy, (text) => text.delete(0, text.length)));
    await write('Second');
    expect(await compact({ org, incident })).toEqual({ batchItemFailures: [] });
    const { head, updates } = await readDocument({ org, incident });
    expect({ head, updates }).toMatchObject({ head: { version: 2, chunks: 1 }, updates: [] });
    expect(await stored()).toBe('Second');
  });

  it('is asked for at once where many write, so that not too much is read at each change', async () => {
    const { write } = await room();
    world.world.setClock(Math.ceil(clock.now() / MINUTE) * MINUTE);
    for (let i = 0; i < 200; i++) {
      await write(`${i}`);
      if (i % 50 === 0) world.world.setClock(clock.now() + 10_000);
    }
    expect(world.world.sent.map(({ delaySeconds }) => delaySeconds)).toEqual([60, 0]);
  }, 60_000);

  it('of a large document has several parts', async () => {
    const { org, incident, copy, send, stored } = await room();
    for (let i = 0; i < 25; i++) await send(changeOf(copy, (text) => text.insert(0, '€'.repeat(5_000))));
    later(1);
    await compact({ org, incident });
    expect((await readDocument({ org, incident })).head?.chunks).toBeGreaterThan(1);
    expect(await stored()).toBe('€'.repeat(125_000));
  }, 60_000);

  const { get, transact } = table;
  afterEach(() => vi.restoreAllMocks());
  /** Lets the next transaction wait until other work is done. */
  const transactAfter = (work: () => Promise<unknown>) =>
    vi.spyOn(table, 'transact').mockImplementationOnce(async (writes) => {
      await work();
      return transact(writes);
    });
  /** Lets the next read of one item wait until other work is done. */
  const getAfter = (work: () => Promise<unknown>) =>
    vi.spyOn(table, 'get').mockImplementationOnce(async (key) => {
      await work();
      return get(key);
    });

  it('of a slow worker does not take the place of one that knows more', async () => {
    const place = await room();
    await place.write('a');
    transactAfter(async () => {
      await place.write('b');
      await compact(place);
    });
    expect(await compact(place)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(await place.stored()).toBe('ab');
  });

  it('leaves what was written while it was made', async () => {
    const place = await room();
    await place.write('a');
    transactAfter(() => place.write('b'));
    await compact(place);
    expect((await readDocument(place)).updates).toHaveLength(1);
    expect(await place.stored()).toBe('ab');
  });

  it('is found by who read the changes before it was made', async () => {
    const place = await room();
    await place.write('a');
    getAfter(() => compact(place));
    expect(await place.stored()).toBe('a');
  });

  it('[WR21] loses nothing while people write and several workers make it at once', async () => {
    const { org, incident, about, stored, copy, ann } = await room();
    const bob = await world.person(ctxOf(org, 'responder', 'Bert'));
    await bob.say({ ...about, type: 'join', after: 0 });
    const other = copyOf(5_000);
    let wanted = 0;
    for (let round = 0; round < 8; round++) {
      const writing = [
        [ann, copy],
        [bob, other],
      ] as const;
      const work = writing.map(async ([person, own], who) => {
        for (let i = 0; i < 5; i++) {
          const update = toBase64(changeOf(own, (text) => text.insert(0, who === 0 ? 'a' : 'b')));
          const said = { ...about, type: 'doc.update', id: `race-${who}-${round}-${i}`, update };
          expect(await person.say(said)).toMatchObject({ type: 'doc.accepted' });
        }
      });
      await Promise.all([
        ...work,
        compact({ org, incident }),
        compact({ org, incident }),
        compact({ org, incident }),
      ]);
      wanted += 5;
      later(1);
      const text = await stored();
      expect([...text].filter((letter) => letter === 'a')).toHaveLength(wanted);
      expect([...text].filter((letter) => letter === 'b')).toHaveLength(wanted);
    }
    await compact({ org, incident });
    expect((await readDocument({ org, incident })).updates).toEqual([]);
    expect(await stored()).toHaveLength(80);
  }, 60_000);
});
