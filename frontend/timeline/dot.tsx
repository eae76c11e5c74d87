import type { KeyboardEvent } from 'react';
import { type Mark, measures } from '../../shared/timeline/drawing.ts';
import { eventAnchor, manyText, markText } from './words.ts';

export interface DotProps {
  readonly mark: Mark;
  /** Whether the keyboard comes to it. */
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  onPress(event: KeyboardEvent): void;
  onChoose(): void;
}

/** One mark of the drawing, an event or a number of them: a link to the first of them in the list below. */
export function Dot({ mark, isCurrent, isChosen, onPress, onChoose }: DotProps) {
  const { x, y, events, key } = mark;
  const { length } = events;
  const radius = length > 1 ? measures.radius + 3 : key ? measures.radius : measures.radius - 1;
  return (
    <a
      href={`#${eventAnchor(events[0]?.id ?? '')}`}
      className={`dot${key ? ' key' : ''}${isChosen ? ' chosen' : ''}`}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={markText(mark)}
      onKeyDown={onPress}
      onClick={(event) => {
        event.preventDefault();
        onChoose();
      }}
    >
      <title>{markText(mark)}</title>
      <circle className="reach" cx={x} cy={y} r={measures.row / 2} />
      <circle cx={x} cy={y} r={radius} />
      {length > 1 && (
        <text x={x} y={y + 3.5}>
          {manyText(length)}
        </text>
      )}
    </a>
  );
}
