import { actorText } from '../../shared/incidents/words.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { Moment } from '../time/moment.tsx';
import type { Note } from './use-rules.ts';

/** Who made a version, when and why. */
export function NoteText({ note, now }: { readonly note: Note; readonly now: Instant }) {
  const { at, by, reason, restores } = note;
  if (at === undefined || by === undefined)
    return <span className="soft">Nothing is known of who made it.</span>;
  return (
    <>
      {actorText(by)}, <Moment at={at} now={now} />
      {restores !== undefined && `, back to version ${restores}`}
      {reason === undefined ? <span className="soft">, no reason given</span> : ': '}
      {reason !== undefined && <bdi>{reason}</bdi>}
    </>
  );
}
