import { Fragment } from 'react';
import { Moment } from './moment.tsx';
import { timedParts } from './timed-text.ts';

/** A sentence of the API with its times on the reader's clock, as all others of a page are. */
export function Timed({ text, now }: { readonly text: string; readonly now: number }) {
  return (
    <bdi>
      {timedParts(text).map((part) => (
        <Fragment key={part.from}>{'at' in part ? <Moment at={part.at} now={now} /> : part.words}</Fragment>
      ))}
    </bdi>
  );
}

/** Whose clock that is. */
export function ClockNote() {
  return (
    <p className="soft">Times are on your clock ({Intl.DateTimeFormat().resolvedOptions().timeZone}).</p>
  );
}
