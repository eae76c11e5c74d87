import type { SeenAlert } from '../alerts/index.ts';
import { type AlertHead, stateOf } from './alert-head.ts';
import { occurrencesOf } from './occurrence.ts';

/** An alert as its sender may see it. */
export function seenOf(head: AlertHead): SeenAlert {
  const { fingerprint, integration, labels, title, severity, firings } = head;
  return {
    ...{ fingerprint, integration, labels },
    ...(title !== undefined && { title }),
    ...(severity !== undefined && { severity }),
    ...{ state: stateOf(head), count: firings.length },
    ...occurrencesOf(head).at(-1),
  };
}
