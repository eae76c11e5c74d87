import { type KeyboardEvent, useState } from 'react';
import { drawingOf, type Mark } from '../../shared/timeline/drawing.ts';
import type { Lane } from '../../shared/timeline/event.ts';
import type { DrawnTimeline } from '../../shared/timeline/view.ts';
import { Backdrop } from './backdrop.tsx';
import { Dot } from './dot.tsx';
import type { TimeView } from './use-view.ts';
import { useWidth } from './use-width.ts';

export interface DrawingProps {
  readonly timeline: DrawnTimeline;
  readonly view: TimeView;
  readonly lanes: readonly Lane[];
  /** The events that are looked at now, by id. */
  readonly chosen: ReadonlySet<string>;
  onChoose(mark: Mark): void;
}

/** The drawing: phases, silences, and the events of each row. By keyboard the marks are gone through with the arrows. */
export function Drawing({ timeline, view, lanes, chosen, onChoose }: DrawingProps) {
  const [frame, width] = useWidth();
  const [current, setCurrent] = useState(0);
  const drawing = drawingOf(timeline, { from: view.from, to: view.to, width, lanes });
  const { marks, height } = drawing;
  const place = Math.min(current, marks.length - 1);
  const go = (wanted: number) => {
    const next = Math.max(0, Math.min(wanted, marks.length - 1));
    setCurrent(next);
    frame.current?.querySelectorAll<SVGAElement>('a.dot')[next]?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const act = actOf(event.key, { place, last: marks.length - 1, go, view });
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div className="timeline-drawing" ref={frame}>
      <svg viewBox={`0 0 ${drawing.width} ${height}`} width={drawing.width} height={height}>
        <title>Drawing of the timeline</title>
        <Backdrop drawing={drawing} timeline={timeline} />
        {marks.map((mark, i) => (
          <Dot
            key={`${mark.lane} ${mark.events[0]?.id}`}
            mark={mark}
            isCurrent={i === place}
            isChosen={mark.events.some(({ id }) => chosen.has(id))}
            onPress={press}
            onChoose={() => {
              setCurrent(i);
              onChoose(mark);
            }}
          />
        ))}
      </svg>
    </div>
  );
}

interface Keyboard {
  readonly place: number;
  readonly last: number;
  readonly view: TimeView;
  go(next: number): void;
}

/** What a key does while a mark has the keyboard; undefined of others. */
function actOf(key: string, { place, last, go, view }: Keyboard): (() => void) | undefined {
  const acts: Readonly<Record<string, () => void>> = {
    ArrowRight: () => go(place + 1),
    ArrowLeft: () => go(place - 1),
    Home: () => go(0),
    End: () => go(last),
    '+': () => view.zoom(0.5),
    '=': () => view.zoom(0.5),
    '-': () => view.zoom(2),
    '0': () => view.all(),
    PageUp: () => view.move(-0.5),
    PageDown: () => view.move(0.5),
  };
  return Object.hasOwn(acts, key) ? acts[key] : undefined;
}
