import { Button } from '@mantine/core';
import { memo, type ReactNode, useLayoutEffect, useRef } from 'react';
import type { FactView } from '../../shared/incidents/index.ts';
import { type NameOf, type Sentence, sentenceOf } from '../../shared/incidents/sentence.ts';
import { type IncidentId, isId, type RunId } from '../../shared/kernel/index.ts';
import { Moment } from '../time/moment.tsx';
import { LinkedText } from './linked-text.tsx';

/** What is shown of the log: everything, or only what people said. */
export type Shown = 'all' | 'said';

export interface FeedProps {
  readonly facts: readonly FactView[];
  readonly shown: Shown;
  readonly nameOf: NameOf;
  readonly now: number;
  /** Whether facts from before the first one can be loaded. */
  readonly hasEarlier: boolean;
  readonly loadsEarlier: boolean;
  /** Numbers of what is pinned. */
  readonly pinned: ReadonlySet<number>;
  readonly mayWrite: boolean;
  /** A link to another incident, or to the run, that a fact is about. @default none */
  readonly linkTo?: ((to: IncidentId | RunId) => ReactNode) | undefined;
  onEarlier(): void;
  onPin(seq: number, up: boolean): void;
}

const talk: ReadonlySet<string> = new Set(['room.said', 'incident.noted']);

/** The log of the room with the newest at the bottom, where it stays while somebody looks there. */
export function Feed({ facts, shown, nameOf, now, pinned, mayWrite, linkTo, onPin, ...earlier }: FeedProps) {
  const { hasEarlier, loadsEarlier, onEarlier } = earlier;
  const wanted = shown === 'all' ? facts : facts.filter(({ type }) => talk.has(type));
  const list = useBottom(wanted.at(-1)?.seq);
  // An entry needs to know what day it is and no more: else all of them would be drawn anew each second.
  const today = new Date(now).setHours(0, 0, 0, 0);
  return (
    <div className="feed" ref={list} role="log" aria-label="What happened" tabIndex={-1}>
      {hasEarlier && (
        <Button variant="subtle" aria-disabled={loadsEarlier} onClick={() => !loadsEarlier && onEarlier()}>
          {loadsEarlier ? 'Loading …' : 'Show earlier'}
        </Button>
      )}
      {wanted.length === 0 && <p className="soft empty">Nobody has said anything yet.</p>}
      <ol>
        {wanted.map((fact) => (
          <Entry
            key={fact.seq}
            {...{ fact, nameOf, onPin, mayWrite, linkTo }}
            now={today}
            isPinned={pinned.has(fact.seq)}
          />
        ))}
      </ol>
    </div>
  );
}

interface EntryProps extends Pick<FeedProps, 'nameOf' | 'now' | 'mayWrite' | 'linkTo' | 'onPin'> {
  readonly fact: FactView;
  readonly isPinned: boolean;
}

const Entry = memo(({ fact, isPinned, nameOf, now, mayWrite, linkTo, onPin }: EntryProps) => {
  if (fact.type === 'void') return null;
  if (talk.has(fact.type)) {
    const recorder = fact.actor.name ?? fact.actor.id;
    const { by } = fact.data;
    const elsewhere = typeof by === 'string' && fact.type === 'incident.noted';
    return (
      <li className={`said-entry${isPinned ? ' pinned' : ''}`}>
        <p className="by">
          <strong>
            <bdi>{elsewhere ? by : recorder}</bdi>
          </strong>{' '}
          {elsewhere && (
            <span className="soft">
              in <bdi>{recorder}</bdi>{' '}
            </span>
          )}
          <Moment at={fact.occurredAt} now={now} />{' '}
          {mayWrite && (
            <Button
              size="compact-xs"
              variant="subtle"
              className="pin"
              onClick={() => onPin(fact.seq, !isPinned)}
            >
              {isPinned ? 'Unpin' : 'Pin'}
            </Button>
          )}
        </p>
        <LinkedText>{String(fact.data.text)}</LinkedText>
      </li>
    );
  }
  const sentence = sentenceOf(fact, nameOf);
  return sentence ? (
    <li className={`happened${isPinned ? ' pinned' : ''}`}>
      <Moment at={fact.occurredAt} now={now} /> <Told sentence={sentence} linkTo={linkTo} />
    </li>
  ) : null;
});

interface ToldProps extends Pick<FeedProps, 'linkTo'> {
  readonly sentence: Sentence;
}

function Told({ sentence: { text, quote, lines = [], link, incident, run }, linkTo }: ToldProps) {
  return (
    <>
      <span>{text}</span>
      {incident !== undefined && isId('incident', incident) && linkTo?.(incident)}
      {run !== undefined && isId('run', run) && <> {linkTo?.(run)}</>}
      {link?.startsWith('https://') && (
        <a href={link} target="_blank" rel="noopener noreferrer">
          Join
        </a>
      )}
      {quote !== undefined && <blockquote>{quote}</blockquote>}
      {lines.length > 0 && (
        <ul>
          {lines.map((line) => (
            <li key={line}>
              <bdi>{line}</bdi>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** How near to its end counts as there, in pixels. */
const NEAR = 80;

/** Keeps a list at its end while its reader is there; who reads further up is not moved. */
function useBottom(last: number | undefined) {
  const list = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const look = () => {
      follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    };
    element.addEventListener('scroll', look, { passive: true });
    // A phone that is turned, or shows its keyboard, must not hide what was said last.
    const sized = new ResizeObserver(() => {
      if (follows.current) element.scrollTop = element.scrollHeight;
    });
    sized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      sized.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    const element = list.current;
    if (last !== undefined && element !== null && follows.current) element.scrollTop = element.scrollHeight;
  }, [last]);
  return list;
}
