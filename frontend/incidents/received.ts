import type { AlertView } from '../../shared/incidents/index.ts';
import { lasting } from '../../shared/kernel/time.ts';
import { countText } from './words.ts';

/** How often an alert was received and when last; undefined where that is not known or not counted yet. */
export function receivedText(
  { received, lastReceivedAt }: Pick<AlertView, 'received' | 'lastReceivedAt'>,
  now: number,
): string | undefined {
  if (received === undefined || lastReceivedAt === undefined) return undefined;
  const ago = `${lasting(now - Date.parse(lastReceivedAt))} ago`;
  return received === 1 ? `received once, ${ago}` : `received ${countText(received)} times, last ${ago}`;
}
