import { logFault } from './errors.ts';

/** A Lambda that runs by the clock. A fault is logged and thrown on, so that the metric of errors sees it. */
export function schedule(run: () => Promise<void>) {
  return async (): Promise<void> => {
    try {
      await run();
    } catch (error) {
      logFault(error, 'schedule');
      throw error;
    }
  };
}
