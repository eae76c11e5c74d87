import { cut } from '../../shared/kernel/text.ts';
import { toText } from '../../shared/kernel/time.ts';
import type { Mark } from '../../shared/timeline/drawing.ts';
import { laneNames } from '../../shared/timeline/event.ts';

/** `10:05:12` in UTC, as the drawing, exports and colleagues in other places have it. */
export const clockText = (at: number): string => toText(at).slice(11, 19);

/** What a mark of the drawing stands for. */
export function markText({ lane, events }: Mark): string {
  const [first] = events;
  if (!first) return laneNames[lane];
  const many = events.length === 1 ? '' : `${manyText(events.length)} events from `;
  const said = first.quote === undefined ? '' : ` “${cut(first.quote, 120)}”`;
  return `${many}${clockText(first.at)}, ${laneNames[lane]}: ${first.text}${said}`;
}

/** How many events a mark stands for, as it says itself. */
export const manyText = (count: number): string => (count > 99 ? '99+' : String(count));

/** The name by which the list of events knows one. */
export const eventAnchor = (id: string): string => `event-${id}`;
