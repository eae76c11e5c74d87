import { describe, expect, it } from 'vitest';
import { asyncApiOf } from '../../../functions/api/asyncapi.ts';
import { clientMessages, serverMessages } from '../../../shared/war-room/api.ts';
import { rules } from '../../../shared/war-room/index.ts';

const document = asyncApiOf('wss://socket.example.com/live');
const { messages } = document.components;

describe('the AsyncAPI document', () => {
  it('names the socket, and the ticket that opens it', () => {
    expect(document.servers.live).toEqual({ host: 'socket.example.com', pathname: '/live', protocol: 'wss' });
    expect(document.channels.room.bindings.ws.query.required).toEqual(['ticket']);
  });

  it('has every message of both ends once, each said to be heard or said', () => {
    const names = [
      ...Object.keys(clientMessages).map((type) => `client.${type}`),
      ...Object.keys(serverMessages).map((type) => `server.${type}`),
    ];
    expect(Object.keys(messages)).toEqual(names);
    const { say, hear } = document.operations;
    const named = [...say.messages, ...hear.messages].map(({ $ref }) => $ref.split('/').at(-1));
    expect(named).toEqual(names);
    expect(say.action).toBe('receive');
    expect(hear.action).toBe('send');
  });

  it('says of a message its fields, its limits and its rule', () => {
    expect(messages['client.chat']).toMatchObject({
      summary: `WR8: ${rules.WR8}`,
      payload: {
        required: ['v', 'incident', 'id', 'type', 'text'],
        properties: { type: { const: 'chat' }, text: { maxLength: 2_000 } },
      },
    });
  });

  it('has no reference that leads nowhere', () => {
    const refs = JSON.stringify(document).match(/(?<="\$ref":")[^"]+/g) ?? [];
    expect(refs).toContain('#/components/schemas/Fact');
    for (const ref of refs) {
      let found: unknown = document;
      for (const step of ref.replace('#/', '').split('/')) found = Reflect.get(Object(found), step);
      expect(found, ref).toBeTypeOf('object');
    }
  });
});
