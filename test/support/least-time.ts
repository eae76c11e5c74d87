/**
 * How much of a processor something takes in milliseconds, at the least of up to three attempts. Counted is this thread alone, so it
 * does not matter what else runs on the machine. One attempt is enough below `enough`.
 */
export function leastTimeOf(work: () => unknown, enough: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && least >= enough; attempt++) {
    const began = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(began);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}
