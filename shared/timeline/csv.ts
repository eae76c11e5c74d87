import { csvOf, toText } from '../kernel/index.ts';
import type { TimelineEvent } from './event.ts';

/** The names of the columns, in their order. */
const columns = [
  'at',
  'learnedAt',
  'number',
  'lane',
  'kind',
  'who',
  'what',
  'quote',
  'details',
  'link',
] as const;

/** Events as a table; the first page begins with the names of the columns. */
export function eventsCsv(events: readonly TimelineEvent[], withNames: boolean): string {
  const rows = events.map(({ at, learnedAt, seq, lane, kind, actor, text, quote, lines, link }) => [
    ...[toText(at), toText(learnedAt), seq, lane, kind],
    ...[actor && 'name' in actor ? actor.name : actor?.id, text, quote, lines?.join('\n'), link],
  ]);
  return csvOf(withNames ? [columns, ...rows] : rows);
}
