import { Button, NativeSelect } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import type { Instant } from '../../shared/kernel/index.ts';
import { neighboursOf, seenBy } from '../../shared/war-room/index.ts';
import type { usePlayer } from './use-player.ts';

const speeds = [1, 10, 60, 300].map((speed) => ({ value: String(speed), label: `${speed} ×` }));

export interface PlayerProps {
  readonly player: ReturnType<typeof usePlayer>;
  /** When each entry of the log could be seen. */
  readonly entries: readonly Instant[];
  readonly isWhole: boolean;
}

/** What moves a replay: by itself, along the line, and from one entry to the next. */
export function Player({ player, entries, isWhole }: PlayerProps) {
  const { at, plays, speed, toggle, setSpeed, seek } = player;
  const { previous, next } = neighboursOf(entries, at);
  const goTo = (moment: Instant | undefined) => () => moment !== undefined && seek(moment);
  return (
    <section className="player" aria-label="Player">
      <div className="player-buttons">
        <Button
          variant="default"
          aria-label="Previous entry"
          aria-disabled={previous === undefined}
          onClick={goTo(previous)}
        >
          Previous
        </Button>
        <Button onClick={toggle}>{plays ? 'Pause' : 'Play'}</Button>
        <Button
          variant="default"
          aria-label="Next entry"
          aria-disabled={next === undefined}
          onClick={goTo(next)}
        >
          Next
        </Button>
        <NativeSelect
          aria-label="Speed"
          value={String(speed)}
          data={speeds}
          onChange={({ target }) => setSpeed(Number(target.value))}
        />
      </div>
      <Line player={player} />
      <p className="soft" role="timer">
        {new Date(at).toLocaleString()} · entry {seenBy(entries, at)} of {entries.length}
        {!isWhole && ' · the rest is still loading'}
      </p>
    </section>
  );
}

/** How far the keys move, as parts of the whole; browsers differ in it. */
const parts: Readonly<Record<string, number>> = {
  ...{ ArrowRight: 1 / 100, ArrowUp: 1 / 100, ArrowLeft: -1 / 100, ArrowDown: -1 / 100 },
  ...{ PageUp: 1 / 10, PageDown: -1 / 10, Home: -1, End: 1 },
};

function Line({ player: { at, begin, end, seek } }: Pick<PlayerProps, 'player'>) {
  const move = (event: KeyboardEvent) => {
    const part = parts[event.key];
    if (part === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const least = Math.sign(part) * 1_000;
    const step = (end - begin) * part;
    seek(at + (Math.abs(step) < 1_000 ? least : step));
  };
  return (
    <input
      type="range"
      aria-label="Moment"
      aria-valuetext={new Date(at).toLocaleString()}
      min={begin}
      max={end}
      // Any moment: with steps, the last one could not be reached.
      step="any"
      value={at}
      onKeyDown={move}
      onChange={({ target }) => seek(Number(target.value))}
    />
  );
}
