import type { Configuration } from '../../shared/configuration/index.ts';
import { type AlertHead, Inhibitions, type MutedPage, mutedPage } from '../../shared/detection/index.ts';
import { awaitsFirstPage, type Incident } from '../../shared/incidents/index.ts';
import type { Instant } from '../../shared/kernel/index.ts';
import { allDone } from './all-done.ts';
import { readGuard } from './guards.ts';

/** Whether other alerts may keep the first page of an incident back: an inhibition is about it, and it has not paged. */
export const mayBeMuted = (incident: Incident): boolean =>
  awaitsFirstPage(incident) && incident.mutable === true && incident.next !== undefined;

/** What mutes all these alerts now, which are those that fire in one incident. */
export async function readMutedPage(
  heads: readonly AlertHead[],
  { detection: { inhibitions } }: Pick<Configuration, 'detection'>,
  now: Instant,
): Promise<MutedPage | undefined> {
  return inhibitions.length === 0 ? undefined : readMutedBy(heads, new Inhibitions(inhibitions), now);
}

/** The same by rules that are ready to be asked. */
export async function readMutedBy(
  heads: readonly AlertHead[],
  inhibitions: Inhibitions,
  now: Instant,
): Promise<MutedPage | undefined> {
  const [first] = heads;
  if (!first) return undefined;
  const groups = [...new Set(heads.flatMap(({ mutable = [] }) => mutable.map(([group]) => group)))];
  const guards = await allDone(
    groups.map(async (group) => [group, await readGuard(first.org, group)] as const),
  );
  return mutedPage(heads, new Map(guards), inhibitions, now);
}
