import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../shared/kernel/index.ts';
import { isStored } from '../../../shared/war-room/document/client-state.ts';
import { documentTimes } from '../../../shared/war-room/document/limits.ts';
import type { ClientFrame } from '../../../shared/war-room/index.ts';
import { DocumentNetwork } from '../../support/document-network.ts';

const framesOf = (network: DocumentNetwork, type: ClientFrame['type'], from = 0) =>
  network.sent.filter((one) => one.frame.type === type && one.from === from);
const write = (network: DocumentNetwork, i: number, at: number, text: string) =>
  network.edit(i, (shared) => shared.insert(Math.min(at, shared.length), text));
const texts = (network: DocumentNetwork) => network.members.map((_, i) => network.text(i));

/** The news that there is a second position, to who knows of none. */
const hole = (network: DocumentNetwork) => ({
  v: 1 as const,
  type: 'doc.updates' as const,
  incident: network.member(0).client.incident,
  updates: [{ position: 2, update: 'AAA=' }],
});

/** One random edit of a copy. */
function scribble(network: DocumentNetwork, i: number): void {
  network.edit(i, (text) => {
    const at = Math.floor(network.luck() * (text.length + 1));
    if (network.luck() < 0.3 && text.length > at) text.delete(at, Math.min(5, text.length - at));
    else text.insert(at, ['a', 'word ', '\n', '💥', '# '][Math.floor(network.luck() * 5)] ?? '');
  });
}

/** Lets everything arrive that may still be missing. */
function calm(network: DocumentNetwork): void {
  network.weather = { lost: 0, latest: 20 };
  for (const [i, { isOpen }] of network.members.entries()) if (!isOpen) network.connect(i);
  network.run(documentTimes.check + 10 * SECOND);
}

