import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { IncidentId } from '../../shared/kernel/index.ts';
import { viewOf } from '../../shared/timeline/drawing.ts';
import { lanes, type TimelineEvent } from '../../shared/timeline/event.ts';
import { MORE_CHANGES } from '../../shared/timeline/markdown.ts';
import type { DrawnTimeline } from '../../shared/timeline/view.ts';
import type { Api } from '../api/use-api.ts';
import { incidentAddress } from '../app/addresses.ts';
import { FailedLoad } from '../ui/failed-load.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { Drawing } from './drawing.tsx';
import { EventList } from './event-list.tsx';
import { everything, Filters, isWanted } from './filters.tsx';
import { Findings } from './findings.tsx';
import { SaveAs } from './save-as.tsx';
import { useTimeline } from './use-timeline.ts';
import { type TimeView, useView } from './use-view.ts';

export interface TimelinePageProps {
  readonly api: Api;
  readonly id: IncidentId;
}

/** What happened around an incident: drawn, what follows from it, and every event in words. */
export function TimelinePage({ api, id }: TimelinePageProps) {
  const { timeline, isWhole, problem, again } = useTimeline(api, id);
  const title = timeline === undefined ? 'Timeline' : `Timeline of ${timeline.name}`;
  useTitle(title);
  return (
    <>
      <p className="back">
        <Link to={incidentAddress(id)}>Back to the incident</Link>
      </p>
      <article className="incident timeline">
        <h1>{title}</h1>
        {timeline === undefined && problem === undefined && <Waiting what="the timeline" />}
        <FailedLoad problem={problem} onAgain={again} />
        {timeline !== undefined && <Told timeline={timeline} isWhole={isWhole} />}
      </article>
    </>
  );
}

interface ToldProps {
  readonly timeline: DrawnTimeline;
  readonly isWhole: boolean;
}

/** What somebody wants to see: events of a mark, or facts that show something, of which some may still be on their way. */
interface Wanted {
  readonly ids?: ReadonlySet<string>;
  readonly seqs?: ReadonlySet<number>;
}

const isChosen = ({ ids, seqs }: Wanted, { id, seq }: TimelineEvent): boolean =>
  ids?.has(id) === true || (seq !== undefined && seqs?.has(seq) === true);

function Told({ timeline, isWhole }: ToldProps) {
  const [filter, setFilter] = useState(everything);
  const [choice, setChoice] = useState<Wanted>();
  const view = useView(viewOf(timeline, 0));
  const wanted = useMemo(
    () => ({ ...timeline, events: timeline.events.filter((event) => isWanted(event, filter)) }),
    [timeline, filter],
  );
  const chosen = useMemo<ReadonlySet<string>>(
    () =>
      new Set(
        timeline.events
          .filter((event) => choice !== undefined && isChosen(choice, event))
          .map(({ id }) => id),
      ),
    [timeline, choice],
  );
  const showFacts = (seqs: readonly number[]) => {
    setFilter(everything);
    setChoice({ seqs: new Set(seqs) });
  };
  return (
    <>
      <p className="soft">{timeline.title}</p>
      <Filters filter={filter} events={timeline.events} onFilter={setFilter} />
      <ZoomButtons view={view} />
      <Drawing
        {...{ timeline: wanted, view, lanes, chosen }}
        onChoose={({ events }) => setChoice({ ids: new Set(events.map(({ id }) => id)) })}
      />
      <p className="soft keys">
        All times are UTC. In the drawing: arrow keys go from mark to mark, Enter shows it below, + and −
        zoom, Page Up and Page Down move, 0 shows all.
      </p>
      <Findings timeline={timeline} onFacts={showFacts} />
      <section aria-label="Events">
        <h2>Events</h2>
        {timeline.moreChanges && <p>{MORE_CHANGES}</p>}
        {!isWhole && <p role="status">{timeline.events.length} events so far …</p>}
        <EventList events={wanted.events} chosen={chosen} choice={choice} />
      </section>
      <SaveAs timeline={timeline} isWhole={isWhole} />
    </>
  );
}

function ZoomButtons({ view }: { readonly view: TimeView }) {
  const button = (word: string, act: () => void, off = false) => (
    <Button variant="default" aria-disabled={off} onClick={() => !off && act()}>
      {word}
    </Button>
  );
  return (
    <fieldset className="zoom">
      <legend className="unseen">Part of the time</legend>
      {button('Zoom in', () => view.zoom(0.5))}
      {button('Zoom out', () => view.zoom(2), view.isWhole)}
      {button('Earlier', () => view.move(-0.5), view.isWhole)}
      {button('Later', () => view.move(0.5), view.isWhole)}
      {button('Show all', view.all, view.isWhole)}
    </fieldset>
  );
}
