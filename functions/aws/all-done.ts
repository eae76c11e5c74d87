/**
 * The results of work that goes on at the same time. Waits for all of it, also after a part has failed: an environment that has
 * answered stands still, and a call that is under way then is lost. Throws the one fault, or an `AggregateError` of several.
 */
export async function allDone<const Work extends readonly unknown[]>(
  work: Work,
): Promise<{ -readonly [Place in keyof Work]: Awaited<Work[Place]> }> {
  const faults = (await Promise.allSettled(work)).flatMap((one) =>
    one.status === 'rejected' ? [one.reason as unknown] : [],
  );
  throwAll(faults, `${faults.length} parts failed`);
  return Promise.all(work);
}

/** Throws the one fault, or several together under this message; does nothing when there is none. */
export function throwAll(faults: readonly unknown[], message: string): void {
  if (faults.length > 1) throw new AggregateError(faults, message, { cause: faults[0] });
  if (faults.length === 1) throw faults[0];
}