describe('a client of a document', () => {
  it('[WR20] has one change on its way, at most four a second, and what is written meanwhile is the next', () => {
    const network = new DocumentNetwork(1, 2);
    network.run(SECOND);
    for (let i = 0; i < 40; i++) {
      write(network, 0, i, 'x');
      network.run(50);
    }
    network.run(SECOND);
    const at = framesOf(network, 'doc.update').map((frame) => frame.at);
    expect(at.length).toBeLessThanOrEqual(9);
    expect(texts(network)).toEqual(['x'.repeat(40), 'x'.repeat(40)]);
  });

  it('[WR20] sends a change again after 2 s, 4 s, 8 s …, with the same id', () => {
    const network = new DocumentNetwork(1, 1);
    network.run(SECOND);
    network.weather = { lost: 1, latest: 0 };
    write(network, 0, 0, 'x');
    network.run(2 * SECOND);
    write(network, 0, 1, 'y');
    network.run(30 * SECOND);
    const sent = framesOf(network, 'doc.update');
    expect(sent.map(({ at }) => at)).toEqual([1_000, 3_000, 7_000, 15_000, 31_000]);
    expect(new Set(sent.map(({ frame }) => ('id' in frame ? frame.id : ''))).size).toBe(1);
    expect(isStored(network.member(0).client)).toBe(false);
    calm(network);
    expect(isStored(network.member(0).client)).toBe(true);
  });

  it('[WR21] asks for what is beyond a hole, and once in 30 s in any case', () => {
    const network = new DocumentNetwork(1, 2);
    network.run(SECOND);
    network.happen(0, { is: 'heard', frame: hole(network) });
    network.run(MINUTE);
    const [, asked = 0, again = 0] = framesOf(network, 'doc.open').map(({ at }) => at);
    expect(asked).toBe(1_300);
    expect(again).toBeGreaterThan(2_300);
    const others = framesOf(network, 'doc.open', 1).map(({ at }) => at);
    expect(others).toHaveLength(3);
  });

  it('[WR21] waits not for ever for a position that nobody has written', () => {
    const network = new DocumentNetwork(1, 2);
    network.run(SECOND);
    const told = hole(network);
    network.happen(0, { is: 'heard', frame: told });
    network.weather = { lost: 1, latest: 0 };
    network.run(400);
    const id = network.member(0).client.question?.id ?? '';
    const part = { part: 0, of: 1, data: 'AAA=', last: 2 };
    network.happen(0, { is: 'heard', frame: { ...told, type: 'doc.state', id, ...part } });
    expect(network.member(0).client).toMatchObject({ known: 2, ahead: new Set() });
  });

  it('[WR23] says nothing more after a refusal, and still hears the others', () => {
    const network = new DocumentNetwork(1, 2);
    network.run(SECOND);
    write(network, 0, 0, 'x');
    const { flying, incident } = network.member(0).client;
    const about = { v: 1, type: 'error', incident, id: flying?.id ?? '' } as const;
    network.happen(0, { is: 'heard', frame: { ...about, code: 'limit', rule: 'WR23', message: 'Too long' } });
    write(network, 0, 0, 'y');
    write(network, 1, 0, 'z');
    network.run(2 * SECOND);
    expect(framesOf(network, 'doc.update')).toHaveLength(1);
    expect(network.member(0).client).toMatchObject({ refused: 'Too long' });
    expect(network.text(0)).toContain('z');
  });

  it('[WR17] waits when it has said too much, and says it again', () => {
    const network = new DocumentNetwork(1, 1);
    network.run(SECOND);
    network.weather = { lost: 1, latest: 0 };
    write(network, 0, 0, 'x');
    const { flying, incident } = network.member(0).client;
    const about = { v: 1, type: 'error', incident, id: flying?.id ?? '' } as const;
    network.happen(0, { is: 'heard', frame: { ...about, code: 'limit', rule: 'WR17', message: 'Too many' } });
    network.run(6 * SECOND);
    expect(framesOf(network, 'doc.update').map(({ at }) => at)).toEqual([1_000, 6_000]);
  });

  it('[WR24] tells where its cursor is, again after 20 s, and that it is gone', () => {
    const network = new DocumentNetwork(1, 2);
    network.run(SECOND);
    const at = (place: string) => ({ anchor: place, head: place });
    for (const place of ['AAAA', 'BBBB', 'CCCC'])
      network.happen(0, { is: 'moved', cursor: at(place), others: 0 });
    network.run(25 * SECOND);
    network.happen(0, { is: 'moved', cursor: null, others: 0 });
    network.run(MINUTE);
    const told = framesOf(network, 'doc.cursor').map(
      ({ frame }) => frame.type === 'doc.cursor' && frame.cursor,
    );
    expect(told).toEqual([at('AAAA'), at('CCCC'), at('CCCC'), null]);
  });

  it('undoes what it wrote, and keeps what others wrote', () => {
    const network = new DocumentNetwork(1, 2);
    write(network, 0, 0, 'mine ');
    network.run(SECOND);
    write(network, 1, 5, 'theirs ');
    network.run(SECOND);
    write(network, 0, 12, 'mine too');
    network.run(SECOND);
    network.member(0).undo.undo();
    network.member(0).undo.undo();
    network.run(SECOND);
    expect(texts(network)).toEqual(['theirs ', 'theirs ']);
    network.member(0).undo.redo();
    network.run(SECOND);
    expect(texts(network)).toEqual(['mine theirs ', 'mine theirs ']);
  });

  it('[F74] two who type at one place, one of them without connection for an hour, have the same text after it', () => {
    const network = new DocumentNetwork(74, 2);
    write(network, 0, 0, 'Here: ');
    network.run(SECOND);
    network.disconnect(1);
    for (let i = 0; i < 1_000; i++) {
      write(network, 0, 6, 'a');
      write(network, 1, 6, 'b');
      if (i % 10 === 0) scribble(network, 1);
      if (i % 25 === 0) network.member(1).undo.undo();
      network.run(HOUR / 1_000);
    }
    expect(network.text(0)).not.toBe(network.text(1));
    calm(network);
    const [first = '', second] = texts(network);
    expect(second).toBe(first);
    expect([...first].filter((letter) => letter === 'a').length).toBeGreaterThanOrEqual(1_000);
    expect([...first].filter((letter) => letter === 'b').length).toBeGreaterThan(800);
    network.member(1).undo.undo();
    calm(network);
    expect(network.text(0)).toBe(network.text(1));
    expect([...network.text(0)].filter((letter) => letter === 'a').length).toBeGreaterThanOrEqual(1_000);
  });

  it('[F74] five who write at once over a network that loses, delays and cuts off have the same bytes in the end', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 0.4, noNaN: true }), (seed, lost) => {
        const network = new DocumentNetwork(seed, 5);
        network.weather = { lost, latest: 800 };
        for (let i = 0; i < 300; i++) {
          const who = Math.floor(network.luck() * 5);
          scribble(network, who);
          const { isOpen } = network.member(who);
          if (network.luck() < 0.05) isOpen ? network.disconnect(who) : network.connect(who);
          network.run(network.luck() * 300);
        }
        calm(network);
        const [first = '', ...others] = texts(network);
        for (const other of others) expect(other).toBe(first);
        for (const { client } of network.members) expect(isStored(client)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
