import type { LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { allDone } from './all-done.ts';
import { readFacts } from './incident-log.ts';
import { lastNumber } from './sequence.ts';

/** Numbers that one read covers, and reads at the same time: a long log is read in parts. */
const [PART, READERS] = [2_000, 4];

/** The whole log of an incident, in order, up to the first number whose writer is still at work. */
export async function wholeLog(
  org: OrganisationId,
  inc: IncidentId,
  now: Instant,
): Promise<readonly LoggedFact[]> {
  const last = await lastNumber(org, inc);
  const facts: LoggedFact[] = [];
  for (let after = 0; after < last; after += PART * READERS) {
    const starts = [...Array(READERS).keys()].map((i) => after + i * PART).filter((start) => start < last);
    const parts = await allDone(
      starts.map((start) => readFacts(org, inc, { after: start, limit: Math.min(PART, last - start), now })),
    );
    for (const [i, part] of parts.entries()) {
      facts.push(...part.facts);
      if (part.last < Math.min(last, (starts[i] ?? 0) + PART)) return facts;
    }
  }
  return facts;
}
