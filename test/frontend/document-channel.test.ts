import { describe, expect, it } from 'vitest';
import { RoomConnection, type Socket } from '../../frontend/war-room/connection.ts';
import type { ChannelNews } from '../../frontend/war-room/document/channel.ts';
import { DocumentProvider } from '../../frontend/war-room/document/provider.ts';
import { RoomChannel } from '../../frontend/war-room/document/room-channel.ts';
import { idOf } from '../../shared/kernel/index.ts';
import { toBase64 } from '../../shared/war-room/document/base64.ts';
import type { ClientFrame, ServerMessage } from '../../shared/war-room/index.ts';
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
    const provider = new DocumentProvider(new RoomChannel(connection));
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
});
