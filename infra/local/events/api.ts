import { createServer, type IncomingMessage } from 'node:http';
import * as z from 'zod';
import { serve } from '../engines/serve.ts';
import type { Running, World } from '../resource.ts';
import type { EventBus } from './bus.ts';

/** The operation PutEvents of EventBridge, for tests and for people who try what an event becomes. */
export interface EventsApi extends Running {
  /** http://127.0.0.1:port */
  readonly endpoint: string;
}

type Served = Pick<World, 'account' | 'clock' | 'busy'> & { readonly bus: EventBus };

const Input = z.looseObject({ Entries: z.array(z.unknown()).min(1).max(10) });

/** The most bytes of a request (AWS: "PutEvents", 2026). */
const most = 1024 * 1024;

/** Starts it on a free port; it answers an error as AWS writes one until the system is there. */
export async function startEventsApi(world: () => Served | undefined): Promise<EventsApi> {
  const server = createServer((request, response) => {
    const refuse = (error: unknown): Said => wrong('InternalException', String(error));
    void answerTo(request, world())
      .catch(refuse)
      .then((said) => {
        const status = '__type' in said ? 400 : 200;
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
          .end(JSON.stringify(said));
      });
  });
  return serve(server);
}

type Said = Readonly<Record<string, unknown>>;

async function answerTo(request: IncomingMessage, world: Served | undefined): Promise<Said> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  const target = String(request.headers['x-amz-target']);
  if (target !== 'AWSEvents.PutEvents')
    return wrong(
      'UnknownOperationException',
      `The local runner has only PutEvents of EventBridge, not ${target}`,
    );
  if (world === undefined) return wrong('InternalException', 'The local runner has not started yet');
  if (body.length > most) return wrong('ValidationException', `The request is larger than ${most} bytes`);
  const input = Input.safeParse(jsonIn(body));
  if (!input.success)
    return wrong('ValidationException', 'Entries must be a list of 1 to 10 events; send it as JSON');
  const entries = input.data.Entries.map((entry) => world.bus.put(entry, world));
  return { FailedEntryCount: entries.filter((one) => 'ErrorCode' in one).length, Entries: entries };
}

function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const wrong = (__type: string, message: string): Said => ({ __type, message });
