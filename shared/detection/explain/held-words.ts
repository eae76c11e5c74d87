import { exactly, type Instant } from '../../kernel/index.ts';
import { LINGER } from '../inhibition/sources.ts';
import { occurrencesOf } from '../occurrence.ts';
import type { Suppressed } from '../suppressed.ts';
import type { AlertRecord } from './record.ts';
import { apartWords, heldBefore, timeWords, untilWords } from './words.ts';

/** What holds an alert back by the record, and until when; or until when it did. */
export function heldWords(record: AlertRecord, held: Suppressed): string {
  const { isOver, until } = endOf(record, held);
  return isOver ? `${heldBefore(held.why)} ${until}` : `${held.why}, ${until}`;
}

/** Whether it is over, and until when it lasts or did. */
interface End {
  readonly isOver: boolean;
  readonly until: string;
}

function endOf(record: AlertRecord, { until, kind, by }: Suppressed): End {
  const { head, quiets, now } = record;
  const holder = quiets.find(({ id }) => id === by);
  const over = head && occurrencesOf(head).at(-1)?.to;
  if (over !== undefined && holder?.kind === 'silence' && holder.untilResolved)
    return {
      isOver: true,
      until: `until it was resolved, at ${timeWords(over)}. Its next firing is not held back by that`,
    };
  if (kind === 'inhibition') return mutedEnd(record, until);
  const soon = until > now ? ` (${apartWords(now, until)} from now)` : '';
  if (over !== undefined && over < until)
    return {
      isOver: true,
      until: `until it ended, at ${timeWords(over)}${until > now ? `; what fires of it until ${timeWords(until)} is held back, too` : ''}`,
    };
  // What follows without a gap holds it back as well.
  if (holder && holder.to < until)
    return {
      isOver: holder.to <= now,
      until: `until ${timeWords(holder.to)}; what follows that ${until > now ? 'holds' : 'held'} it back until ${timeWords(until)}${soon}`,
    };
  return until > now
    ? { isOver: false, until: `${untilWords(until, holder)}${soon}` }
    : { isOver: true, until: `until ${timeWords(until)}` };
}

/** An alert that mutes others does for a while after its end: then it says that it has ended. */
function mutedEnd({ head, muting, now }: AlertRecord, until: Instant): End {
  const sources = (muting?.sources ?? []).filter(({ fingerprint }) => fingerprint !== head?.fingerprint);
  const ends = sources.flatMap(({ to }) => to ?? []);
  const isOn = ends.length < sources.length || sources.length === 0;
  if (isOn)
    return until > now
      ? { isOver: false, until: `while that fires and for ${exactly(LINGER)} after its end` }
      : { isOver: true, until: `until ${timeWords(until)}` };
  const end = Math.max(...ends);
  const free = end + LINGER;
  return {
    isOver: free <= now,
    until: `until ${timeWords(free)}, ${exactly(LINGER)} after what mutes it had ended, at ${timeWords(end)}${free > now ? '; if it still fires then, it is placed' : ''}`,
  };
}
