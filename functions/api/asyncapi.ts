import * as z from 'zod';
import { factView } from '../../shared/incidents/api.ts';
import { clientMessages, serverMessages } from '../../shared/war-room/api.ts';
import { ruleOf, rules } from '../../shared/war-room/index.ts';

type Direction = 'client' | 'server';

interface Reference {
  readonly $ref: string;
}

/** The AsyncAPI 3.0 document of the war room's socket at this address, made of the schemas that the functions parse by. */
export function asyncApiOf(url: string) {
  const { host, pathname, protocol } = new URL(url);
  const said = messagesOf('client', clientMessages);
  const heard = messagesOf('server', serverMessages);
  const refs = (messages: object, place: string): readonly Reference[] =>
    Object.keys(messages).map((name) => ({ $ref: `#/${place}/${name}` }));
  const all = { ...said, ...heard };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'War rooms',
      version: '1.0.0',
      description: 'Rules by number: docs/war-room-protocol.md.',
    },
    defaultContentType: 'application/json',
    servers: { live: { host, pathname, protocol: protocol.replace(':', '') } },
    channels: {
      room: {
        address: '/',
        title: 'A connection',
        messages: Object.fromEntries(
          Object.keys(all).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
        bindings: { ws: { query: ticketQuery } },
      },
    },
    operations: {
      say: operation('receive', 'What a client says.', refs(said, 'channels/room/messages')),
      hear: operation('send', 'What a client hears.', refs(heard, 'channels/room/messages')),
    },
    components: { messages: all, schemas: { Fact: schemaOf(factView) } },
  };
}

const ticketQuery = {
  type: 'object',
  required: ['ticket'],
  properties: { ticket: { type: 'string', description: rules.WR2 } },
} as const;

const operation = (action: 'send' | 'receive', summary: string, messages: readonly Reference[]) => ({
  ...{ action, summary, messages },
  channel: { $ref: '#/channels/room' },
});

/** Messages under names that tell who says them: both ends say `typing`. */
function messagesOf(direction: Direction, schemas: Readonly<Record<string, z.ZodType>>) {
  return Object.fromEntries(
    Object.entries(schemas).map(([type, schema]) => {
      const rule = direction === 'client' ? ruleOf[type as keyof typeof ruleOf] : undefined;
      const summary = rule === undefined ? {} : { summary: `${rule}: ${rules[rule]}` };
      return [`${direction}.${type}`, { name: type, ...summary, payload: schemaOf(schema) }];
    }),
  );
}

/** A schema as JSON Schema; facts are described once, for the whole document. */
function schemaOf(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _, $defs: __, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return JSON.parse(JSON.stringify(rest).replaceAll('#/$defs/Fact', '#/components/schemas/Fact'));
}
