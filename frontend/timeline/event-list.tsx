import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { utcText } from '../../shared/kernel/time.ts';
import { laneNames, type TimelineEvent } from '../../shared/timeline/event.ts';
import { LinkedText } from '../war-room/linked-text.tsx';
import { eventAnchor } from './words.ts';

export interface EventListProps {
  readonly events: readonly TimelineEvent[];
  readonly chosen: ReadonlySet<string>;
  /** Another object with each choice, also of the same events; absent before the first. */
  readonly choice: object | undefined;
}

/** Events that are shown at once, and with every further press. */
const STEP = 100;

/** The events in words. Those that were chosen in the drawing are marked, and the first of them is gone to, once it has come. */
export function EventList({ events, chosen, choice }: EventListProps) {
  const [shown, setShown] = useState(STEP);
  const place = events.findIndex(({ id }) => chosen.has(id));
  const count = Math.max(shown, place + 1);
  const first = events[place]?.id;
  useEffect(() => {
    if (choice !== undefined && first !== undefined) document.getElementById(eventAnchor(first))?.focus();
  }, [choice, first]);
  if (events.length === 0) return <p className="soft">No event is like that.</p>;
  return (
    <>
      <ol className="log">
        {events.slice(0, count).map((event) => (
          <Entry key={event.id} event={event} isChosen={chosen.has(event.id)} />
        ))}
      </ol>
      {count < events.length && (
        <div className="more">
          <p className="soft">
            The first {count} of {events.length}.
          </p>
          <Button variant="default" onClick={() => setShown(count + STEP)}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function Entry({ event, isChosen }: { readonly event: TimelineEvent; readonly isChosen: boolean }) {
  const { id, at, learnedAt, seq, lane, text, quote, lines = [], link, key } = event;
  const isLate = Math.abs(learnedAt - at) >= 60_000;
  return (
    <li id={eventAnchor(id)} tabIndex={-1} className={isChosen ? 'chosen' : ''}>
      <time dateTime={new Date(at).toISOString()}>{utcText(at)}</time>
      <div>
        <p className={key ? 'key' : ''}>
          <span className="soft">{laneNames[lane]}</span> {text}
        </p>
        {quote !== undefined && (
          <blockquote>
            <LinkedText>{quote}</LinkedText>
          </blockquote>
        )}
        {lines.length > 0 && (
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {link !== undefined && (
          <p>
            <a href={link} rel="noreferrer">
              {link}
            </a>
          </p>
        )}
        {(isLate || isChosen) && (
          <p className="soft">
            {seq !== undefined && `Number ${seq} of the log. `}
            {isLate && `Learned at ${utcText(learnedAt)} UTC.`}
          </p>
        )}
      </div>
    </li>
  );
}
