import { lazy, Suspense, useMemo } from 'react';
import type { PersonRef } from '../../shared/incidents/index.ts';
import { Waiting } from '../ui/waiting.tsx';
import type { RoomConnection } from './connection.ts';
import { RoomChannel } from './document/room-channel.ts';

// Its editor is larger than all the rest of the page.
const SharedDocument = lazy(async () => ({
  default: (await import('./document/shared-document.tsx')).SharedDocument,
}));

export interface RoomDocumentProps {
  /** The connection of the room, as soon as there is one. */
  readonly connection: RoomConnection | undefined;
  readonly person: PersonRef;
  readonly mayWrite: boolean;
}

/** The document of a room, over the connection that the room has. */
export function RoomDocument({ connection, person, mayWrite }: RoomDocumentProps) {
  const channel = useMemo(() => connection && new RoomChannel(connection), [connection]);
  if (channel === undefined) return <Waiting what="the document" />;
  return (
    <Suspense fallback={<Waiting what="the document" />}>
      <SharedDocument channel={channel} person={person} readOnly={!mayWrite} />
    </Suspense>
  );
}
