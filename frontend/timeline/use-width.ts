import { useEffect, useRef, useState } from 'react';

/** How wide a drawing is before its frame was measured. */
const ASSUMED = 960;

/** A frame, and how wide it is now. */
export function useWidth() {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(ASSUMED);
  useEffect(() => {
    if (!frame.current) return;
    const watch = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(frame.current);
    return () => watch.disconnect();
  }, []);
  return [frame, width] as const;
}
