import type { RawData, WebSocket } from 'ws';
import type { Socket } from '../../frontend/war-room/connection.ts';

/** What went over sockets: frames that changed the document, and bytes of all frames, as they were sent. */
export interface Traffic {
  updates: number;
  sentBytes: number;
  heardBytes: number;
  dropped: number;
}

/** A socket that loses some frames either way, as chance has it; what is lost was sent all the same. */
export function lossy(socket: WebSocket, traffic: Traffic, isLost: () => boolean): Socket {
  const shown: Socket = {
    ...{ onopen: null, onclose: null, onmessage: null },
    send(text) {
      traffic.sentBytes += Buffer.byteLength(text);
      if (text.includes('"type":"doc.update"')) traffic.updates += 1;
      if (isLost()) traffic.dropped += 1;
      else if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: () => socket.terminate(),
  };
  socket.on('open', () => shown.onopen?.());
  socket.on('close', () => shown.onclose?.());
  // Every error is followed by a close, which is what a client acts on.
  socket.on('error', () => undefined);
  socket.on('message', (data: RawData) => {
    const text = String(data);
    traffic.heardBytes += Buffer.byteLength(text);
    if (isLost()) traffic.dropped += 1;
    else shown.onmessage?.({ data: text });
  });
  return shown;
}
