import {
  emptyGuard,
  type Guard,
  isOpenWindow,
  LONGEST_WRITE,
  readableUpTo,
  windowOf,
  withKnowledge,
} from '../../shared/detection/index.ts';
import type { LoggedFact } from '../../shared/incidents/index.ts';
import type { IncidentId, OrganisationId } from '../../shared/kernel/index.ts';
import { schema } from '../../shared/table/index.ts';
import { stored } from './incident-rows.ts';
import { latestFacts } from './log-pages.ts';
import { table, type Write } from './table.ts';

export const guardKey = (org: OrganisationId, hash: string) => schema.correlationGuard.key({ org, hash });

/** The guard of a correlation key, read consistently; an empty one when nothing is known of it. */
export async function readGuard(org: OrganisationId, hash: string): Promise<Guard> {
  const row = await table.get(guardKey(org, hash));
  return row ? stored<Guard>(row) : emptyGuard(hash);
}

/**
 * The guard for a person who is about to close an incident, with how far the log of that can be read now: only alerts up to
 * there were known, also when another writer has reserved a lower number and writes it a moment later; and only up to the
 * number that the person has `seen`, when they say so.
 */
export async function loadGuard(
  org: OrganisationId,
  hash: string,
  incident: IncidentId,
  seen?: number,
): Promise<Guard> {
  const guard = await readGuard(org, hash);
  const window = windowOf(guard, incident);
  if (!window || !isOpenWindow(window)) return guard;
  return withKnowledge(guard, incident, readableUpTo(await latest(org, incident)), seen);
}

async function latest(org: OrganisationId, incident: IncidentId): Promise<readonly LoggedFact[]> {
  const facts: LoggedFact[] = [];
  for await (const page of latestFacts(org, incident)) {
    facts.push(...page);
    const span = (facts[0]?.recordedAt ?? 0) - (facts.at(-1)?.recordedAt ?? 0);
    if (span > LONGEST_WRITE) break;
  }
  return facts;
}

/** Puts a guard at the version that was read. */
export function guardWrite(org: OrganisationId, guard: Guard): Write {
  const row = { ...guardKey(org, guard.hash), kind: 'guard', ...guard, version: guard.version + 1 };
  return { put: row, ...(guard.version === 0 ? { ifNew: true } : { ifVersion: guard.version }) };
}
