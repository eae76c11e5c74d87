import { useEffect, useState } from 'react';
import { type Instant, SECOND } from '../../shared/kernel/time.ts';

/** The time, each second anew. */
export function useNow(): Instant {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return now;
}
