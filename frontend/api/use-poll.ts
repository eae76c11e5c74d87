import { useCallback, useEffect, useRef, useState } from 'react';
import { type Duration, SECOND } from '../../shared/kernel/time.ts';
import { type Polled, type Poller, startPolling } from './polling.ts';

/** Asks every 3 seconds, or as seldom as told, while the tab can be seen. A new `load` starts afresh, so give it a stable one. */
export function usePoll<Value>(
  load: (signal: AbortSignal) => Promise<Value>,
  every: Duration = 3 * SECOND,
): Polled<Value> & { refresh(): void } {
  const [polled, setPolled] = useState<Polled<Value>>({});
  const poller = useRef<Poller>(undefined);
  useEffect(() => {
    setPolled({});
    const started = startPolling({ load, every, hear: setPolled });
    poller.current = started;
    const follow = () => (document.hidden ? started.rest() : started.now());
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      started.stop();
    };
  }, [load, every]);
  const refresh = useCallback(() => poller.current?.now(), []);
  return { ...polled, refresh };
}
