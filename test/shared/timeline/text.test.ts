import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timelineView } from '../../../shared/timeline/api.ts';
import {
  eventsCsv,
  eventsMarkdown,
  timelineIn,
  timelineMarkdown,
  timelineOf,
  viewEvent,
  viewTimeline,
} from '../../../shared/timeline/index.ts';
import { minutes } from '../../support/given.ts';
import { acknowledged, change, logOf, openedFact, said, sourcesOf, type Told } from './log.ts';

const timeline = (...told: readonly Told[]) =>
  timelineOf(
    sourcesOf(logOf([0, openedFact()], ...told), {
      changes: [change(minutes(-5), { link: 'https://ci.example/1' })],
    }),
    minutes(30),
  );

describe('a timeline as Markdown', () => {
  it('has phases, gaps, bottlenecks and events', () => {
    const text = timelineMarkdown(timeline([2, acknowledged], [3, said('Decision: roll *back*')]));
    expect(text).toBe(`# Timeline of INC-12: Checkout p99 high

## Phases

- **impact** (from the first sign of harm until it ended): since 2026-11-02 09:00:00
- **detection** (until an incident was opened): 0 s, 2026-11-02 09:00:00 to 2026-11-02 09:00:00. The incident was opened then.
- **acknowledgement** (until somebody acknowledged it): 2 min, 2026-11-02 09:00:00 to 2026-11-02 09:02:00. Somebody acknowledged it first then.
- **mobilisation** (until somebody led or a second person was at work): since 2026-11-02 09:02:00
- **mitigation** (until the harm ended): pending
- **resolution** (until the incident was over): pending

## Gaps

- 2026-11-02 09:03:00 to 2026-11-02 09:30:00: For 27 min nothing is on record while it was P1 Critical. What was tried then, and by whom? A note says it for those who were not there.

## Bottlenecks

- Mobilisation took 28 min of 30 min, 93 %. Whoever acknowledges could take command at once, and call a second person in.

## Events

- 2026-11-02 08:55:00 UTC, Changes: **Deployed: Checkout 4.2.0 <https://ci.example/1>**
- 2026-11-02 09:00:00 UTC, Alerts: **Ann opened the incident as P1 Critical.**
- 2026-11-02 09:02:00 UTC, Response: **Ann acknowledged. The escalation has stopped.**
- 2026-11-02 09:03:00 UTC, People: **Ann said: “Decision: roll \\*back\\*”**
`);
  });

  it('has only events on later pages', () => {
    expect(eventsMarkdown(timeline().events.slice(1))).toMatch(/^## Events\n\n- 2026/);
    expect(eventsMarkdown([])).toBe('');
  });

  it('lets no text of people become markup', () => {
    const words = fc.string({ unit: fc.constantFrom(...'<>[]()!#*_`|~&\n\\ ab') });
    fc.assert(
      fc.property(words, (text) => {
        const [line = ''] = eventsMarkdown(timeline([1, said(`Decision: ${text}`)]).events.slice(-1))
          .split('\n')
          .slice(2);
        const quote = /“(.*)”/.exec(line)?.[1] ?? '';
        expect(quote.replaceAll(/\\./g, '')).not.toMatch(/[<>[\]#*_`|~&\n\\]/);
      }),
    );
  });
});

describe('a timeline as CSV', () => {
  it('names its columns once, and has a row for each event', () => {
    const { events } = timeline([2, acknowledged]);
    const [names, ...rows] = eventsCsv(events, true).trimEnd().split('\r\n');
    expect(names).toBe('"at","learnedAt","number","lane","kind","who","what","quote","details","link"');
    expect(rows).toHaveLength(3);
    expect(rows[2]).toBe(
      '"2026-11-02T09:02:00.000Z","2026-11-02T09:02:00.000Z",2,"response","incident.acknowledged","Ann","Ann acknowledged. The escalation has stopped.",,,',
    );
    expect(eventsCsv(events, false).split('\r\n')).toHaveLength(4);
  });

  it('[F79] begins no formula in the program that opens it', () => {
    const { events } = timeline([1, { type: 'incident.noted', data: { text: '=cmd|"/c calc"!A1' } }]);
    expect(eventsCsv(events, false)).toContain('"\'=cmd|""/c calc""!A1"');
  });
});

describe('a timeline as JSON', () => {
  it('fits its schema, and a drawing can be made of it again', () => {
    const whole = timeline([2, acknowledged], [3, said('Decision: x')]);
    const view = viewTimeline(whole, { events: whole.events });
    expect(timelineView.parse(view)).toEqual(view);
    const { at, from, to, gaps, events, bottlenecks, name, title } = whole;
    const back = timelineIn(view, whole.events.map(viewEvent));
    expect(back).toMatchObject({ at, from, to, gaps, events, bottlenecks, name, title });
    expect(back.phases).toEqual(whole.phases);
    expect(back.points).toEqual(whole.points);
  });
});
