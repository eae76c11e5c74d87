import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { RoomConnection, type Socket } from '../../frontend/war-room/connection.ts';
import type { ChannelNews } from '../../frontend/war-room/document/channel.ts';
import { DocumentProvider } from '../../frontend/war-room/document/provider.ts';
import { RoomChannel } from '../../frontend/war-room/document/room-channel.ts';
import { readUnstored } from '../../frontend/war-room/document/unstored.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { fromBase64, toBase64 } from '../../shared/war-room/document/base64.ts';
import { TEXT } from '../../shared/war-room/document/text.ts';
import type { ClientFrame, ServerMessage } from '../../shared/war-room/index.ts';
import { openTab } from '../support/browser-tab.ts';
import { changeOf, copyOf } from '../support/document-copy.ts';

const incident = idOf('incident', 0, 'channel');

/** A connection whose other side is the test. */
async function connected() {
  const sent: ClientFrame[] = [];
  const socket: Socket = {
    ...{ onopen: null, onclose: null, onmessage: null, close: () => undefined },
    send: (text) => void sent.push(JSON.parse(text)),
  };
  const connection = new RoomConnection(incident, {
    ...{ luck: 0, now: () => 0 },
    ticket: async () => 'ticket',
    open: () => socket,
  });
  const say = (frame: ServerMessage) => socket.onmessage?.({ data: JSON.stringify(frame) });
  const open = () => {
    socket.onopen?.();
    say({ v: 1, type: 'joined', incident, facts: [], last: 0, people: [] });
  };
  connection.happen({ is: 'start' });
  await Promise.resolve();
  const stop = () => connection.happen({ is: 'stop' });
  return { connection, socket, sent, say, open, stop };
}

describe('the way to a document over the connection of its room', () => {
  it('tells when the room is joined and lost, and all that is said', async () => {
    const { connection, socket, open, stop } = await connected();
    const channel = new RoomChannel(connection);
    const news: ChannelNews['is'][] = [];
    const leave = channel.subscribe(({ is }) => news.push(is));
    expect(channel.isOpen).toBe(false);
    open();
    expect(channel.isOpen).toBe(true);
    socket.onclose?.();
    leave();
    stop();
    expect(news.filter((is) => is !== 'heard')).toEqual(['open', 'lost']);
    expect(news).toContain('heard');
  });

  it('carries a document: it is asked for once the room is joined, and closed when nobody shows it', async () => {
    const { connection, sent, say, open, stop } = await connected();
    const provider = new DocumentProvider(new RoomChannel(connection), openTab().tab);
    const hide = provider.show();
    open();
    const [asked] = sent.filter(({ type }) => type === 'doc.open');
    const data = toBase64(changeOf(copyOf(7), (text) => text.insert(0, 'There')));
    if (asked?.type === 'doc.open')
      say({ v: 1, type: 'doc.state', incident, id: asked.id, part: 0, of: 1, data, last: 1 });
    expect(provider.text.toString()).toBe('There');
    provider.text.insert(5, ' and here');
    const [change] = sent.filter(({ type }) => type === 'doc.update');
    hide();
    expect(sent.at(-1)?.type).not.toBe('doc.close');
    if (change?.type === 'doc.update')
      say({ v: 1, type: 'doc.accepted', incident, id: change.id, position: 2 });
    expect(sent.at(-1)).toEqual({ v: 1, type: 'doc.close', incident });
    stop();
  });

  it('carries after a reload what was not stored before it, and keeps nothing of what was', async () => {
    const before = openTab();
    const offline = new DocumentProvider(new RoomChannel((await connected()).connection), before.tab);
    offline.show();
    offline.text.insert(0, 'Written ');
    offline.text.insert(8, 'offline');
    before.leave();
    const after = openTab(before.kept);
    const { connection, sent, say, open, stop } = await connected();
    const provider = new DocumentProvider(new RoomChannel(connection), after.tab);
    expect(provider.text.toString()).toBe('Written offline');
    const hide = provider.show();
    open();
    const [asked] = sent.filter(({ type }) => type === 'doc.open');
    const data = toBase64(changeOf(copyOf(7), (text) => text.insert(0, 'There. ')));
    if (asked?.type === 'doc.open')
      say({ v: 1, type: 'doc.state', incident, id: asked.id, part: 0, of: 1, data, last: 1 });
    const [change] = sent.filter(({ type }) => type === 'doc.update');
    if (change?.type !== 'doc.update') throw new Error('nothing was sent');
    expect(
      copyOf(8, Y.mergeUpdates([data, change.update].map(fromBase64)))
        .getText(TEXT)
        .toString(),
    ).toBe(provider.text.toString());
    say({ v: 1, type: 'doc.accepted', incident, id: change.id, position: 2 });
    hide();
    expect([after.kept.size, after.leaving.size]).toEqual([0, 0]);
    stop();
  });

  it('keeps nothing that was refused, which would be refused again after every reload', async () => {
    const { tab, kept, leave } = openTab();
    const { connection, sent, say, open, stop } = await connected();
    const provider = new DocumentProvider(new RoomChannel(connection), tab);
    provider.show();
    open();
    const [asked] = sent.filter(({ type }) => type === 'doc.open');
    const data = toBase64(changeOf(copyOf(7), (text) => text.insert(0, 'Full')));
    if (asked?.type === 'doc.open')
      say({ v: 1, type: 'doc.state', incident, id: asked.id, part: 0, of: 1, data, last: 1 });
    provider.text.insert(4, ' of words');
    leave();
    expect(kept.size).toBe(1);
    const [change] = sent.filter(({ type }) => type === 'doc.update');
    const id = change?.type === 'doc.update' ? change.id : '';
    say({ v: 1, type: 'error', incident, id, code: 'limit', rule: 'WR23', message: 'It is full.' });
    expect(provider.client.refused).toBe('It is full.');
    leave();
    expect(kept.size).toBe(0);
    stop();
  });

  it('takes whatever else is kept in its place for nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        const { tab } = openTab(new Map([[`document ${incident}`, text]]));
        const update = readUnstored(tab.sessionStorage, incident);
        if (update !== undefined) Y.applyUpdate(new Y.Doc(), update);
      }),
    );
    expect(readUnstored(openTab().tab.sessionStorage, incident)).toBeUndefined();
  });
});
