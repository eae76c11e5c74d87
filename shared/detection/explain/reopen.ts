import { type Incident, isOpen } from '../../incidents/index.ts';
import { exactly, type Instant } from '../../kernel/index.ts';
import { type Guard, isOpenWindow, touching, type Window } from '../guard.ts';
import { LATEST } from '../latest.ts';
import { endOfStretch } from '../stretch.ts';
import { timeWords } from './words.ts';

/** Of an incident that is over: until when an alert of its group opens it again, and what becomes of a later one. */
export function reopenLines(incident: Incident, guard: Guard | undefined, now: Instant): readonly string[] {
  const window = guard?.windows.find((one) => one.incident === incident.id);
  if (!guard || !window || isOpen(incident) || window.to === undefined || window.closedBy === 'deleted')
    return [];
  const after = window.to + guard.grouping;
  const end = endOfStretch(guard, window);
  const isCut = end <= after;
  const until = isCut ? end : after;
  if (until > now)
    return [
      `An alert of its group that fires ${isCut ? 'before' : 'until'} ${timeWords(until)} opens it again; a later one opens a new one.`,
      ...(isCut ? cutLines(guard, window.to, end, now) : []),
    ];
  const joins = touching(guard, { at: now, goesOn: true }).some((one) => isOther(one, window));
  return [
    `An alert that fires now ${joins ? 'comes into a later incident of its group' : 'opens a new incident'}: it could come back ${isCut ? 'before' : 'until'} ${timeWords(until)}.`,
    ...(isCut ? cutLines(guard, window.to, end, now) : []),
  ];
}

const isOther = (one: Window, window: Window): boolean =>
  isOpenWindow(one) && one.incident !== window.incident;

/** Why it ends there, and which alerts the end of a stretch does not cut. */
function cutLines({ width = 0 }: Guard, to: Instant, end: Instant, now: Instant): readonly string[] {
  const own = Math.max(now, end) <= to + LATEST;
  return [
    `Its rule has an incident for each ${exactly(width)}, and its own ${end <= now ? 'ended' : 'ends'} then.`,
    ...(own
      ? [
          `One of its own alerts that fires again within ${exactly(LATEST)} of its end opens it again all the same.`,
        ]
      : []),
  ];
}
