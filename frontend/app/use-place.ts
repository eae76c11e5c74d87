import { useMemo, useSyncExternalStore } from 'react';
import { type Place, placeOf } from './place.ts';

/** The place that the address bar shows, followed as it changes. */
export function usePlace(): Place {
  const address = useSyncExternalStore(follow, () => `${location.pathname}${location.search}`);
  return useMemo(() => placeOf(new URL(address, location.origin)), [address]);
}

/** Goes to another address of this site without loading it anew. */
export function goTo(address: string): void {
  history.pushState(null, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo(0, 0);
}

function follow(changed: () => void): () => void {
  addEventListener('popstate', changed);
  return () => removeEventListener('popstate', changed);
}
