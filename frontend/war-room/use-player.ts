import { useEffect, useRef, useState } from 'react';
import type { Instant } from '../../shared/kernel/index.ts';
import { playedOn } from '../../shared/war-room/replay.ts';

/** How often a replay moves on, in milliseconds. */
const TICK = 100;

/** A replay of moments: where it is, whether it plays, and how fast. It begins at the first moment and stops at the last. */
export function usePlayer(times: readonly Instant[]) {
  const [begin = 0, end = 0] = [times[0], times.at(-1)];
  const [held, setAt] = useState<Instant>();
  const [plays, setPlays] = useState(false);
  const [speed, setSpeed] = useState(10);
  const at = Math.min(end, Math.max(begin, held ?? begin));
  const latest = useRef({ times, at, speed, end });
  latest.current = { times, at, speed, end };
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(() => {
      const now = latest.current;
      const next = playedOn(now.times, now.at, { passed: TICK, speed: now.speed });
      // Two ticks may come before the page is drawn.
      now.at = next;
      setAt(next);
      if (next >= now.end) setPlays(false);
    }, TICK);
    return () => clearInterval(timer);
  }, [plays]);
  const toggle = () => {
    if (!plays && at >= end) setAt(begin);
    setPlays(!plays);
  };
  return { at, begin, end, plays, speed, toggle, setSpeed, seek: setAt };
}
