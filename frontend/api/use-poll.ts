import { useCallback, useEffect, useRef, useState } from 'react';
import { SECOND } from '../../shared/kernel/time.ts';
import { type Polled, type Poller, startPolling } from './polling.ts';

/** Asks every 3 seconds while the tab can be seen. A new `load` starts afresh, so give it a stable one. */
export function usePoll<Value>(
  load: (signal: AbortSignal) => Promise<Value>,
): Polled<Value> & { refresh(): void } {
  const [polled, setPolled] = useState<Polled<Value>>({});
  const poller = useRef<Poller>(undefined);
  useEffect(() => {
    setPolled({});
    const started = startPolling({ load, every: 3 * SECOND, hear: setPolled });
    poller.current = started;
    const follow = () => (document.hidden ? started.rest() : started.now());
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      started.stop();
    };
  }, [load]);
  const refresh = useCallback(() => poller.current?.now(), []);
  return { ...polled, refresh };
}
