import { type DocumentClient, isStored } from '../../../shared/war-room/document/client-state.ts';

/** Whether everything is stored, in a word; this changes all the time, and is not said aloud. */
export const storedText = (client: DocumentClient): string => (isStored(client) ? 'Stored' : 'Storing …');

/** What a person must know of how it stands with the document; undefined when all is well. */
export function troubleText(client: DocumentClient): string | undefined {
  const { link } = client;
  if (client.refused !== undefined) return client.refused;
  if (link === 'closed')
    return isStored(client)
      ? 'No connection. You can go on writing.'
      : 'No connection. What you write is kept here and stored when it is back; keep this page open.';
  return link === 'opening' ? 'Connecting …' : undefined;
}
