const patience = 1_700;
const lookAtParent = 500;

/**
 * Resolves when the process is asked to end: by Ctrl-C, by a signal, or because npm, which started it, is gone.
 * From then on it has less than two seconds; a second Ctrl-C ends it at once.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = () => {
      if (asked) process.exit(130);
      asked = true;
      setTimeout(() => process.exit(1), patience).unref();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    // npm passes no signal on, and nothing at all when it is killed.
    if (process.env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      ask();
    }, lookAtParent);
    timer.unref();
  });
}
