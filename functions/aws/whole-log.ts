import { type LoggedFact, withoutYoungGap } from '../../shared/incidents/index.ts';
import type { IncidentId, Instant, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { allDone } from './all-done.ts';
import { stored } from './incident-rows.ts';
import { lastNumber } from './sequence.ts';
import { table } from './table.ts';

/** Numbers that one read covers, and reads at the same time: a long log is read in parts. */
const [PART, READERS] = [2_000, 4];

/** The whole log of an incident, in order, up to the first number whose writer is still at work. It writes nothing. */
export async function wholeLog(
  org: OrganisationId,
  inc: IncidentId,
  now: Instant,
): Promise<readonly LoggedFact[]> {
  const last = await lastNumber(org, inc);
  const facts: LoggedFact[] = [];
  for (let after = 0; after < last; after += PART * READERS) {
    const starts = [...Array(READERS).keys()].map((i) => after + i * PART).filter((start) => start < last);
    facts.push(...(await allDone(starts.map((start) => readPart(org, inc, start)))).flat());
  }
  return withoutYoungGap(facts, now);
}

async function readPart(org: OrganisationId, inc: IncidentId, after: number): Promise<readonly LoggedFact[]> {
  const { items } = await table.query({
    partition: schema.fact.partition({ org, inc }),
    from: schema.fact.sort({ seq: after + 1 }),
    to: schema.fact.sort({ seq: after + PART }),
  });
  return items.map((row) => stored<LoggedFact>(row));
}
