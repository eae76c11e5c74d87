import { lazy, Suspense, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { IncidentId } from '../../../shared/kernel/index.ts';
import { SocketChannel } from './socket-channel.ts';

const SharedDocument = lazy(async () => {
  const loaded = await import('../../../frontend/war-room/document/shared-document.tsx');
  return { default: loaded.SharedDocument };
});

const asked = new URLSearchParams(location.search);
const channel = new SocketChannel(asked.get('incident') as IncidentId);
const person = { id: asked.get('person') ?? '', name: asked.get('name') ?? '' };

declare global {
  interface Window {
    /** What a test does with the connection. */
    readonly channel: SocketChannel;
  }
}
Object.assign(window, { channel });

/** The document alone, as a page of a room would show and hide it. */
function Page() {
  const [isShown, setShown] = useState(true);
  return (
    <>
      <h1>Document</h1>
      <button type="button" onClick={() => setShown(!isShown)}>
        {isShown ? 'Hide' : 'Show'}
      </button>
      <Suspense fallback={<p>Loading …</p>}>
        {isShown && (
          <SharedDocument channel={channel} person={person} readOnly={asked.get('readOnly') === 'yes'} />
        )}
      </Suspense>
    </>
  );
}

const place = document.getElementById('page');
if (place) createRoot(place).render(<Page />);
