import type { APIGatewayProxyResultV2, APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { replyToError } from './errors.ts';

/** What a socket's handler learns: which connection, the frame's text, and what the ticket said at `$connect`. */
export interface SocketEvent {
  readonly connectionId: string;
  readonly frame: string;
  readonly requestId: string;
  readonly authorizer: Readonly<Record<string, unknown>> | undefined;
}

type Event = APIGatewayProxyWebsocketEventV2 & {
  readonly requestContext: { readonly authorizer?: Readonly<Record<string, unknown>> };
};

/** A Lambda behind one route of the WebSocket API. What is thrown becomes a status; the person sees no more than that. */
export function socket(run: (event: SocketEvent) => Promise<void>) {
  return async (event: Event): Promise<APIGatewayProxyResultV2> => {
    const { connectionId, requestId, routeKey, authorizer } = event.requestContext;
    const body = event.body ?? '';
    const frame = event.isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
    try {
      await run({ connectionId, frame, requestId, authorizer });
      return { statusCode: 200 };
    } catch (error) {
      return { statusCode: replyToError(error, requestId, `socket ${routeKey}`).status };
    }
  };
}
