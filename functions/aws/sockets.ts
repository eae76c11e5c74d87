import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  LimitExceededException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { setting } from './settings.ts';
import { unlogged } from './unlogged.ts';

/** What became of a frame: `gone` when nobody is there any more, `limited` when the account's quota is used up. */
export type Posted =
  | { readonly outcome: 'sent' | 'gone' | 'limited' }
  | { readonly outcome: 'failed'; readonly error: unknown };

let client: ApiGatewayManagementApiClient | undefined;

function sockets(): ApiGatewayManagementApiClient {
  // No second attempt by the SDK: a retry would spend the quota that the webhooks share.
  client ??= unlogged(
    new ApiGatewayManagementApiClient({
      endpoint: setting('socketEndpoint'),
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
    }),
  );
  return client;
}

/** A frame as it is sent: made once, however many it goes to. */
export const packed = (frame: unknown): Uint8Array => Buffer.from(JSON.stringify(frame));

/** Sends one frame to one connection. Never throws: a person who left is not a fault. */
export async function postTo(connectionId: string, frame: Uint8Array): Promise<Posted> {
  try {
    await sockets().send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: frame }));
    return { outcome: 'sent' };
  } catch (error) {
    if (error instanceof GoneException) return { outcome: 'gone' };
    if (error instanceof LimitExceededException) return { outcome: 'limited' };
    return { outcome: 'failed', error };
  }
}

/** Ends a connection; one that has ended already is as good. */
export async function closeConnection(connectionId: string): Promise<void> {
  try {
    await sockets().send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
  } catch (error) {
    if (!(error instanceof GoneException)) throw error;
  }
}
