import { type Instant, Refusal } from '../kernel/index.ts';
import type { PageCommand } from './commands.ts';
import { incidentOf } from './decide-incidents.ts';
import { fact, missing } from './drafting.ts';
import type { NewPageFact } from './facts.ts';
import type { PageIncident, Update } from './nouns.ts';
import { all, one, type PageState } from './state.ts';

type Command<Do extends PageCommand['do']> = Extract<PageCommand, { do: Do }>;

/** Corrects the words of an update; that it was corrected stays visible. */
export function correctUpdate(
  state: PageState,
  { incident, update: id, text }: Command<'correct-update'>,
  now: Instant,
): readonly NewPageFact[] {
  const before = updateOf(state, incident, id);
  if (before.withdrawnAt !== undefined)
    throw new Refusal('conflict', 'This update was withdrawn; publish another one.', 'path.update');
  if (before.text === text) return [];
  return fact('update.corrected', now, { kind: 'update', id, is: { ...before, text, correctedAt: now } });
}

/**
 * Takes an update back: its words leave the page, that it was withdrawn stays, and the incident is as the newest update says that
 * still stands. The first one stays, since an incident without words tells nobody anything.
 */
export function withdrawUpdate(
  state: PageState,
  { incident, update: id }: Command<'withdraw-update'>,
  now: Instant,
): readonly NewPageFact[] {
  const before = updateOf(state, incident, id);
  if (before.withdrawnAt !== undefined) return [];
  const own = all(state, 'update').filter((one) => one.incident === incident);
  if (own.every(({ number }) => number >= before.number))
    throw new Refusal(
      'conflict',
      'The first update of an incident cannot be withdrawn; correct its words, or hide the incident from the public.',
      'path.update',
    );
  const { correctedAt: _, ...rest } = before;
  const is: Update = { ...rest, text: '', affected: [], withdrawnAt: now };
  const standing = own.filter((one) => one.id !== id && one.withdrawnAt === undefined);
  return fact(
    'update.withdrawn',
    now,
    { kind: 'incident', id: incident, is: asTold(incidentOf(state, incident), standing, now) },
    { kind: 'update', id, is },
  );
}

/** An incident as the newest of its updates says. */
function asTold(incident: PageIncident, updates: readonly Update[], now: Instant): PageIncident {
  const newest = updates.toSorted((a, b) => b.number - a.number)[0];
  if (newest === undefined) return incident;
  const { state, affected, at } = newest;
  const { resolvedAt: _, ...rest } = incident;
  return { ...rest, state, affected, ...(state === 'resolved' && { resolvedAt: at }), updatedAt: now };
}

function updateOf(state: PageState, incident: string, id: string): Update {
  const found = one(state, 'update', id);
  if (found?.incident !== incident) throw missing('update', id);
  return found;
}
