import { type DocumentClient, isStored } from '../../../shared/war-room/document/client-state.ts';

/** How it stands with the document, in words. */
export function stateText(client: DocumentClient): string {
  const { link } = client;
  if (client.refused !== undefined) return client.refused;
  if (link === 'closed')
    return isStored(client)
      ? 'No connection. You can go on writing.'
      : 'No connection. What you write is kept here and stored when it is back; keep this page open.';
  if (link === 'opening') return 'Connecting …';
  return isStored(client) ? 'Stored' : 'Storing …';
}
