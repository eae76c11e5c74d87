import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { isStored } from '../../../shared/war-room/document/client-state.ts';
import type { Channel } from './channel.ts';
import { coloursOf } from './colours.ts';
import { mountEditor } from './editor.ts';
import { type DocumentProvider, providerOf } from './provider.ts';
import { storedText, troubleText } from './state-text.ts';

export interface SharedDocumentProps {
  /** The way to the room; the same object as long as the room is the same. */
  readonly channel: Channel;
  /** Who is in front of the page. */
  readonly person: { readonly id: string; readonly name: string };
  /** For those who may only read. @default false */
  readonly readOnly?: boolean;
}

/** The document of a room, written by several people at once. Load it lazily: its editor is larger than the rest of the page. */
export function SharedDocument({ channel, person, readOnly = false }: SharedDocumentProps) {
  const provider = providerOf(channel);
  const client = useSyncExternalStore(
    (listener) => provider.subscribe(listener),
    () => provider.client,
  );
  const [isFull, setFull] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const trouble = isFull ? 'The document is full; shorten it before you write more.' : troubleText(client);
  const isReadOnly = readOnly || client.refused !== undefined;
  useEffect(() => provider.show(), [provider]);
  useEffect(() => {
    const warn = (event: Event) => !isStored(provider.client) && event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [provider]);
  useEffect(() => {
    if (place.current === null) return undefined;
    const options = { readOnly: isReadOnly, label: 'Shared document', onFull: setFull };
    const view = mountEditor(place.current, provider, options);
    return () => view.destroy();
  }, [provider, isReadOnly]);
  return (
    <section className="shared-document" aria-label="Document">
      <Others provider={provider} own={person.id} />
      <div ref={place} className="shared-document-text" />
      <p className="shared-document-state">
        {trouble === undefined && storedText(client)}
        <span role="status" className={client.refused === undefined ? undefined : 'alarm'}>
          {trouble}
        </span>
      </p>
    </section>
  );
}

/** Who else has their cursor in the text, each by the colour that it has there. */
function Others({ provider, own }: { readonly provider: DocumentProvider; readonly own: string }) {
  const names = useSyncExternalStore(
    (listener) => provider.subscribe(listener),
    () => namesIn(provider),
  );
  const people = JSON.parse(names) as readonly (readonly [id: string, name: string, colour: number])[];
  return (
    <ul className="shared-document-people" aria-label="Also writing">
      {people.map(([id, name, colour]) => (
        <li key={id} data-colour={colour}>
          {id === own ? `${name} (you, elsewhere)` : name}
        </li>
      ))}
    </ul>
  );
}

/** The people as a text, which is the same as long as they are. */
function namesIn({ cursors }: DocumentProvider): string {
  const colours = coloursOf(cursors.values());
  const people = new Map([...cursors.values()].map(({ person }) => [person.id, person.name]));
  return JSON.stringify([...people].toSorted().map(([id, name]) => [id, name, colours.get(id) ?? 0]));
}
